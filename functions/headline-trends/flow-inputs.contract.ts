import * as z from 'zod';
import { dailyTermCounts } from './daily-term-counts.contract.ts';
import { headlineTrendSeries } from './headline-trend-series.contract.ts';
import { headlineTrends } from './headline-trends.contract.ts';

const howToWriteMonths = "write a month as YYYY-MM, such as '2024-09'; the archive begins in 1851-09";

/** A month as the flows write it. */
export const month = z
  .string(howToWriteMonths)
  .regex(/^(18[5-9]\d|19\d\d|20\d\d)-(0[1-9]|1[0-2])$/, howToWriteMonths)
  .refine((value) => value >= '1851-09', howToWriteMonths);
const flag = z.boolean('write true or false, without quotes');
const version = z
  .string("write a version as 'flow artifact <name>' lists them")
  .regex(/^\d{8}T\d{6}Z-[\w-]+$/, "write a version as 'flow artifact <name>' lists them");

const rules = {
  /** Counts as the original does, its mistakes included, to compare old and new results. */
  compat: flag.optional(),
  /** Where a day begins and ends. */
  dayZone: z.enum(['UTC', 'America/New_York'], "write 'UTC' or 'America/New_York'").optional(),
};

/** An override as states hand it on, checked when the execution started. */
export const accepted = z.object({ artifact: z.string(), version: z.string() }).optional();

function acceptOf(...artifacts: [string, ...string[]]) {
  return { accept: z.strictObject({ artifact: z.enum(artifacts), version }).optional() };
}

const range = { fromMonth: month.optional(), toMonth: month.optional() };

const inOrder = {
  check: ({ fromMonth, toMonth }: { fromMonth?: string | undefined; toMonth?: string | undefined }) =>
    fromMonth === undefined || toMonth === undefined || fromMonth <= toMonth,
  problem: { path: ['fromMonth'], message: "'fromMonth' may not be after 'toMonth'" },
};

/** What an execution of `load-headlines` accepts: which month, or a range of them; the month before this one otherwise. */
export const loadHeadlinesInput = z
  .strictObject({
    which: z.enum(['current', 'previous'], "write 'current' or 'previous'").optional(),
    ...range,
    ...rules,
    ...acceptOf(dailyTermCounts.name),
  })
  .refine(inOrder.check, inOrder.problem)
  .refine(({ which, fromMonth, toMonth }) => which === undefined || (!fromMonth && !toMonth), {
    path: ['which'],
    message: "'which' names the months already; leave it out, or 'fromMonth' and 'toMonth'",
  });

/** What an execution of `backfill-headlines` accepts; with `dryRun` it only says what it would do. */
export const backfillHeadlinesInput = z
  .strictObject({ ...range, dryRun: flag.optional(), ...rules, ...acceptOf(dailyTermCounts.name) })
  .refine(inOrder.check, inOrder.problem);

const wholeMonths = 'write whole months, 1 to 120, such as 6';

/** What an execution of `fit-headline-growth` accepts; the defaults are the month that began last, and six months. */
export const fitHeadlineGrowthInput = z.strictObject({
  asAt: z.iso.date("write a day as YYYY-MM-DD, such as '2025-01-01'").optional(),
  horizonMonths: z.int(wholeMonths).min(1, wholeMonths).max(120, wholeMonths).optional(),
  compat: flag.optional(),
  /** Largest relative standard error of a ranked term. */
  maxRse: z.number('write a number such as 0.3').positive('write a number above 0, such as 0.3').optional(),
  /** Whether that error counts as widened by over-dispersion. */
  adjustForDispersion: flag.optional(),
  ...acceptOf(headlineTrends.name, headlineTrendSeries.name),
});
