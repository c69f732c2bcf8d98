import { quoteName, quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import { isExtraColumn, isRegion } from './dataset-columns.ts';
import { textForm } from './text-form.ts';

/** A column with DuckDB's name of its type. */
export interface RawColumn {
  readonly name: string;
  readonly type: string;
}

/** The dataset as it came, over all its files. */
export interface RawTable {
  /** What goes behind `FROM`. */
  readonly from: string;
  readonly columns: readonly RawColumn[];
}

/** The files of a dataset as one table, in order. */
export async function rawTable(sql: Sql, paths: readonly string[]): Promise<RawTable> {
  const files: SourceFile[] = [];
  for (const path of paths) {
    const from = `read_parquet(${quoteText(path)})`;
    files.push({ from, columns: await columnsOf(sql, from) });
  }
  const [only, ...others] = files;
  if (only && others.length === 0) return only;
  const from = `(${unionOf(files)})`;
  return { from, columns: await columnsOf(sql, from) };
}

type SourceFile = RawTable;

async function columnsOf(sql: Sql, from: string): Promise<RawColumn[]> {
  const described = await sql.rows(`DESCRIBE SELECT * FROM ${from}`);
  return described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

function unionOf(files: readonly SourceFile[]): string {
  const names = [...new Set(files.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const selects = files.map((file) => {
    const cells = names.map((name) => `${cellOf(file, name, files)} AS ${quoteName(name)}`);
    return `SELECT ${cells.join(', ')} FROM ${file.from}`;
  });
  return selects.join(' UNION ALL ');
}

/** A column in a file, so that it fits the same column of the others. */
function cellOf({ columns }: SourceFile, name: string, files: readonly SourceFile[]): string {
  const own = columns.find((column) => column.name === name);
  const types = files.flatMap((file) => file.columns.filter((column) => column.name === name));
  const isEverywhere = types.length === files.length;
  const areAlike = new Set(types.map(({ type }) => kindOf(type))).size === 1;
  const column = quoteName(name);
  if (isExtraColumn(name) && !isEverywhere) return own ? textForm(column, own.type) : `''`;
  if (!own) return 'NULL';
  if (name === 'feature') return textForm(column, own.type);
  if (areAlike) return column;
  const text = textForm(column, own.type);
  return isRegion(name) ? `coalesce(${text}, 'None')` : text;
}

function kindOf(type: string): string {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL.*)$/.test(type)) return 'number';
  return type.startsWith('TIMESTAMP') ? 'time' : type;
}
