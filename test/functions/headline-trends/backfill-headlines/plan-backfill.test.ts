import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planBackfill } from '../../../../functions/headline-trends/backfill-headlines/plan-backfill.ts';
import { openHeadlineWarehouse } from '../../../../functions/headline-trends/warehouse.ts';
import type { Json } from '../../../../lib/json.ts';
import { fixedSource } from '../../../../lib/secret/fixed-source.ts';
import { taskHandler } from '../../../../lib/task/task-handler.ts';
import { memoryStore } from '../../../support/memory-store.ts';
import { taskPayload, testWorld } from '../../../support/test-world.ts';
import { emptyWarehouse, noWaiting } from '../../../warehouse/a-warehouse.ts';

describe('planBackfill', () => {
  const stack = new AsyncDisposableStack();
  let secrets: ReturnType<typeof fixedSource>;

  beforeAll(async () => {
    const place = stack.use(await emptyWarehouse());
    secrets = fixedSource({ WAREHOUSE_URL: place.url });
    const warehouse = stack.use(await openHeadlineWarehouse({ ...noWaiting, secrets }));
    await warehouse.query("INSERT INTO raw.archive_month (month, articles, rejected) VALUES ('2024-02', 1, 0)");
  });
  afterAll(() => stack.disposeAsync());

  /** Everything is asked at 2026-01-01T00:00Z, when the execution starts. */
  async function plan(input: Json, settings: Record<string, string> = {}, callsToday = 0) {
    const artifacts = memoryStore();
    const turns = { day: '2026-01-01', calls: callsToday, nextStartMs: 0 };
    await artifacts.write('state/nyt-api/turns.json', JSON.stringify(turns));
    const world = testWorld({ artifacts, secrets, settings: fixedSource(settings) });
    // its answer is the task's output, which has been parsed with this very schema
    return planBackfill.output.parse(await taskHandler(planBackfill, world)(taskPayload(input)));
  }

  it('lists months, calls and the time they take; a month that is loaded takes one call', async () => {
    expect(await plan({ fromMonth: '2024-01', toMonth: '2024-03', dryRun: true })).toEqual({
      dryRun: true,
      calls: 33,
      hours: 0.1,
      parts: [
        {
          ...{ startsAt: '2026-01-01T00:00:00.000Z', fromMonth: '2024-01', toMonth: '2024-03', calls: 33, minutes: 7 },
          months: { '2024-01': 16, '2024-02': 1, '2024-03': 16 },
        },
      ],
    });
  });

  it('spreads what is more than 400 calls over days, the calls of today taken off', async () => {
    const { calls, hours, parts } = await plan({ fromMonth: '2020-01', toMonth: '2023-12' }, {}, 300);

    expect([calls, hours]).toEqual([768, 49]);
    expect(parts.map(({ startsAt, fromMonth, toMonth }) => [startsAt.slice(0, 10), fromMonth, toMonth])).toEqual([
      ['2026-01-01', '2020-01', '2020-06'],
      ['2026-01-02', '2020-07', '2022-07'],
      ['2026-01-03', '2022-08', '2023-12'],
    ]);
  });

  it('takes no time for a source that needs no pause', async () => {
    const { hours, parts } = await plan({ fromMonth: '1900-01', toMonth: '1999-12' }, { NYT_PAUSE_MILLISECONDS: '0' });

    expect([hours, parts.length]).toEqual([0, 1]);
  });

  it('takes the months that the settings say there are', async () => {
    const settings = { NYT_FROM_MONTH: '2024-11', NYT_TO_MONTH: '2025-01' };
    const { parts } = await plan({ dryRun: true }, settings);

    expect(parts.flatMap(({ months = {} }) => Object.keys(months))).toEqual(['2024-11', '2024-12', '2025-01']);
  });

  it.each<{ name: string; input: Json; settings?: Record<string, string>; message: RegExp }>([
    { name: 'no first month', input: {}, message: /give 'fromMonth', such as '2024-01', or set NYT_FROM_MONTH/ },
    { name: 'a month to come', input: { fromMonth: '2026-01', toMonth: '2026-02' }, message: /nor after 2026-01/ },
    {
      name: 'a setting that is no month',
      input: {},
      settings: { NYT_FROM_MONTH: 'May' },
      message: /setting NYT_FROM_MONTH is 'May'/,
    },
  ])('refuses $name', async ({ input, settings, message }) => {
    await expect(plan(input, settings)).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });
});
