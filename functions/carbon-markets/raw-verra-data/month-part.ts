import * as z from 'zod';
import { month } from '../flow-inputs.contract.ts';

/** One month that an execution is to fetch. */
export const plannedMonth = z.object({ month, dryRun: z.boolean() });

/** Where one month's records lie, and how many there are. */
export const monthPart = z.object({
  month,
  /** Key of the Parquet file of the rows. */
  key: z.string(),
  rows: z.int().nonnegative(),
  /** Key of the JSON lines of the records that are no rows, with the reasons; absent when there are none. */
  rejected: z.object({ key: z.string(), records: z.int().positive() }).optional(),
  /** What the registry calls fields that the table has no column for. */
  furtherKeys: z.array(z.string()),
});

/** Where one month's records lie, and how many there are. */
export type MonthPart = z.infer<typeof monthPart>;
