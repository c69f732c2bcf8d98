import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import { csvLine, numberCell, quoteCell } from './csv-text.ts';
import type { OutputFile } from './output-file.ts';
import type { Breakdown, ResolutionOutputs } from './output-options.ts';
import { featuresWith } from './qualifier-limits.ts';
import { type AggColumn, aggColumns, selectAggs } from './spatial-aggregation.ts';

/** Series over the whole world: a file per feature. */
export async function* globalSeries(
  sql: Sql,
  cells: CellTable,
  { resolution, keys }: ResolutionOutputs,
): AsyncGenerator<OutputFile & { readonly feature: string; readonly periods: number }> {
  const columns = aggColumns(cells);
  const names = columns.map(({ name }) => name);
  const files = await sql.rows(`
    WITH periods AS (SELECT feature, timestamp, ${selectAggs(columns)} FROM ${cells.from} GROUP BY feature, timestamp)
    SELECT feature, count(*) AS periods,
      string_agg(${csvLine(['timestamp', ...names].map(numberCell))}, '' ORDER BY timestamp) AS lines
    FROM periods GROUP BY feature ORDER BY feature`);
  for (const { feature, periods, lines } of files) {
    const header = ['timestamp', ...names].join(',');
    const place = { resolution, feature: String(feature) };
    yield {
      key: keys.globalSeries(place),
      body: `${header}\n${lines}`,
      feature: String(feature),
      periods: Number(periods),
    };
  }
}

/** Series over the whole world by the values of a qualifier: a file per feature and agg column. */
export async function* globalSeriesBy(
  sql: Sql,
  cells: CellTable,
  { resolution, keys, qualifier, map }: ResolutionOutputs & Breakdown,
): AsyncGenerator<OutputFile> {
  const columns = aggColumns(cells);
  for (const feature of featuresWith(map, qualifier.name)) {
    const rows = await sql.rows(`
      WITH groups AS (
        SELECT timestamp, ${qualifier.column} AS value, ${selectAggs(columns)}
        FROM ${cells.from} WHERE feature = ${quoteText(feature)} GROUP BY ALL)
      SELECT timestamp, value, ${columns.map(({ name }) => `${numberCell(name)} AS ${name}`).join(', ')}
      FROM groups ORDER BY timestamp, value`);
    if (rows.length === 0) continue;
    const pivot = pivotOf(rows);
    for (const column of columns) {
      const key = keys.globalSeriesBy({ resolution, feature }, qualifier.name, column.name);
      yield { key, body: pivotText(pivot, column, qualifier.name) };
    }
  }
}

interface Pivot {
  /** In the order in which they appear, reading periods in order. */
  readonly values: readonly string[];
  readonly periods: ReadonlyMap<number, ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
}

function pivotOf(rows: readonly Readonly<Record<string, unknown>>[]): Pivot {
  const values = new Set<string>();
  const periods = new Map<number, Map<string, Readonly<Record<string, unknown>>>>();
  for (const row of rows) {
    const value = String(row.value);
    values.add(value);
    const period = periods.get(Number(row.timestamp)) ?? new Map();
    periods.set(Number(row.timestamp), period.set(value, row));
  }
  return { values: [...values], periods };
}

function pivotText({ values, periods }: Pivot, { name }: AggColumn, qualifierName: string): string {
  // readers find the time by its header, so a value of that name may not take its place
  const headers = values.map((value) => quoteCell(value === 'timestamp' ? `timestamp (${qualifierName})` : value));
  const hasGap = new Map(values.map((value) => [value, [...periods.values()].some((period) => !period.has(value))]));
  const lines = [...periods].map(([timestamp, period]) => {
    const cells = values.map((value) => {
      const cell = period.get(value)?.[name];
      if (cell === undefined) return '';
      // a column of integers with a gap is one of doubles
      return name === 's_count' && hasGap.get(value) ? `${cell}.0` : String(cell);
    });
    return `${[timestamp, ...cells].join(',')}\n`;
  });
  return `${['timestamp', ...headers].join(',')}\n${lines.join('')}`;
}
