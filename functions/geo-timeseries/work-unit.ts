import * as z from 'zod';
import { regionColumns } from './dataset-columns.ts';

const resolution = z.enum(['month', 'year']);
const levels = z.array(z.enum(regionColumns));
/** Periods from the first to the last, by their starts; both belong to it. */
const periods = { resolution, feature: z.string(), from: z.int(), to: z.int() };

/** One piece of a run's outputs, which needs the cells of one resolution and nothing of other pieces. */
export const workUnit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('global-series'), resolution }),
  z.object({ kind: z.literal('extrema'), resolution, levels }),
  z.object({ kind: z.literal('series'), resolution, levels, part: z.int(), parts: z.int() }),
  z.object({ kind: z.literal('tables'), ...periods }),
  z.object({ kind: z.literal('grid'), ...periods }),
]);

export type WorkUnit = z.infer<typeof workUnit>;

/** How many cells a unit should have to do with: more take longer than a Lambda lives, fewer cost a start each. */
export interface UnitSizes {
  readonly cellsPerUnit: number;
  /** More would not fit into the payload of a state. */
  readonly mostPeriodGroups: number;
}

/** Cells of one feature in one period. */
export interface PeriodSize {
  readonly resolution: 'month' | 'year';
  readonly feature: string;
  readonly timestamp: number;
  readonly cells: number;
}

/** Neighbouring periods of a feature in groups, each with about as many cells as a unit should have. */
export function periodGroups(
  sizes: readonly PeriodSize[],
  { cellsPerUnit, mostPeriodGroups }: UnitSizes,
): z.infer<z.ZodObject<typeof periods>>[] {
  const total = sizes.reduce((sum, { cells }) => sum + cells, 0);
  const most = Math.max(cellsPerUnit, total / mostPeriodGroups);
  const groups: z.infer<z.ZodObject<typeof periods>>[] = [];
  let cellsInGroup = 0;
  for (const { resolution: of, feature, timestamp, cells } of sizes) {
    const group = groups.at(-1);
    if (group && group.resolution === of && group.feature === feature && cellsInGroup + cells <= most) {
      group.to = timestamp;
      cellsInGroup += cells;
    } else {
      groups.push({ resolution: of, feature, from: timestamp, to: timestamp });
      cellsInGroup = cells;
    }
  }
  return groups;
}
