import { InvalidDataError } from '../../lib/errors.ts';
import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { numericFiles } from './data-files.ts';
import { fetchDataFile, shownAddress } from './fetch-data-file.ts';
import { type RawTable, rawTable } from './raw-table.ts';

/**
 * The files of a request as one table, wherever they come from.
 *
 * @throws {InvalidDataError} one of them cannot be read
 */
export async function readDataset(context: TaskContext, sql: Sql, addresses: readonly string[]): Promise<RawTable> {
  const paths: string[] = [];
  for (const [index, address] of numericFiles(addresses).entries()) {
    const path = await fetchDataFile(context, address, index);
    await refuseUnreadable(sql, path, shownAddress(address));
    paths.push(path);
  }
  return await rawTable(sql, paths);
}

/** Before the next file is fetched: a page that says that there is no such file often comes with status 200. */
async function refuseUnreadable(sql: Sql, path: string, address: string): Promise<void> {
  try {
    await sql.rows(`DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [problem = ''] = error.message.replaceAll(path, address).split('\n');
    throw new InvalidDataError(`${address} cannot be read as parquet: ${problem}`, { cause: error });
  }
}
