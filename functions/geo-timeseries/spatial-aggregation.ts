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
