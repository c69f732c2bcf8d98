import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../lib/json.ts';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { NytApisOptions } from '../../samples/nyt-apis.ts';
import { sampleNytArticles } from '../../samples/nyt-articles.ts';
import { flows as allFlows } from '../house/readme-tables.ts';
import { emptyWarehouse, noWaiting } from '../warehouse/a-warehouse.ts';
import { placesOf, type Written, writtenExecutions, writtenFiles, writtenRows } from './everything-written.ts';
import { type FlowWorldOptions, openFlowWorld } from './flow-world.ts';

const key = 'a-key-that-must-not-be-written';
const months = { fromMonth: '2024-04', toMonth: '2024-04' };
const articles = sampleNytArticles().filter(({ pub_date }) => pub_date.startsWith('2024-04'));
const nyt: NytApisOptions = { key, articles };

/** Every flow of the project, by a run of its own or as part of another's. */
const runs: readonly { readonly flow: string; readonly input?: Json; readonly ends?: 'FAILED' }[] = [
  { flow: 'build-verra', input: { dryRun: true } },
  { flow: 'backfill-headlines', input: { ...months, dryRun: true } },
  { flow: 'backfill-headlines', input: months },
  { flow: 'fit-headline-growth', input: { asAt: '2024-05-01', horizonMonths: 1 } },
  { flow: 'fit-headline-growth', input: { asAt: '2024-05-01', horizonMonths: 2 }, ends: 'FAILED' },
  { flow: 'main-ingestion', input: { publish: true } },
  { flow: 'expire-objects' },
  { flow: 'geo-timeseries', input: { data_paths: ['no-such-file.parquet'] }, ends: 'FAILED' },
  { flow: 'clean-up-old-artifacts' },
];

/** What goes wrong with requests that carry the key; their URLs are what errors and warnings tell. */
const troubles: readonly { readonly name: string; readonly options: FlowWorldOptions; readonly says: string }[] = [
  { name: 'a key that is refused', options: { nyt: { ...nyt, key: 'another' } }, says: 'answered 401' },
  { name: 'no end of 429', options: { nyt: { ...nyt, faultAt: () => 429 } }, says: 'answered 429' },
  { name: 'a server that breaks', options: { nyt: { ...nyt, faultAt: () => 500 } }, says: 'answered 500' },
  {
    name: 'no one who listens',
    options: { settings: { NYT_API_URL: 'http://127.0.0.1:1' } },
    says: 'could not be reached',
  },
  {
    name: 'an answer that is not complete',
    // another file than the one that is loaded already
    options: { nyt: { ...nyt, articles: articles.slice(1), hitsOf: () => 1 } },
    says: 'not complete',
  },
];

describe('secrets', () => {
  const stack = new AsyncDisposableStack();
  const missed: string[] = [];
  const written: Written[] = [];
  let warehouseUrl: string;

  beforeAll(async () => {
    const home = stack.adopt(await mkdtemp(join(tmpdir(), 'secrets-')), (path) => rm(path, { recursive: true }));
    warehouseUrl = stack.use(await emptyWarehouse()).url;
    const secrets = { NYT_API_KEY: key, WAREHOUSE_URL: warehouseUrl };
    {
      await using flows = await openFlowWorld({}, undefined, { nyt, secrets, home });
      for (const { flow, input, ends = 'SUCCEEDED' } of runs) {
        const { status, error, cause } = await flows.run(flow, input);
        if (status !== ends) missed.push(`${flow} ${status}: ${error}: ${cause}`);
      }
      written.push(...(await writtenExecutions(flows.executions)));
    }
    for (const [hour, { name, options, says }] of troubles.entries()) {
      const startsAt = `2026-12-01T${10 + hour}:00:00.000Z`;
      await using flows = await openFlowWorld({}, startsAt, { nyt, secrets, home, ...options });
      const { status, cause } = await flows.run('load-headlines', { fromMonth: '2024-04', toMonth: '2024-04' });
      if (status !== 'FAILED' || !cause?.includes(says)) missed.push(`${name} ended ${status}: ${cause}`);
      written.push(...(await writtenExecutions(flows.executions)));
    }
    const warehouse = stack.use(await openWarehouse(warehouseUrl, noWaiting));
    written.push(...(await writtenFiles(home)), ...(await writtenRows(warehouse)));
  }, 120_000);

  afterAll(() => stack.disposeAsync());

  it('are tried with every flow, in good and in bad times', () => {
    const ran = new Set(written.flatMap(({ place }) => /^execution ([^/]+)\//.exec(place)?.[1] ?? []));

    expect(missed).toEqual([]);
    expect([...ran].sort()).toEqual(
      allFlows()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it.each([
    { name: 'rows of an artifact', text: 'lighthouse', place: /^rows of store\/artifacts\/.*\.parquet$/ },
    { name: 'a compressed answer of the source', text: 'The Sample Times', place: /^store\/results\/.*\.gz$/ },
    { name: 'a manifest', text: 'counted by the better rules', place: /^store\/artifacts\/.*manifest\.json$/ },
    { name: 'an event of a history', text: 'TaskStateEntered', place: /^history of / },
    { name: 'a log line', text: 'trying again', place: /^logs of / },
    { name: 'the URL of a request', text: '/svc/archive/v1/2024/4.json?api-key=…', place: /^logs of load-headlines/ },
    { name: 'an emitted event', text: 'Artifact Published', place: /^events\.jsonl$/ },
    { name: 'a table of the warehouse', text: 'By Ada', place: /^table raw\.article$/ },
  ])('would be found in $name', ({ text, place }) => {
    expect(placesOf(text, written).filter((each) => place.test(each))).not.toEqual([]);
  });

  it('are nowhere in what was written', () => {
    const name = new URL(warehouseUrl).pathname.slice(1) || new URL(warehouseUrl).host;

    expect(placesOf(key, written)).toEqual([]);
    expect(placesOf(warehouseUrl, written)).toEqual([]);
    expect(placesOf(name, written)).toEqual([]);
  });
});
