import { quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

/**
 * Writes a query's answer as one Parquet file (zstd) and answers how many rows it has.
 *
 * Deterministic: the same rows in the same order give the same bytes, whatever file or table they come from and
 * however many threads run. Spills to the work folder instead of exceeding the memory limit.
 */
export async function writeParquet(sql: Sql, query: string, filePath: string): Promise<number> {
  // Without the sort, row groups end where the scan's pieces happen to end, which differs by source and by threads.
  const ordered = `
    SELECT * EXCLUDE (__position) FROM (SELECT *, row_number() OVER () AS __position FROM (${query}))
    ORDER BY __position`;
  const [written] = await sql.rows(`COPY (${ordered}) TO ${quoteText(filePath)} (FORMAT parquet, COMPRESSION zstd)`);
  return Number(written?.Count);
}
