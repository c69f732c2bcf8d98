import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArticle } from '../../functions/headline-trends/article.ts';
import { buildModels } from '../../functions/headline-trends/models/build-models.ts';
import { articleTable, openHeadlineWarehouse } from '../../functions/headline-trends/warehouse.ts';
import { readManifest } from '../../lib/artifact/manifest.ts';
import type { Json } from '../../lib/json.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { Warehouse } from '../../lib/warehouse/warehouse.ts';
import { sampleNytArticles } from '../../samples/nyt-articles.ts';
import { growthOf, seasons } from '../../samples/nyt-topics.ts';
import { emptyWarehouse, noWaiting } from '../warehouse/a-warehouse.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const [firstSeason] = seasons;
const asAt = firstSeason?.asAt ?? '';
const articles = sampleNytArticles().filter(({ pub_date }) => pub_date < asAt);

/** What load-headlines does, without its way over the network. */
async function load(warehouse: Warehouse): Promise<void> {
  const rows = articles.flatMap((article) => {
    const read = readArticle(article);
    return 'row' in read ? [read.row] : [];
  });
  await warehouse.tx(async (session) => {
    await session.bulkUpsert(articleTable, rows);
    await session.query(
      `INSERT INTO raw.archive_month (month, articles, rejected)
       SELECT to_char(publication_date, 'YYYY-MM'), count(*), 0 FROM raw.article GROUP BY 1`,
    );
  });
  await buildModels(warehouse, { rules: 'better', dayZone: 'UTC' });
}

describe('the flow fit-headline-growth', () => {
  const stack = new AsyncDisposableStack();
  let flows: FlowWorld;
  let warehouse: Warehouse;
  let output: Json;

  beforeAll(async () => {
    const place = stack.use(await emptyWarehouse());
    warehouse = stack.use(await openWarehouse(place.url, noWaiting));
    const secrets = { WAREHOUSE_URL: place.url };
    stack.use(await openHeadlineWarehouse({ ...noWaiting, secrets: fixedSource(secrets) }));
    flows = stack.use(await openFlowWorld({}, undefined, { nyt: { articles: [] }, secrets }));
    await load(warehouse);
    output = outputOf(await flows.run('fit-headline-growth', { asAt }, 'first'));
  }, 60_000);

  afterAll(() => stack.disposeAsync());

  it('finds the growth that was built into the headlines, in its order', async () => {
    const growth = firstSeason ? growthOf(firstSeason) : [];

    const top = await flows.query(
      'headline_trends',
      'SELECT headline_term AS term, coef_time AS rate FROM latest WHERE rank_growing <= 10 ORDER BY rank_growing',
    );
    const bottom = await flows.query(
      'headline_trends',
      'SELECT headline_term AS term, coef_time AS rate FROM latest WHERE rank_shrinking <= 10 ORDER BY rank_shrinking',
    );

    const expected = (some: typeof growth) => some.map(({ term }) => term);
    expect(top.map(({ term }) => term)).toEqual(expected(growth.slice(0, top.length)));
    expect(bottom.map(({ term }) => term)).toEqual(expected(growth.toReversed().slice(0, bottom.length)));
    expect(top.length + bottom.length).toBeGreaterThan(15);
    for (const { term, rate } of [...top, ...bottom]) {
      const built = growth.find((topic) => topic.term === term)?.ratePerDay ?? 0;
      expect(Math.abs(Number(rate) - built)).toBeLessThan(0.0015);
    }
  });

  it('publishes the series day by day, zeros included, and draws them', async () => {
    const [days] = await flows.query(
      'headline_trend_series',
      `SELECT count(*) AS days, min(successes) AS fewest FROM latest WHERE headline_term = '${firstSeason && growthOf(firstSeason)[0]?.term}'`,
    );
    const { charts, artifacts } = output as {
      charts: { key: string; terms: string[] }[];
      artifacts: { version: string }[];
    };

    expect(days).toEqual({ days: 182, fewest: 0 });
    expect(charts.map(({ key }) => key)).toEqual(
      ['growing', 'shrinking'].map((name) => `artifacts/headline_trends/${artifacts[0]?.version}/${name}.svg`),
    );
    for (const { key, terms } of charts) {
      const svg = Buffer.from((await flows.artifacts.read(key)).bytes).toString();
      expect(svg).toMatch(/^<svg /);
      for (const term of terms) expect(svg).toContain(term);
    }
  });

  it('says in the manifest what it was fitted to', async () => {
    const { artifacts, runKey } = output as { runKey: string; artifacts: { artifact: string; version: string }[] };
    const [trends] = artifacts;

    const manifest = await readManifest(flows.artifacts, 'headline_trends', trends?.version ?? '');

    expect(manifest).toMatchObject({
      sourceWindow: { from: '2024-01-01', to: '2024-07-01' },
      notes: [
        'fitted by the better rules to days of UTC; ranked where the relative standard error is below 0.3',
        `model run ${runKey}`,
      ],
    });
  });

  it('does nothing the second time, and makes a new run of a changed input that supersedes the old one', async () => {
    const again = outputOf(await flows.run('fit-headline-growth', { asAt }));
    const afterTwo = await warehouse.query('SELECT count(*) AS runs FROM model.run');
    await warehouse.query(
      "UPDATE raw.article SET headline = 'Comet Comet Comet' WHERE publication_date < '2024-01-03'",
    );
    await buildModels(warehouse, { rules: 'better', dayZone: 'UTC' });

    const changed = outputOf(await flows.run('fit-headline-growth', { asAt }));

    expect(again).toMatchObject({ status: 'unchanged', artifacts: [{ status: 'unchanged' }, { status: 'unchanged' }] });
    expect(afterTwo).toEqual([{ runs: 1 }]);
    expect(changed).toMatchObject({ status: 'fitted', artifacts: [{ status: 'published' }, { status: 'published' }] });
    expect(
      await warehouse.query('SELECT model_run_id, superseded_by, created_by FROM model.run ORDER BY model_run_id'),
    ).toMatchObject([
      { model_run_id: 1, superseded_by: 2, created_by: 'first' },
      { model_run_id: 2, superseded_by: null },
    ]);
    const [outputs] = await warehouse.query('SELECT count(DISTINCT model_run_id) AS runs FROM model.output');
    expect(outputs).toEqual({ runs: 2 });
  });

  it.each<{ name: string; input: Json; cause: string }>([
    {
      name: 'a window with months that were never loaded',
      input: { asAt: '2024-09-01' },
      cause:
        "the window from 2024-03-01 to 2024-09-01 has months that were never loaded: 2024-07, 2024-08; run the flow 'backfill-headlines' from 2024-07 first",
    },
    {
      name: 'rules by which nothing was counted',
      input: { asAt, compat: true },
      cause: "no headlines were counted by the compat rules; run the flow 'load-headlines' with compat: true first",
    },
  ])('refuses $name', async ({ input, cause }) => {
    const execution = await flows.run('fit-headline-growth', input);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(cause);
  });
});
