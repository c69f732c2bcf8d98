import { describe, expect, it } from 'vitest';
import { planMonths } from '../../../../functions/carbon-markets/raw-verra-data/plan-months.ts';
import type { Json } from '../../../../lib/json.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { taskHandler } from '../../../../lib/task/task-handler.ts';
import { taskPayload, testWorld } from '../../../support/test-world.ts';

async function plan(input: Json, settings: Record<string, string> = {}) {
  const world = testWorld({ settings: fixedSource(settings) });
  // its answer is the task's output, which has been parsed with this very schema
  return planMonths.output.parse(await taskHandler(planMonths, world)(taskPayload(input)));
}

const months = async (...args: Parameters<typeof plan>) => (await plan(...args)).months.map(({ month }) => month);

describe('planMonths', () => {
  it("lists all months from the registry's first to that of the execution", async () => {
    const all = await months({});

    expect([all[0], all.at(-1), all.length]).toEqual(['2009-01', '2026-01', 205]);
  });

  const settings = { VERRA_FROM_MONTH: '2024-11', VERRA_TO_MONTH: '2025-01' };
  it.each<{ name: string; input: Json; settings: Record<string, string>; expected: string[] }>([
    { name: 'the settings', input: {}, settings, expected: ['2024-11', '2024-12', '2025-01'] },
    {
      name: 'the input before the settings',
      input: { fromMonth: '2024-12' },
      settings,
      expected: ['2024-12', '2025-01'],
    },
    { name: 'the input', input: { fromMonth: '2024-02', toMonth: '2024-02' }, settings: {}, expected: ['2024-02'] },
    { name: 'the fixture in a dry run', input: { dryRun: true }, settings, expected: ['2024-01', '2024-02'] },
  ])('obeys $name', async ({ input, settings, expected }) => {
    expect(await months(input, settings)).toEqual(expected);
  });

  it('tells every month whether it is a dry run, and hands an override on', async () => {
    const accept = { artifact: 'raw_verra_data', version: '20260101T000000Z-before' };

    expect(await plan({ toMonth: '2024-01', dryRun: true, accept })).toEqual({
      dryRun: true,
      months: [{ month: '2024-01', dryRun: true }],
      accept,
    });
  });

  it.each<{ name: string; input: Json; settings: Record<string, string>; message: string }>([
    {
      name: 'a setting that is no month',
      input: {},
      settings: { VERRA_FROM_MONTH: 'January' },
      message: "setting VERRA_FROM_MONTH is 'January'; write a month as YYYY-MM, such as '2024-01'",
    },
    {
      name: 'an input that ends before the settings begin',
      input: { toMonth: '2023-01' },
      settings,
      message: 'there is no month from 2024-11 to 2023-01; the first may not be after the last',
    },
  ])('refuses $name', async ({ input, settings, message }) => {
    await expect(plan(input, settings)).rejects.toMatchObject({ name: 'InvalidDataError', message });
  });
});
