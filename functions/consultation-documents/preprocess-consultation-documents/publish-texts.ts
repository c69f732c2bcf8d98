import { join } from 'node:path';
import * as z from 'zod';
import { downloadArtifact } from '../../../lib/artifact/catalog.ts';
import { publicationSchema, publishArtifact } from '../../../lib/artifact/publish.ts';
import { columnDefinitions, selectColumns, sqlType } from '../../../lib/table/contract-schema.ts';
import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { writeWideParquet } from '../../../lib/table/write-wide-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { consultationDocumentTexts } from '../consultation-document-texts.contract.ts';
import { rowsPerGroup } from '../stored-table.ts';
import { extractionPlan, outcomesPrefix } from './extraction-plan.ts';
import { runPlan } from './run-plan.ts';

const { columns } = consultationDocumentTexts;
/** The longest text that is kept, as JSON; DuckDB holds room for two per thread. */
const largestOutcomeBytes = 32 * 2 ** 20;

/** Publishes what is known of the files that documents have now: new outcomes, and those of earlier runs. */
export const publishTexts = defineTask(
  { input: z.object({ run: runPlan, plan: extractionPlan }), output: publicationSchema },
  async ({ run, plan }, context) => {
    const { workFolder, artifacts, signal } = context;
    const dataFile = join(workFolder, 'data.parquet');
    {
      await using sql = await openSql({ workFolder, signal, memoryMiB: 384, threads: 1 });
      await loadFresh(sql, plan.batchesKey, context);
      await loadPrevious(sql, run.previous.texts, context);
      await artifacts.download(plan.documentsKey, join(workFolder, 'documents.parquet'));
      const documents = `read_parquet(${quoteText(join(workFolder, 'documents.parquet'))})`;
      await writeWideParquet(sql, textsQuery(documents), dataFile, {
        orderedBy: ['key_document', 'key_hash'],
        rowsPerGroup,
      });
    }
    const { texts: previous } = run.previous;
    return await publishArtifact(context, consultationDocumentTexts, {
      dataFile,
      inputs: previous ? [previous] : [],
      ...(run.accept && { accept: run.accept }),
    });
  },
);

export const handler = lambdaHandler(publishTexts);

/** A file that is missing again is no news: its row stays as it was. */
function textsQuery(documents: string): string {
  const wanted = `SELECT document_uuid, stored_file_hash FROM ${documents}`;
  const all = `
    WITH news AS (
      FROM fresh ANTI JOIN (FROM previous WHERE content IS NULL) AS before USING (document_uuid, stored_file_hash, status))
    SELECT * FROM previous SEMI JOIN (${wanted}) AS wanted USING (document_uuid, stored_file_hash)
      ANTI JOIN news USING (document_uuid, stored_file_hash)
    UNION ALL FROM news`;
  const keys = 'document_uuid AS key_document, stored_file_hash AS key_hash';
  return `SELECT *, ${keys} FROM (${selectColumns(columns, `(${all})`)})`;
}

async function loadFresh(sql: Sql, batchesKey: string, { artifacts, workFolder }: TaskContext): Promise<void> {
  const files: string[] = [];
  for await (const { key } of artifacts.list(outcomesPrefix(batchesKey))) {
    const file = join(workFolder, `outcomes-${files.length}.jsonl`);
    await artifacts.download(key, file);
    files.push(file);
  }
  if (files.length === 0) return await sql.run(`CREATE TABLE fresh (${columnDefinitions(columns)})`);
  const types = columns.map(({ name, type }) => `${quoteName(name)}: ${quoteText(sqlType(type))}`).join(', ');
  const list = files.map(quoteText).join(', ');
  const options = `format = 'newline_delimited', columns = {${types}}, maximum_object_size = ${largestOutcomeBytes}`;
  await sql.run(`CREATE TABLE fresh AS FROM read_json([${list}], ${options})`);
}

async function loadPrevious(
  sql: Sql,
  pinned: z.infer<typeof runPlan>['previous']['texts'],
  { artifacts, workFolder }: TaskContext,
): Promise<void> {
  if (!pinned) return await sql.run(`CREATE TABLE previous (${columnDefinitions(columns)})`);
  const file = join(workFolder, 'previous.parquet');
  await downloadArtifact(artifacts, pinned, file);
  await sql.run(`CREATE VIEW previous AS FROM read_parquet(${quoteText(file)})`);
}
