import * as z from 'zod';
import { accepted } from '../flow-inputs.contract.ts';
import { rulesNames } from '../models/models.ts';

/** What a run is to be fitted to, and how its terms are ranked. */
export const growthWindow = z.object({
  asAt: z.iso.date(),
  horizonMonths: z.int().positive(),
  start: z.iso.date(),
  end: z.iso.date(),
  rules: z.enum(rulesNames),
  dayZone: z.string(),
  maxRse: z.number().positive(),
  adjustForDispersion: z.boolean(),
  accept: accepted,
});

export type GrowthWindow = z.infer<typeof growthWindow>;

/** A run's results, as one state made them for the next to publish. */
export const growthRun = growthWindow.extend({
  /** Digest of everything that decides the result: windows, rules, versions and counts. */
  runKey: z.string(),
  /** `unchanged` when the warehouse has this very run already. */
  status: z.enum(['fitted', 'unchanged']),
  /** Of the Parquet files, below `results/`. */
  trendsKey: z.string(),
  seriesKey: z.string(),
  terms: z.int().nonnegative(),
});

export type GrowthRun = z.infer<typeof growthRun>;
