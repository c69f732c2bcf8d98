import { join } from 'node:path';
import * as z from 'zod';
import { downloadArtifact } from '../../../lib/artifact/catalog.ts';
import type { PinnedArtifact } from '../../../lib/artifact/manifest.ts';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import type { ArtifactContract } from '../../../lib/contract.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { columnDefinitions } from '../../../lib/table/contract-schema.ts';
import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { consultationDocumentTexts } from '../consultation-document-texts.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { apiTextsQuery, joinedDocumentsQuery, storedFilesQuery } from '../joined-documents.ts';
import { storeTable } from '../stored-table.ts';
import { originalOriginsQuery, originsQuery } from '../text-origins.ts';
import { extractionPlan } from './extraction-plan.ts';
import { fetchedEndpoint } from './fetched-endpoint.ts';
import { normalisedDocuments } from './normalised-documents.ts';
import { runPlan } from './run-plan.ts';
import { storeBatches } from './store-batches.ts';

const memoryMiB = 512;

const planInput = z.object({
  run: runPlan,
  normalised: normalisedDocuments,
  contents: fetchedEndpoint,
  files: fetchedEndpoint,
});

/** Joins documents with texts and files, and plans which files are read: those whose text nothing knows yet. */
export const planExtraction = defineTask({ input: planInput, output: extractionPlan }, async (input, context) => {
  const { run } = input;
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal, memoryMiB });
  const apiTexts = await loadTables(sql, input, context);
  const incompleteFiles = await checkTables(sql, run.compat);
  await sql.run(`CREATE TABLE joined AS ${joinedDocumentsQuery}`);
  await checkJoined(sql, run.compat);
  await sql.run(`CREATE TABLE planned AS ${run.compat ? originalOriginsQuery : originsQuery(run)}`);

  const documents = await storeTable({ sql, context }, { name: 'documents', query: 'FROM planned ORDER BY position' });
  const batchesKey = resultKey(context, 'batches');
  const batches = await storeBatches(sql, context, { batchesKey, filesPerBatch: run.filesPerBatch });
  const [counted] = await sql.rows(`SELECT
    count(*) FILTER (WHERE origin = 'extract') AS extracts, count(*) FILTER (WHERE origin IN ('known', 'cache')) AS known
    FROM planned`);
  return {
    documentsKey: documents.key,
    apiTextsKey: apiTexts.key,
    batchesKey,
    batches: Array.from({ length: batches.count }, (_, index) => index + 1),
    documents: documents.rows,
    filesToExtract: batches.files,
    documentsToExtract: Number(counted?.extracts),
    knownTexts: Number(counted?.known),
    incompleteFiles,
  };
});

export const handler = lambdaHandler(planExtraction);

async function loadTables(
  sql: Sql,
  { run, normalised, contents, files }: z.infer<typeof planInput>,
  context: TaskContext,
) {
  const download = async (key: string, name: string) => {
    const file = join(context.workFolder, name);
    await context.artifacts.download(key, file);
    return file;
  };
  const documents = await download(normalised.key, 'normalised.parquet');
  await sql.run(`CREATE TABLE documents AS FROM read_parquet(${quoteText(documents)})`);
  const fileRecords = await download(files.key, 'file-records.parquet');
  await sql.run(`CREATE TABLE stored_files AS ${storedFilesQuery(fileRecords)}`);
  const textRecords = await download(contents.key, 'text-records.parquet');
  const apiTexts = await storeTable({ sql, context }, { name: 'api-texts', query: apiTextsQuery(textRecords) });
  // a view: the texts may be a gigabyte, and only a few columns of them are asked for
  const apiTextsFile = quoteText(join(context.workFolder, 'api-texts.parquet'));
  await sql.run(`CREATE VIEW api_texts AS FROM read_parquet(${apiTextsFile})`);
  await loadPrevious(
    sql,
    { name: 'texts', contract: consultationDocumentTexts, pinned: known(run.previous.texts) },
    context,
  );
  const { preprocessed } = run.previous;
  await loadPrevious(
    sql,
    { name: 'previous', contract: consultationDocumentsPreprocessed, pinned: known(preprocessed) },
    context,
  );
  return apiTexts;

  function known(pinned: PinnedArtifact | null): PinnedArtifact | null {
    return run.bootstrap ? pinned : null;
  }
}

/** A view of the last run's table, or an empty one. */
async function loadPrevious(
  sql: Sql,
  { name, contract, pinned }: { name: string; contract: ArtifactContract; pinned: PinnedArtifact | null },
  context: TaskContext,
): Promise<void> {
  if (!pinned) return await sql.run(`CREATE TABLE ${quoteName(name)} (${columnDefinitions(contract.columns)})`);
  const file = join(context.workFolder, `previous-${name}.parquet`);
  await downloadArtifact(context.artifacts, pinned, file);
  await sql.run(`CREATE VIEW ${quoteName(name)} AS FROM read_parquet(${quoteText(file)})`);
}

/** Two texts of one document, or two files of one identifier, stop the run: it cannot tell which is meant. */
async function checkTables(sql: Sql, compat: boolean): Promise<number> {
  await refuseDuplicates(sql, 'api_texts', 'document_uuid');
  await refuseDuplicates(sql, '(FROM stored_files WHERE is_complete)', 'uuid');
  const [counted] = await sql.rows('SELECT count(*) FILTER (WHERE NOT is_complete) AS n FROM stored_files');
  const incomplete = Number(counted?.n);
  if (incomplete > 0 && compat) {
    throw new InvalidDataError(`${incomplete} records of stored-files lack a required field`);
  }
  return incomplete;
}

async function refuseDuplicates(sql: Sql, table: string, column: string): Promise<void> {
  const [found] = await sql.rows(
    `SELECT ${column} AS value, count(*) AS copies FROM ${table} GROUP BY ${column} HAVING copies > 1 ORDER BY 1 LIMIT 1`,
  );
  if (found) throw new InvalidDataError(`the API answered ${found.copies} records with the ${column} '${found.value}'`);
}

async function checkJoined(sql: Sql, compat: boolean): Promise<void> {
  const [found] = await sql.rows(`SELECT
    count(*) FILTER (WHERE has_api_text) AS texts, count(stored_file_path) AS files,
    count(*) FILTER (WHERE has_api_text AND document_source = 'fedlex') AS federal
    FROM joined`);
  if (Number(found?.texts) === 0)
    throw new InvalidDataError('no document has a text of the API; its answers do not belong together');
  if (Number(found?.files) === 0)
    throw new InvalidDataError('no document has a stored file; the answers of the API do not belong together');
  if (compat && Number(found?.federal) > 0) {
    throw new InvalidDataError(
      `the API has texts of ${found?.federal} federal documents, which compat mode does not know`,
    );
  }
}
