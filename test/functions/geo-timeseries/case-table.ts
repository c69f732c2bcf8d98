import { quoteName, quoteText } from '../../../lib/table/quote.ts';
import type { Sql } from '../../../lib/table/sql.ts';

/** A table as the case files write it. */
export interface CaseTable {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

const types: Readonly<Record<string, string>> = {
  int64: 'BIGINT',
  float64: 'DOUBLE',
  bool: 'BOOLEAN',
  string: 'VARCHAR',
  // parquet has no such column: values of several types come as texts
  mixed: 'VARCHAR',
  null: 'VARCHAR',
  tile: 'INTEGER[]',
};

/** SQL of a table's rows, in order. */
export function tableQuery({ columns, rows }: CaseTable): string {
  const typeOf = (column: CaseTable['columns'][number]) =>
    column.name === 'value' && column.type === 'null' ? 'DOUBLE' : (types[column.type] ?? 'VARCHAR');
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const casts = columns.map(
    (column) => `CAST(${quoteName(column.name)} AS ${typeOf(column)}) AS ${quoteName(column.name)}`,
  );
  const values = rows.map((row) => `(${row.map((cell, index) => literal(cell, columns[index]?.type)).join(', ')})`);
  if (rows.length === 0)
    return `SELECT ${casts.join(', ')} FROM (VALUES (${columns.map(() => 'NULL').join(', ')})) AS t(${names}) WHERE false`;
  return `SELECT ${casts.join(', ')} FROM (VALUES ${values.join(', ')}) AS t(${names})`;
}

export async function createTable(sql: Sql, name: string, table: CaseTable): Promise<string> {
  await sql.run(`CREATE OR REPLACE TABLE ${quoteName(name)} AS ${tableQuery(table)}`);
  return quoteName(name);
}

function literal(cell: unknown, type: string | undefined): string {
  if (cell === null || cell === undefined) return 'NULL';
  if (type === 'mixed' && typeof cell === 'boolean') return cell ? `'True'` : `'False'`;
  if (Array.isArray(cell)) return `[${cell.join(', ')}]`;
  return quoteText(String(cell));
}
