import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { backfillHeadlinesInput, month } from '../flow-inputs.contract.ts';
import { firstMonthSetting, lastMonthSetting } from '../month-setting.ts';
import { monthOf, monthsBetween, monthsLater } from '../months.ts';
import { callsPerDay, callsToday, pauseSetting } from '../nyt-client.ts';
import { openHeadlineWarehouse } from '../warehouse.ts';
import { type BackfillPart, backfillParts, type CallLimit, callsOf, type MonthCalls } from './backfill-parts.ts';

/** Calls of a day that are left to the loads that are due on it. */
const callsForOthers = 50;
/** Pages of the search that the last day of a month fills, at most 150 articles, when its file was closed at noon. */
const searchCalls = 15;

const part = z.object({
  startsAt: z.iso.datetime(),
  fromMonth: month,
  toMonth: month,
  calls: z.int().positive(),
  minutes: z.int().nonnegative(),
  /** Calls by month; only in a dry run, for people. */
  months: z.record(month, z.int().positive()).optional(),
});
const backfillPlan = z.object({
  dryRun: z.boolean(),
  /** Most calls that it takes; a month whose file is complete takes one. */
  calls: z.int().nonnegative(),
  /** Most time that it takes: until the last call of the last part. */
  hours: z.number().nonnegative(),
  parts: z.array(part),
});

/** Says what a backfill will do, with which calls, and when it may do them. */
export const planBackfill = defineTask(
  { input: backfillHeadlinesInput, output: backfillPlan },
  async (input, context) => {
    const dryRun = input.dryRun ?? false;
    const startMs = context.executionStartedAt.getTime();
    const months = await countCalls(context, await monthsOf(input, context));
    const parts = backfillParts(months, startMs, await callLimit(context));
    return {
      dryRun,
      calls: callsOf(parts),
      hours: hoursUntilEnd(parts, startMs),
      parts: parts.map((each) => ({ ...each, months: dryRun ? callsByMonth(each) : undefined })),
    };
  },
);

export const handler = lambdaHandler(planBackfill);

async function monthsOf(
  { fromMonth, toMonth }: z.infer<typeof backfillHeadlinesInput>,
  { settings, executionStartedAt }: TaskContext,
): Promise<string[]> {
  const current = monthOf(executionStartedAt.toISOString());
  const first = fromMonth ?? (await firstMonthSetting(settings));
  const last = toMonth ?? (await lastMonthSetting(settings)) ?? monthsLater(current, -1);
  if (first === undefined) {
    throw new InvalidDataError(
      "it is not said where to begin; give 'fromMonth', such as '2024-01', or set NYT_FROM_MONTH",
    );
  }
  const months = monthsBetween(first, last);
  if (months.length > 0 && last <= current) return months;
  throw new InvalidDataError(
    `there is nothing to load from ${first} to ${last}; the first month may not be after the last, nor after ${current}`,
  );
}

/** A month that is in the warehouse takes one call, to hear that it has not changed. */
async function countCalls(context: TaskContext, months: readonly string[]): Promise<MonthCalls[]> {
  await using warehouse = await openHeadlineWarehouse(context);
  const known = new Set((await warehouse.query('SELECT month FROM raw.archive_month')).map((row) => row.month));
  return months.map((each) => ({ month: each, calls: known.has(each) ? 1 : 1 + searchCalls }));
}

function callsByMonth({ months }: BackfillPart): Record<string, number> {
  return Object.fromEntries(months.map((each) => [each.month, each.calls]));
}

function hoursUntilEnd(parts: readonly BackfillPart[], startMs: number): number {
  const last = parts.at(-1);
  if (!last) return 0;
  const endMs = Date.parse(last.startsAt) + last.minutes * 60_000;
  return Math.round((endMs - startMs) / 360_000) / 10;
}

async function callLimit(context: TaskContext): Promise<CallLimit> {
  const pauseMs = await pauseSetting(context.settings);
  // a stand-in that needs no pause has no limit by the day either
  if (pauseMs === 0) return { pauseMs, callsPerDay: Number.POSITIVE_INFINITY, callsToday: 0 };
  return { pauseMs, callsPerDay: callsPerDay - callsForOthers, callsToday: await callsToday(context) };
}
