import { join } from 'node:path';
import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import { selectColumns } from '../../../lib/table/contract-schema.ts';
import { type LoadableRows, loadRows } from '../../../lib/table/load-rows.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { normaliseRecord } from '../normalise-record.ts';
import { publicationDates } from '../publication-dates.ts';
import { storeTable } from '../stored-table.ts';
import { fetchedEndpoint } from './fetched-endpoint.ts';
import { droppedColumns, normalisedColumns, normalisedDocuments } from './normalised-documents.ts';

/** Turns the records of `documents-metadata` into the fields of the dataset and sets aside those that are no rows. */
export const normaliseDocuments = defineTask(
  { input: z.object({ metadata: fetchedEndpoint, compat: z.boolean() }), output: normalisedDocuments },
  async ({ metadata, compat }, context) => {
    const records = join(context.workFolder, 'records.parquet');
    await context.artifacts.download(metadata.key, records);
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal, memoryMiB: 512 });
    const dropped: Dropped[] = [];
    await loadRows(
      sql,
      { name: 'normalised', columns: normalisedColumns },
      normalised(sql, records, { compat, dropped }),
    );
    await loadRows(sql, { name: 'dropped', columns: droppedColumns }, dropped);
    await reportUnlabelled(sql, context);

    const today = context.executionStartedAt.toISOString().slice(0, 10);
    const dated = publicationDates('normalised', { latestDay: compat ? undefined : today });
    const documents = await storeTable(
      { sql, context },
      { name: 'documents', query: selectColumns(normalisedColumns, `(${dated})`) },
    );
    const out = await storeTable({ sql, context }, { name: 'dropped', query: 'FROM dropped' });
    if (documents.rows === 0) throw new InvalidDataError(`none of the ${metadata.records} records is a document`);
    return { key: documents.key, droppedKey: out.key, documents: documents.rows, dropped: out.rows };
  },
);

export const handler = lambdaHandler(normaliseDocuments);

type Dropped = { document_uuid: string; stage: string; reason: string; detail: string };

/** The documents in the API's order; what falls out is added to `dropped` on the way. */
async function* normalised(
  sql: Sql,
  recordsFile: string,
  { compat, dropped }: { compat: boolean; dropped: Dropped[] },
): LoadableRows {
  let position = 0;
  for await (const rows of sql.batches(`SELECT record FROM read_parquet(${quoteText(recordsFile)})`)) {
    for (const { record } of rows) {
      position += 1;
      const outcome = normaliseRecord(recordOf(record, compat), compat);
      if ('document' in outcome) yield { position, ...outcome.document };
      else dropped.push(droppedRow(outcome.dropped, { position, compat }));
    }
  }
}

/** The identifiers that the platform used before; the original removes them, and fails when there are none. */
const legacyFields = ['document_id', 'organisation_id', 'latest_stored_file_id'];

function recordOf(text: unknown, compat: boolean): unknown {
  const record: unknown = JSON.parse(String(text));
  const absent = legacyFields.find((field) => !(field in Object(record)));
  if (!compat || absent === undefined) return record;
  throw new InvalidDataError(`a record has no field '${absent}', which compat mode requires as the original does`);
}

/** A document that cannot be named, or any invalid one in compat mode, stops the run. */
function droppedRow(
  { documentUuid, reason, detail }: Extract<ReturnType<typeof normaliseRecord>, { dropped: object }>['dropped'],
  { position, compat }: { position: number; compat: boolean },
): Dropped {
  if (documentUuid === undefined || (compat && reason === 'invalid_record')) {
    throw new InvalidDataError(`record ${position} of documents-metadata is not valid: ${detail}`);
  }
  return { document_uuid: documentUuid, stage: 'metadata', reason, detail };
}

async function reportUnlabelled(sql: Sql, { log }: TaskContext): Promise<void> {
  const unlabelled = await sql.rows(
    `SELECT document_uuid FROM normalised
     WHERE (document_type IS NULL) <> (document_type_label_source IS NULL) ORDER BY position`,
  );
  if (unlabelled.length === 0) return;
  const documents = unlabelled.slice(0, 20).map((row) => row.document_uuid ?? null);
  log.warn('documents have a type without a source of it, or the other way round', {
    count: unlabelled.length,
    documents,
  });
}
