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
  const files = numericFiles(addresses).map((address) => ({ address, shown: shownAddress(address) }));
  const paths: string[] = [];
  for (const [index, { address, shown }] of files.entries()) {
    const path = await fetchDataFile(context, address, index);
    const footer = `DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`;
    // before the next is fetched: a page that says that there is no such file often comes with status 200
    await orRefused(`${shown} cannot be read as parquet`, () => sql.rows(footer));
    paths.push(path);
  }
  const all = files.map(({ shown }) => shown).join(', ');
  return await orRefused(`${all} cannot be read as one table`, () => rawTable(sql, paths));
}

async function orRefused<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new InvalidDataError(`${what}: ${error.message.split('\n')[0]}`, { cause: error });
  }
}
