import { dirname } from 'node:path';
import type { Row } from './cell.ts';
import { quoteText } from './quote.ts';
import { openSql } from './sql.ts';

/**
 * The first rows of a Parquet file, for a person to look at.
 *
 * @param limit most rows answered; only as much of the file is read as they need
 */
export async function previewRows(filePath: string, limit: number): Promise<Row[]> {
  await using sql = await openSql({ workFolder: dirname(filePath), threads: 1, memoryMiB: 256 });
  return await sql.rows(`SELECT * FROM read_parquet(${quoteText(filePath)}) LIMIT ${Math.max(0, Math.floor(limit))}`);
}
