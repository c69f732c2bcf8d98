import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import type { OutputJson } from './json-text.ts';
import { selectAggs, summaryColumns } from './spatial-aggregation.ts';

/** The figures of each feature over all time and space. */
export async function outputSummary(
  sql: Sql,
  cells: CellTable,
  { compat }: { compat: boolean },
): Promise<Record<string, OutputJson>[]> {
  const columns = summaryColumns(cells);
  const rows = await sql.rows(
    `SELECT feature, ${selectAggs(columns)} FROM ${cells.from} GROUP BY feature ORDER BY feature`,
  );
  return rows.map((row) => ({
    name: String(row.feature),
    ...Object.fromEntries(columns.map(({ name }) => [name, figure(row[name] ?? null, compat)])),
  }));
}

function figure(value: unknown, compat: boolean): number | null {
  if (value === null) return null;
  return compat ? cutToTenDecimals(Number(value)) : Number(value);
}

/** As the original did: 10 decimals, or 10 digits for what is very large or very small. */
export function cutToTenDecimals(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  if (size >= 1e16 || size < 1e-15) return Number(value.toPrecision(10));
  return Number(value.toFixed(10)) || 0;
}
