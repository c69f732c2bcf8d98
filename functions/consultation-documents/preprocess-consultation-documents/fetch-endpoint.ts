import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError, SourceUnavailableError } from '../../../lib/errors.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { endpoints, openDemokratisClient } from '../demokratis-client.ts';
import { copyRows } from '../stored-table.ts';
import { fetchedEndpoint } from './fetched-endpoint.ts';

/** The largest single record: the text of a law with its annexes is some megabytes. */
const maxRecordBytes = 64 * 2 ** 20;
/** DuckDB reads the array in pieces; the process around it holds no record. */
const memoryMiB = 512;

/**
 * Fetches one endpoint's whole answer and keeps its records, one row each, as JSON text.
 *
 * An answer that is no JSON array to its last byte counts as none: it happens, and the state asks again.
 */
export const fetchEndpoint = defineTask(
  { input: z.object({ endpoint: z.enum(endpoints) }), output: fetchedEndpoint },
  async ({ endpoint }, context) => {
    const answer = join(context.workFolder, 'answer.json');
    const client = await openDemokratisClient(context);
    const { bytes, sha256 } = await client.download(endpoint, answer);
    const { key, records } = await storeRecords(answer, endpoint, context);
    context.log.info('fetched an endpoint', { endpoint, records, bytes });
    return { endpoint, key, records, bytes, sha256 };
  },
);

export const handler = lambdaHandler(fetchEndpoint);

async function storeRecords(
  answer: string,
  endpoint: string,
  context: TaskContext,
): Promise<{ key: string; records: number }> {
  const file = join(context.workFolder, 'records.parquet');
  // a single thread: each holds room for two records of the largest size
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal, memoryMiB, threads: 1 });
  const records = await readArray().catch((error: unknown) => {
    if (!(error instanceof InvalidDataError)) throw error;
    throw new SourceUnavailableError(`the Demokratis API answered ${endpoint} with no valid JSON array`, {
      cause: error,
    });
  });
  const key = resultKey(context, 'parquet');
  await context.artifacts.upload(key, file);
  return { key, records };

  async function readArray(): Promise<number> {
    if ((await stat(answer)).size === 0) throw new InvalidDataError('the answer is empty');
    const read = `read_json_objects(${quoteText(answer)}, format = 'array', maximum_object_size = ${maxRecordBytes})`;
    return await copyRows(sql, `SELECT json::VARCHAR AS record FROM ${read}`, file);
  }
}
