import {
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { InvalidDataError } from '../errors.ts';
import type { Json } from '../json.ts';

/** One row as plain JavaScript values, by column name. */
export type Row = Readonly<Record<string, Json>>;

/**
 * A value of a query's answer as plain JSON.
 *
 * | logical type | becomes |
 * |---|---|
 * | `int` (and sums of it) | number |
 * | `float`, decimals | number; the texts `NaN`, `Infinity`, `-Infinity` for what JSON cannot say |
 * | `date` | `'2026-01-31'` |
 * | `ts` | `'2026-01-31T10:00:00.000Z'`, with six decimals when there are microseconds |
 * | lists, structs | arrays, objects |
 * | anything else | DuckDB's own text |
 *
 * @throws {InvalidDataError} an integer that a JavaScript number would not hold exactly
 */
export function cellToJson(value: DuckDBValue): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return exactNumber(value);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) return isoInstant(value);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(cellToJson);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, cellToJson(entry)]));
  }
  return value.toString();
}

function exactNumber(value: bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidDataError(
    `the integer ${value} is beyond ±9,007,199,254,740,991, which is what a number holds exactly; cast the column to varchar in the query`,
  );
}

function isoInstant(value: DuckDBTimestampValue | DuckDBTimestampTZValue): string {
  if (!value.isFinite) return value.toString();
  const milliseconds = Number(value.micros / 1000n) - (value.micros % 1000n < 0n ? 1 : 0);
  const iso = new Date(milliseconds).toISOString();
  const microseconds = ((value.micros % 1000n) + 1000n) % 1000n;
  return microseconds === 0n ? iso : iso.replace('Z', `${String(microseconds).padStart(3, '0')}Z`);
}
