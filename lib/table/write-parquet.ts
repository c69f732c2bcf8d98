import { quoteName, quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

export interface WriteParquetOptions {
  /**
   * Columns of the query that give the order of the rows and are left out of the file; cheaper than an `ORDER BY`,
   * after which the rows would be sorted once more. @default the order of the query
   */
  readonly orderedBy?: readonly string[];
}

/**
 * Writes a query's answer as one Parquet file (zstd) and answers how many rows it has.
 *
 * Deterministic: the same rows in the same order give the same bytes, whatever file or table they come from and
 * however many threads run. Spills to the work folder instead of exceeding the memory limit; rows of many kilobytes
 * are for `writeWideParquet`.
 */
export async function writeParquet(
  sql: Sql,
  query: string,
  filePath: string,
  { orderedBy }: WriteParquetOptions = {},
): Promise<number> {
  // Without the sort, row groups end where the scan's pieces happen to end, which differs by source and by threads.
  const positions = (orderedBy ?? ['__position']).map(quoteName).join(', ');
  const positioned = orderedBy ? query : `SELECT *, row_number() OVER () AS __position FROM (${query})`;
  const ordered = `SELECT * EXCLUDE (${positions}) FROM (${positioned}) ORDER BY ${positions}`;
  const [written] = await sql.rows(`COPY (${ordered}) TO ${quoteText(filePath)} (FORMAT parquet, COMPRESSION zstd)`);
  return Number(written?.Count);
}
