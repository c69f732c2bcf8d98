import * as z from 'zod';
import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { accepted, loadHeadlinesInput } from '../flow-inputs.contract.ts';
import { dayZones, type Rules, rulesNames } from '../models/models.ts';
import { lastMonthSetting } from '../month-setting.ts';
import { monthOf, monthsBetween, monthsLater } from '../months.ts';
import { openHeadlineWarehouse } from '../warehouse.ts';
import { plannedMonth } from './loaded-month.ts';

const plan = z.object({
  months: z.array(plannedMonth),
  rules: z.enum(rulesNames),
  dayZone: z.enum(dayZones),
  accept: accepted,
});

/** Lists the months to load, each with the file it was loaded from: the month before this one, unless the input says otherwise. */
export const planMonths = defineTask({ input: loadHeadlinesInput, output: plan }, async (input, context) => {
  // the execution's own month, not the clock's: a retry after midnight must plan the same
  const current = monthOf(context.executionStartedAt.toISOString());
  const usual =
    input.which === 'current' ? current : ((await lastMonthSetting(context.settings)) ?? monthsLater(current, -1));
  const fromMonth = input.fromMonth ?? input.toMonth ?? usual;
  const toMonth = input.toMonth ?? (input.fromMonth && input.fromMonth > usual ? input.fromMonth : usual);
  const months = monthsBetween(fromMonth, toMonth);
  if (months.length === 0 || toMonth > current) {
    throw new InvalidDataError(
      `there is nothing to load from ${fromMonth} to ${toMonth}; the first month may not be after the last, nor after ${current}`,
    );
  }
  const rules: Rules = input.compat ? 'compat' : 'better';
  const etags = await knownEtags(context);
  return {
    months: months.map((month) => ({ month, etag: etags.get(month) ?? null })),
    rules,
    dayZone: input.dayZone ?? 'UTC',
    accept: input.accept,
  };
});

export const handler = lambdaHandler(planMonths);

async function knownEtags(context: TaskContext): Promise<Map<string, string>> {
  await using warehouse = await openHeadlineWarehouse(context);
  const rows = await warehouse.query('SELECT month, etag FROM raw.archive_month WHERE etag IS NOT NULL');
  return new Map(rows.map(({ month, etag }) => [String(month), String(etag)]));
}
