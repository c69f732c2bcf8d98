import { join } from 'node:path';
import { resultKey } from '../../lib/artifact/result-key.ts';
import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import { type WriteWideParquetOptions, writeWideParquet } from '../../lib/table/write-wide-parquet.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/** A table that a task hands on: a Parquet file below `results/`. */
export interface StoredTable {
  readonly key: string;
  readonly rows: number;
}

/** A text has tens of kilobytes, so that a row group of these many has tens of megabytes. */
export const rowsPerGroup = 2048;

/** Writes a query's answer in its own order, as it comes: for files that no one compares byte by byte. */
export async function copyRows(sql: Sql, query: string, filePath: string): Promise<number> {
  const options = `(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowsPerGroup})`;
  const [written] = await sql.rows(`COPY (${query}) TO ${quoteText(filePath)} ${options}`);
  return Number(written?.Count);
}

/** Writes a query's answer as a file of this attempt, told apart from its other files by `name`. */
export async function storeTable(
  { sql, context }: { sql: Sql; context: TaskContext },
  { name, query, orderedBy }: { name: string; query: string } & Partial<Pick<WriteWideParquetOptions, 'orderedBy'>>,
): Promise<StoredTable> {
  const file = join(context.workFolder, `${name}.parquet`);
  const rows = orderedBy
    ? await writeWideParquet(sql, query, file, { rowsPerGroup, orderedBy })
    : await copyRows(sql, query, file);
  const key = resultKey(context, `${name}.parquet`);
  await context.artifacts.upload(key, file);
  return { key, rows };
}
