import { quoteName } from '../../lib/table/quote.ts';
import { type RegionColumn, regionColumns } from './dataset-columns.ts';

/** One level of regions that a dataset has. */
export interface RegionLevel {
  readonly name: RegionColumn;
  /** Among those that are there, country 0; limits of qualifiers count so. */
  readonly position: number;
  /** Existing columns from country down to this level, as SQL. */
  readonly columns: readonly string[];
  /** SQL of the region's id: names from country down joined by `__`, `None` for a level that is no column. */
  readonly id: string;
}

/** Levels by their own names, each with ids of its own depth; a level exists when its column does. */
export function regionLevels(regions: readonly RegionColumn[]): RegionLevel[] {
  return regionColumns.flatMap((name, depth) => {
    const position = regions.indexOf(name);
    if (position < 0) return [];
    const path = regionColumns.slice(0, depth + 1);
    const parts = path.map((column) => (regions.includes(column) ? quoteName(column) : `'None'`));
    return [
      {
        name,
        position,
        columns: path.filter((column) => regions.includes(column)).map(quoteName),
        id: parts.join(` || '__' || `),
      },
    ];
  });
}
