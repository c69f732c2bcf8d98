import { quoteName } from '../../lib/table/quote.ts';
import type { AggregationRules } from './aggregation-rules.ts';
import type { RegionColumn } from './dataset-columns.ts';

/**
 * A qualifier by the name that the dataset gives it, and the column that holds it here.
 *
 * Columns of ours have names of ours, so that no name in a dataset (`t_sum`, `id`, …) can collide with them.
 */
export interface Qualifier {
  readonly name: string;
  readonly column: string;
}

/** What a dataset looks like after validation. */
export interface DatasetShape {
  /** Those that are there, country first. */
  readonly regions: readonly RegionColumn[];
  readonly qualifiers: readonly Qualifier[];
  /** Whether cells have the columns `weight` and `t_wavg`. */
  readonly hasWeights: boolean;
  /** Coordinates that are there; one alone is a key of cells like any other. */
  readonly coordinates: readonly ('lat' | 'lng')[];
}

/** Cells (one row per feature, period, place and qualifiers) and where SQL finds them. */
export interface CellTable extends DatasetShape {
  /** What goes behind `FROM`: a table, or a query in parentheses. */
  readonly from: string;
  /** By which they were made, and are added up further. @default {} */
  readonly rules?: AggregationRules;
}

/** The columns that tell cells apart, besides the period. */
export function cellKeys({ regions, qualifiers, coordinates }: DatasetShape): string[] {
  return ['feature', ...regions, ...coordinates, ...qualifiers.map(({ column }) => column)].map(quoteName);
}

/** Whether cells can be put on a grid. */
export function hasPoints({ coordinates }: Pick<DatasetShape, 'coordinates'>): boolean {
  return coordinates.length === 2;
}

/** Qualifiers with a column each, in the order of the dataset. */
export function asQualifiers(names: readonly string[]): Qualifier[] {
  return names.map((name, index) => ({ name, column: `qualifier_${index}` }));
}
