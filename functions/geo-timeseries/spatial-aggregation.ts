import { numberCell } from './csv-text.ts';

/** One column of an aggregation over cells: its name in the outputs, and its SQL over a group of cells. */
export interface AggColumn {
  readonly name: string;
  readonly sql: string;
}

type SpatialFunction = 'sum' | 'mean' | 'min' | 'max';
const temporalColumns = ['t_sum', 't_mean'] as const;
const weightedColumns = ['t_sum', 't_mean', 't_wavg'] as const;

/** Columns of series and tables over cells, in the order of the headers. */
export function aggColumns({ hasWeights }: { hasWeights: boolean }): AggColumn[] {
  const functions = ['sum', 'mean'] as const;
  return [...plainColumns(functions), count, ...(hasWeights ? weightColumns(functions) : [])];
}

/** Columns of the summary of a whole run. */
export function summaryColumns({ hasWeights }: { hasWeights: boolean }): AggColumn[] {
  const functions = ['min', 'max', 'sum', 'mean'] as const;
  return [...plainColumns(functions), ...(hasWeights ? weightColumns(functions) : [])];
}

/** `expression AS name` for each. */
export function selectAggs(columns: readonly AggColumn[]): string {
  return columns.map(({ name, sql }) => `${sql} AS ${name}`).join(', ');
}

/** SQL of one more column, for {@link aggCells}: the text of what most other figures are equal to. */
export const sumText = 'CAST(s_sum_t_sum AS VARCHAR) AS sum_text';

/**
 * SQL of the cells of a line. Most groups have one cell of one row, whose figures are all the same: its text is made
 * once, since making texts of numbers is what takes the longest.
 */
export function aggCells(columns: readonly AggColumn[]): string[] {
  return columns.map(({ name }) => {
    if (name === 's_sum_t_sum') return 'sum_text';
    if (name === count.name) return numberCell(name);
    return `CASE WHEN ${name} = s_sum_t_sum THEN sum_text ELSE ${numberCell(name)} END`;
  });
}

/** Cells with a figure; an integer, unlike all others. */
const count: AggColumn = { name: 's_count', sql: 'count(t_mean)' };

function plainColumns(functions: readonly SpatialFunction[]): AggColumn[] {
  return temporalColumns.flatMap((column) => functions.map((f) => ofCells(f, column)));
}

function weightColumns(functions: readonly SpatialFunction[]): AggColumn[] {
  return [
    ...functions.map((f) => ofCells(f, 't_wavg')),
    ...weightedColumns.map((column) => ({
      name: `s_wavg_${column}`,
      // 0/0 is no figure; a sum of nothing is 0
      sql: `nullif(coalesce(sum(${column} * weight), 0) / sum(weight), 'nan')`,
    })),
  ];
}

function ofCells(spatial: SpatialFunction, column: string): AggColumn {
  const sql = {
    sum: `coalesce(sum(${column}), 0)`,
    mean: `nullif(avg(${column}), 'nan')`,
    min: `min(${column})`,
    max: `max(${column})`,
  };
  return { name: `s_${spatial}_${column}`, sql: sql[spatial] };
}
