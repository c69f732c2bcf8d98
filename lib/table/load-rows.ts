import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Column, ColumnType, ScalarType } from '../contract.ts';
import { InvalidDataError } from '../errors.ts';
import { columnDefinitions, itemOf, sqlType } from './contract-schema.ts';
import { quoteName, quoteText } from './quote.ts';
import type { Sql } from './sql.ts';

/** A single value that {@link loadRows} takes; `undefined` is null, a `Date` is an instant. */
type LoadableScalar = string | number | bigint | boolean | Date | null | undefined;

/** What {@link loadRows} takes for a cell: a single value, or a list of values or of objects. */
export type LoadableCell =
  | LoadableScalar
  | readonly LoadableScalar[]
  | readonly { readonly [field: string]: LoadableScalar }[];

/** Rows as JavaScript objects, by column name; columns left out are null. */
export type LoadableRows =
  | Iterable<Readonly<Record<string, LoadableCell>>>
  | AsyncIterable<Readonly<Record<string, LoadableCell>>>;

/**
 * Creates a table of these columns and fills it with rows, in their order; any number of them, in bounded memory.
 *
 * Takes ISO texts for `date` (`2026-01-31`) and `ts` (`2026-01-31T10:00:00Z`, or a `Date`). Nothing is rounded or
 * guessed: a cell that is not of its column's type, or a key that is no column, fails.
 *
 * @throws {InvalidDataError} naming row, column, value and what is allowed
 */
export async function loadRows(
  sql: Sql,
  table: { readonly name: string; readonly columns: readonly Column[] },
  rows: LoadableRows,
): Promise<void> {
  const folder = await mkdtemp(join(sql.workFolder, 'rows-'));
  try {
    const file = join(folder, 'rows.jsonl');
    await pipeline(Readable.from(jsonLines(table.columns, rows)), createWriteStream(file));
    const types = table.columns.map(({ name, type }) => `${quoteName(name)}: ${quoteText(sqlType(type))}`).join(', ');
    await sql.run(`CREATE TABLE ${quoteName(table.name)} (${columnDefinitions(table.columns)})`);
    await sql.run(
      `INSERT INTO ${quoteName(table.name)}
       SELECT * FROM read_json(${quoteText(file)}, format = 'newline_delimited', columns = {${types}})`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const linesPerWrite = 1000;

async function* jsonLines(columns: readonly Column[], rows: LoadableRows): AsyncIterable<string> {
  const typeOf = new Map(columns.map(({ name, type }) => [name, type]));
  let lines: string[] = [];
  let position = 0;
  for await (const row of rows) {
    position += 1;
    const cells = Object.entries(row).map(([name, cell]) => {
      const where = `row ${position}, column '${name}'`;
      const type = typeOf.get(name);
      if (!type) throw new InvalidDataError(`${where}: no such column; there are ${[...typeOf.keys()].join(', ')}`);
      return `${JSON.stringify(name)}:${cellText(cell, type, where)}`;
    });
    if (lines.push(`{${cells.join(',')}}\n`) === linesPerWrite) {
      yield lines.join('');
      lines = [];
    }
  }
  yield lines.join('');
}

const allowed: Readonly<
  Record<ScalarType, { readonly words: string; readonly holds: (cell: LoadableCell) => boolean }>
> = {
  string: { words: 'a well-formed string', holds: (cell) => typeof cell === 'string' && cell.isWellFormed() },
  int: { words: 'a whole number', holds: (cell) => typeof cell === 'bigint' || Number.isSafeInteger(cell) },
  float: { words: 'a finite number', holds: (cell) => Number.isFinite(cell) },
  bool: { words: 'true or false', holds: (cell) => typeof cell === 'boolean' },
  date: { words: "a day such as '2026-01-31'", holds: (cell) => matches(cell, /^\d{4}-\d\d-\d\d$/) },
  ts: {
    words: "an instant such as '2026-01-31T10:00:00Z'",
    holds: (cell) =>
      cell instanceof Date
        ? !Number.isNaN(cell.getTime())
        : matches(cell, /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/),
  },
};

function matches(cell: LoadableCell, pattern: RegExp): boolean {
  if (typeof cell !== 'string' || !pattern.test(cell) || Number.isNaN(Date.parse(cell))) return false;
  const day = cell.slice(0, 10);
  // the platform takes 30 February for 2 March
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function cellText(cell: LoadableCell, type: ColumnType, where: string): string {
  if (cell === null || cell === undefined) return 'null';
  const item = itemOf(type);
  if (item === undefined) return scalarText(cell, type as ScalarType, where); // what is no list is a scalar
  if (!Array.isArray(cell)) throw new InvalidDataError(`${where}: ${shown(cell)} is not a list`);
  const texts = cell.map((each, index) => {
    const at = `${where}[${index}]`;
    return typeof item === 'string' ? cellText(each, item, at) : objectText(each, item, at);
  });
  return `[${texts.join(',')}]`;
}

function objectText(cell: LoadableCell, fields: readonly (readonly [string, ScalarType])[], where: string): string {
  if (
    typeof cell !== 'object' ||
    cell === null ||
    Object.keys(cell).some((key) => !fields.some(([name]) => name === key))
  ) {
    throw new InvalidDataError(
      `${where}: ${shown(cell)} is not an object of ${fields.map(([name]) => name).join(', ')}`,
    );
  }
  const texts = fields.map(
    ([name, type]) => `${JSON.stringify(name)}:${cellText(Reflect.get(cell, name), type, `${where}.${name}`)}`,
  );
  return `{${texts.join(',')}}`;
}

function scalarText(cell: LoadableCell, type: ScalarType, where: string): string {
  const rule = allowed[type];
  if (!rule.holds(cell)) throw new InvalidDataError(`${where}: ${shown(cell)} is not ${rule.words}`);
  return typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
}

function shown(cell: LoadableCell): string {
  return `${String(cell).slice(0, 100)} (${typeof cell})`;
}
