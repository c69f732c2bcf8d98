import { InvalidDataError } from '../../../lib/errors.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import type { Warehouse } from '../../../lib/warehouse/warehouse.ts';
import { fitHeadlineGrowthInput } from '../flow-inputs.contract.ts';
import { type Rules, schemaOf } from '../models/models.ts';
import { lastMonthSetting } from '../month-setting.ts';
import { monthOf, monthsLater } from '../months.ts';
import { openHeadlineWarehouse } from '../warehouse.ts';
import { growthWindow } from './growth-run.ts';
import { defaultRanking } from './rank-terms.ts';
import { monthsOf, type Window, windowBefore } from './window.ts';

const defaultHorizonMonths = 6;

/** Works out the window, and refuses one with a month that was never loaded. */
export const selectWindow = defineTask(
  { input: fitHeadlineGrowthInput, output: growthWindow },
  async (input, context) => {
    const { horizonMonths = defaultHorizonMonths, compat = false, accept } = input;
    const asAt = input.asAt ?? (await usualDay(context));
    const window = windowBefore(asAt, horizonMonths);
    const rules: Rules = compat ? 'compat' : 'better';
    await using warehouse = await openHeadlineWarehouse(context);
    await refuseMissingMonths(warehouse, window);
    return {
      ...{ asAt, horizonMonths, ...window, rules, accept },
      dayZone: await dayZoneOf(warehouse, rules),
      maxRse: input.maxRse ?? defaultRanking.maxRse,
      adjustForDispersion: input.adjustForDispersion ?? defaultRanking.isAdjusted,
    };
  },
);

export const handler = lambdaHandler(selectWindow);

/** The day after the last month that is loaded by default: the first of the execution's month, unless a setting says else. */
async function usualDay({ settings, executionStartedAt }: TaskContext): Promise<string> {
  const lastMonth = await lastMonthSetting(settings);
  return `${lastMonth === undefined ? monthOf(executionStartedAt.toISOString()) : monthsLater(lastMonth, 1)}-01`;
}

async function refuseMissingMonths(warehouse: Warehouse, window: Window): Promise<void> {
  const rows = await warehouse.query('SELECT month FROM raw.archive_month');
  const loaded = new Set(rows.map(({ month }) => month));
  const missing = monthsOf(window).filter((month) => !loaded.has(month));
  const [first] = missing;
  if (first === undefined) return;
  throw new InvalidDataError(
    `the window from ${window.start} to ${window.end} has months that were never loaded: ${missing.join(', ')}; ` +
      `run the flow 'backfill-headlines' from ${first} first`,
  );
}

/** Which days the models count by; whoever builds the models decides. */
async function dayZoneOf(warehouse: Warehouse, rules: Rules): Promise<string> {
  const schema = schemaOf(rules);
  const [found] = await warehouse.query(`SELECT to_regclass('${schema}.build') IS NOT NULL AS there`);
  if (found?.there !== true) {
    throw new InvalidDataError(
      `no headlines were counted by the ${rules} rules; run the flow 'load-headlines' ${rules === 'compat' ? 'with compat: true ' : ''}first`,
    );
  }
  const [build] = await warehouse.query(`SELECT day_zone FROM ${schema}.build`);
  return String(build?.day_zone);
}
