import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { accepted, month, rawVerraDataInput } from '../flow-inputs.contract.ts';
import { monthsBetween } from '../issuance-window.ts';
import { dryRunMonths } from './dry-run-search.ts';
import { plannedMonth } from './month-part.ts';

/** The registry issued its first credits in this month. */
const firstMonth = '2009-01';

const plan = z.object({ dryRun: z.boolean(), months: z.array(plannedMonth), accept: accepted });

/** Lists the months to fetch: all there are, unless the input or the settings say otherwise. */
export const planMonths = defineTask({ input: rawVerraDataInput, output: plan }, async (input, context) => {
  const dryRun = input.dryRun ?? false;
  const known = dryRun ? dryRunMonths : await monthsOfSettings(context);
  const { fromMonth = known.from, toMonth = known.to } = input;
  const months = monthsBetween(fromMonth, toMonth);
  if (months.length === 0) {
    throw new InvalidDataError(
      `there is no month from ${fromMonth} to ${toMonth}; the first may not be after the last`,
    );
  }
  return { dryRun, months: months.map((each) => ({ month: each, dryRun })), accept: input.accept };
});

export const handler = lambdaHandler(planMonths);

async function monthsOfSettings({ settings, executionStartedAt }: TaskContext): Promise<{ from: string; to: string }> {
  return {
    from: monthSetting('VERRA_FROM_MONTH', await settings.find('VERRA_FROM_MONTH')) ?? firstMonth,
    // the execution's own month, not the clock's: a retry after midnight must plan the same
    to:
      monthSetting('VERRA_TO_MONTH', await settings.find('VERRA_TO_MONTH')) ??
      executionStartedAt.toISOString().slice(0, 'YYYY-MM'.length),
  };
}

function monthSetting(name: string, value: string | undefined): string | undefined {
  if (value === undefined || month.safeParse(value).success) return value;
  throw new InvalidDataError(`setting ${name} is '${value}'; write a month as YYYY-MM, such as '2024-01'`);
}
