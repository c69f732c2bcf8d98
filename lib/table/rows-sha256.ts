import { createHash } from 'node:crypto';
import { quoteName, quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

/**
 * A fingerprint of a Parquet file's rows, in order: equal for equal rows however the file is encoded.
 *
 * DuckDB hashes each row as a JSON array (on all cores); the row hashes are hashed here as they stream by, so memory
 * stays flat. Names and types are not part of it.
 */
export async function rowsSha256(sql: Sql, filePath: string, columnNames: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  const cells = columnNames.map(quoteName).join(', ');
  const query = `SELECT sha256(json_array(${cells})) AS row_hash FROM read_parquet(${quoteText(filePath)})`;
  for await (const rows of sql.batches(query)) {
    for (const row of rows) hash.update(String(row.row_hash));
  }
  return hash.digest('hex');
}
