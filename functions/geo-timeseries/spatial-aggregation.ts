import type { AggregationRules } from './aggregation-rules.ts';
import type { CellTable } from './cell-table.ts';
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
export function aggColumns({ hasWeights, rules = {} }: Pick<CellTable, 'hasWeights' | 'rules'>): AggColumn[] {
  const functions = ['sum', 'mean'] as const;
  return [...plainColumns(functions, rules), count, ...(hasWeights ? weightColumns(functions, rules) : [])];
}

/** Columns of the summary of a whole run. */
export function summaryColumns({ hasWeights, rules = {} }: Pick<CellTable, 'hasWeights' | 'rules'>): AggColumn[] {
  const functions = ['min', 'max', 'sum', 'mean'] as const;
  return [...plainColumns(functions, rules), ...(hasWeights ? weightColumns(functions, rules) : [])];
}

/** `expression AS name` for each. */
export function selectAggs(columns: readonly AggColumn[]): string {
  return columns.map(({ name, sql }) => `${sql} AS ${name}`).join(', ');
}

/** SQL of one more column, for {@link aggCells}: the text of what most other figures are equal to. */
export const sumText = `${numberCell('s_sum_t_sum')} AS sum_text`;

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

function plainColumns(functions: readonly SpatialFunction[], rules: AggregationRules): AggColumn[] {
  return temporalColumns.flatMap((column) => functions.map((f) => ofCells(f, column, rules)));
}

function weightColumns(functions: readonly SpatialFunction[], rules: AggregationRules): AggColumn[] {
  return [
    ...functions.map((f) => ofCells(f, 't_wavg', rules)),
    ...weightedColumns.map((column) => {
      const present = rules.weightsOfPresentOnly ? ` FILTER (WHERE ${column} IS NOT NULL)` : '';
      // 0/0 is no figure
      return {
        name: `s_wavg_${column}`,
        sql: `nullif(${sumOf(`${column} * weight`, rules)} / sum(weight)${present}, 'nan')`,
      };
    }),
  ];
}

function sumOf(expression: string, { emptyAsNull }: AggregationRules): string {
  return emptyAsNull ? `sum(${expression})` : `coalesce(sum(${expression}), 0)`;
}

function ofCells(spatial: SpatialFunction, column: string, rules: AggregationRules): AggColumn {
  const sql = {
    sum: sumOf(column, rules),
    mean: `nullif(avg(${column}), 'nan')`,
    min: `min(${column})`,
    max: `max(${column})`,
  };
  return { name: `s_${spatial}_${column}`, sql: sql[spatial] };
}
