import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Executions } from '../../lib/execution/executions.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { openSql } from '../../lib/table/sql.ts';
import type { Warehouse } from '../../lib/warehouse/warehouse.ts';

/** A text that was written, and where. */
export interface Written {
  readonly place: string;
  readonly text: string;
}

/** Path and text of every file of a folder, also of those that are compressed. */
export async function writtenFiles(folder: string): Promise<Written[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  await using sql = await openSql({ workFolder: folder });
  const written: Written[] = [];
  for (const path of paths) {
    const place = relative(folder, path);
    written.push({ place, text: `${place}\n${await textOf(path)}` });
    if (!path.endsWith('.parquet')) continue;
    const rows = await sql.rows(`FROM read_parquet(${quoteText(path)})`);
    written.push({ place: `rows of ${place}`, text: JSON.stringify(rows, withoutBigInt) });
  }
  return written;
}

/** The rows of every table and view of a warehouse that is no part of Postgres itself. */
export async function writtenRows(warehouse: Warehouse): Promise<Written[]> {
  const tables = await warehouse.query(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY name`,
  );
  const written: Written[] = [];
  for (const { name } of tables) {
    const rows = await warehouse.query(`SELECT * FROM ${name}`);
    written.push({ place: `table ${name}`, text: JSON.stringify(rows) });
  }
  return written;
}

/** Every execution with its events and log lines, as the engine keeps them. */
export async function writtenExecutions(executions: Executions): Promise<Written[]> {
  const written: Written[] = [];
  for await (const execution of executions.list()) {
    const place = `${execution.flowName}/${execution.name}`;
    const history = await Array.fromAsync(executions.history(execution.name));
    const logs = await Array.fromAsync(executions.logs(execution.name));
    written.push({ place: `execution ${place}`, text: JSON.stringify(execution) });
    written.push({ place: `history of ${place}`, text: JSON.stringify(history) });
    written.push({ place: `logs of ${place}`, text: JSON.stringify(logs) });
  }
  return written;
}

/** Where a text stands. */
export function placesOf(text: string, written: readonly Written[]): string[] {
  return written.filter((each) => each.text.includes(text)).map(({ place }) => place);
}

async function textOf(path: string): Promise<string> {
  const bytes = await readFile(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function withoutBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
