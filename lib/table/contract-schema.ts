import type { Column, ColumnType } from '../contract.ts';
import { quoteName } from './quote.ts';

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  date: 'DATE',
  // an instant in UTC, written without a zone as the readers of the artifacts know it
  ts: 'TIMESTAMP',
};

/** The one DuckDB type that stores a logical type. */
export function sqlType(type: ColumnType): string {
  return sqlTypes[type];
}

/** The logical type that a DuckDB type stores; undefined when none of ours does. */
export function logicalType(sqlTypeName: string): ColumnType | undefined {
  return (Object.keys(sqlTypes) as ColumnType[]).find((type) => sqlTypes[type] === sqlTypeName); // keys are ColumnType
}

/** `"id" VARCHAR, "quantity" BIGINT`: the columns of a `CREATE TABLE`. */
export function columnDefinitions(columns: readonly Column[]): string {
  return columns.map((column) => `${quoteName(column.name)} ${sqlType(column.type)}`).join(', ');
}

/** `SELECT` of exactly these columns, cast to their types, from a table, a file literal or a query in parentheses. */
export function selectColumns(columns: readonly Column[], from: string): string {
  const casts = columns.map(({ name, type }) => `CAST(${quoteName(name)} AS ${sqlType(type)}) AS ${quoteName(name)}`);
  return `SELECT ${casts.join(', ')} FROM ${from}`;
}
