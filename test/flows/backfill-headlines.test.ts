import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { Warehouse } from '../../lib/warehouse/warehouse.ts';
import { sampleNytArticles } from '../../samples/nyt-articles.ts';
import { emptyWarehouse, noWaiting } from '../warehouse/a-warehouse.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const months = { fromMonth: '2024-04', toMonth: '2024-05' };
const articles = sampleNytArticles().filter(({ pub_date }) => pub_date >= '2024-04' && pub_date < '2024-06');

describe('the flow backfill-headlines', () => {
  const stack = new AsyncDisposableStack();
  let flows: FlowWorld;
  let warehouse: Warehouse;

  beforeAll(async () => {
    const place = stack.use(await emptyWarehouse());
    warehouse = stack.use(await openWarehouse(place.url, noWaiting));
    flows = stack.use(await openFlowWorld({}, undefined, { nyt: { articles }, secrets: { WAREHOUSE_URL: place.url } }));
  });
  afterAll(() => stack.disposeAsync());

  const loadedMonths = async () => (await warehouse.query('SELECT month FROM raw.archive_month')).length;

  it('says in a dry run what it would do, and asks nothing of the source', async () => {
    const plan = outputOf(await flows.run('backfill-headlines', { ...months, dryRun: true }));

    expect(plan).toMatchObject({ dryRun: true, calls: 32, parts: [{ ...months, calls: 32 }] });
    expect(await loadedMonths()).toBe(0);
    expect(flows.emitted).toEqual([]);
  });

  it('loads every month of the range, and answers what was published', async () => {
    const output = outputOf(await flows.run('backfill-headlines', months));

    expect(output).toMatchObject({ artifacts: [{ artifact: 'daily_term_counts', status: 'published' }] });
    expect(await loadedMonths()).toBe(2);
    expect(await warehouse.query('SELECT count(*) AS articles FROM raw.article')).toEqual([
      { articles: articles.length },
    ]);
  });
});
