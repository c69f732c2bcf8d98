import type { Column, ColumnType, ScalarType } from '../contract.ts';
import { quoteName } from './quote.ts';

const sqlTypes: Readonly<Record<ScalarType, string>> = {
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
  const item = itemOf(type);
  if (item === undefined) return sqlTypes[type as ScalarType]; // what is no list is a scalar
  if (typeof item === 'string') return `${sqlTypes[item]}[]`;
  return `STRUCT(${item.map(([name, each]) => `${quoteName(name)} ${sqlTypes[each]}`).join(', ')})[]`;
}

/** The logical type that a DuckDB type stores; undefined when none of ours does. */
export function logicalType(sqlTypeName: string): ColumnType | undefined {
  const listed = /^(.*)\[\]$/.exec(sqlTypeName)?.[1];
  if (listed === undefined) return scalarType(sqlTypeName);
  const fields = /^STRUCT\((.*)\)$/.exec(listed)?.[1];
  if (fields === undefined) {
    const item = scalarType(listed);
    return item && `${item}[]`;
  }
  const named = fields.split(', ').map((field) => {
    const [, name, type = ''] = /^"?(.+?)"? (\S+)$/.exec(field) ?? [];
    const scalar = scalarType(type);
    return name !== undefined && scalar !== undefined ? `${name}: ${scalar}` : undefined;
  });
  return named.includes(undefined) ? undefined : (`{${named.join(', ')}}[]` as ColumnType); // every field is a scalar
}

/** What a list holds: a scalar type, or the fields of its objects; undefined when the type is no list. */
export function itemOf(type: ColumnType): ScalarType | readonly (readonly [string, ScalarType])[] | undefined {
  if (!type.endsWith('[]')) return undefined;
  const item = type.slice(0, -2);
  if (!item.startsWith('{')) return item as ScalarType; // what ColumnType leaves
  const fields = item.slice(1, -1).split(',');
  return fields.map((field) => {
    const [name = '', scalar = ''] = field.split(':').map((part) => part.trim());
    if (!(scalar in sqlTypes)) throw new Error(`column type '${type}' has a field '${field.trim()}' of no known type`);
    return [name, scalar as ScalarType] as const; // just checked
  });
}

function scalarType(sqlTypeName: string): ScalarType | undefined {
  return (Object.keys(sqlTypes) as ScalarType[]).find((type) => sqlTypes[type] === sqlTypeName); // keys are ScalarType
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
