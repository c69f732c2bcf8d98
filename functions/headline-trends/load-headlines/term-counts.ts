import * as z from 'zod';
import { accepted } from '../flow-inputs.contract.ts';
import { dayZones, rulesNames } from '../models/models.ts';
import { finishedMonth } from './loaded-month.ts';

/** The months that are loaded, and by which rules their words are to be counted. */
export const loadedMonths = z.object({
  months: z.tuple([finishedMonth], finishedMonth),
  rules: z.enum(rulesNames),
  dayZone: z.enum(dayZones),
  accept: accepted,
});

/** The counts, as one state built them for the next to publish. */
export const builtCounts = loadedMonths.extend({
  /** Of the Parquet file, below `results/`. */
  key: z.string(),
  rows: z.int().nonnegative(),
  /** How many of the models' tests passed. */
  tests: z.int().nonnegative(),
});
