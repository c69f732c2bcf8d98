import { join } from 'node:path';
import * as z from 'zod';
import { pinnedArtifactSchema } from '../../lib/artifact/manifest.ts';
import { resultKey } from '../../lib/artifact/result-key.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { accepted } from './flow-inputs.contract.ts';

/** A table that one state built for the next to publish. */
export const builtTable = z.object({
  /** Of the Parquet file, below `results/`. */
  key: z.string(),
  rows: z.int().nonnegative(),
  /** The versions it was made from. */
  inputs: z.array(pinnedArtifactSchema),
  /** For the manifest of the version that it becomes. */
  notes: z.array(z.string()),
  accept: accepted,
});

/** Keeps the whole process below 1 GiB; what does not fit is sorted through the work folder. */
const memoryMiB = 512;

/**
 * Writes a query's answer as this attempt's result.
 *
 * @param query its column `file_row_number` gives the order of the rows, and is left out
 */
export async function storeBuiltTable(
  context: TaskContext,
  query: string,
): Promise<{ file: string; key: string; rows: number }> {
  const { workFolder, signal, artifacts } = context;
  const file = join(workFolder, 'built.parquet');
  await using sql = await openSql({ workFolder, signal, memoryMiB });
  const rows = await writeParquet(sql, query, file, { orderedBy: ['file_row_number'] });
  const key = resultKey(context, 'parquet');
  await artifacts.upload(key, file);
  return { file, key, rows };
}

/** Downloads what {@link storeBuiltTable} wrote and answers where it lies now. */
export async function fetchBuiltTable({ artifacts, workFolder }: TaskContext, key: string): Promise<string> {
  const file = join(workFolder, 'data.parquet');
  await artifacts.download(key, file);
  return file;
}
