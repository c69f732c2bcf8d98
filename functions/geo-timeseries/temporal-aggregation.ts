import type { AggregationRules } from './aggregation-rules.ts';
import { type CellTable, cellKeys, type DatasetShape } from './cell-table.ts';

export type Resolution = 'month' | 'year' | 'all';

/** Below this many milliseconds a timestamp does not fit into 64 bits of nanoseconds. */
const earliestMs = '-9223372036854.775';

/** SQL of the start of a period, in milliseconds; periods are the calendar's, in UTC. */
export function periodStart(timestamp: string, resolution: Resolution): string {
  if (resolution === 'all') return 'CAST(0 AS BIGINT)';
  const start = `epoch_ms(date_trunc('${resolution}', epoch_ms(CAST(trunc(${timestamp}) AS BIGINT))))`;
  return `CASE WHEN ${timestamp} < ${earliestMs} THEN 0 ELSE ${start} END`;
}

/**
 * SQL of what every aggregation over time can be made from: sums and counts by month and all keys, rows without a
 * feature or a coordinate included. The dataset's rows are looked at here and never again.
 *
 * @param furtherKeys more columns by which the sums are kept apart
 */
export function monthlySums(validated: string, shape: DatasetShape, furtherKeys: readonly string[] = []): string {
  const weights = shape.hasWeights ? ', sum(weight) AS weight_sum, sum(value * weight) AS weighted_sum' : '';
  const present = shape.hasWeights ? ', sum(weight) FILTER (WHERE value IS NOT NULL) AS present_weight_sum' : '';
  return `SELECT ${periodStart('timestamp', 'month')} AS timestamp, ${[...cellKeys(shape), ...furtherKeys].join(', ')},
      count(*) AS row_count, count(value) AS value_count, sum(value) AS value_sum${weights}${present}
    FROM ${validated} GROUP BY ALL`;
}

/** What the cells of a resolution are made from. */
export interface CellOptions {
  readonly resolution: Resolution;
  readonly rules?: AggregationRules;
  /** Each row of the sums is a cell already: by months, with all keys. @default false */
  readonly areCells?: boolean;
}

/** SQL of the cells of a resolution, from {@link monthlySums}; rows without a key are left out. */
export function cellsOf(
  sums: string,
  shape: DatasetShape,
  { resolution, rules = {}, areCells = false }: CellOptions,
): string {
  const sum = (column: string) => (areCells ? column : `sum(${column})`);
  const required = ['feature', ...(rules.keepWithoutCoordinates ? [] : shape.coordinates)];
  const period = resolution === 'month' ? 'timestamp' : periodStart('timestamp', resolution);
  const divisor = rules.weightsOfPresentOnly ? 'present_weight_sum' : 'weight_sum';
  const sumOfNothing = (total: string) => (rules.emptyAsNull ? total : `coalesce(${total}, 0)`);
  // 0/0 is no figure
  const weighted = `, ${sum('weight_sum')} / ${sum('row_count')} AS weight,
      nullif(${sumOfNothing(sum('weighted_sum'))} / ${sum(divisor)}, 'nan') AS t_wavg`;
  return `SELECT ${period} AS timestamp, ${cellKeys(shape).join(', ')},
      ${sumOfNothing(sum('value_sum'))} AS t_sum,
      nullif(${sum('value_sum')} / nullif(${sum('value_count')}, 0), 'nan') AS t_mean${shape.hasWeights ? weighted : ''}
    FROM ${sums} WHERE ${required.map((key) => `"${key}" IS NOT NULL`).join(' AND ')}${areCells ? '' : ' GROUP BY ALL'}`;
}

/** Cells of some features and periods. */
export function cellsWhere(cells: CellTable, condition: string): CellTable {
  return { ...cells, from: `(SELECT * FROM ${cells.from} WHERE ${condition})` };
}
