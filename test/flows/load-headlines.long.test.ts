import { afterEach, describe, expect, it } from 'vitest';
import { readManifest } from '../../lib/artifact/manifest.ts';
import { openWarehouse } from '../../lib/warehouse/open-warehouse.ts';
import type { Warehouse } from '../../lib/warehouse/warehouse.ts';
import type { NytApisOptions } from '../../samples/nyt-apis.ts';
import { type NytArticle, sampleNytArticles } from '../../samples/nyt-articles.ts';
import { emptyWarehouse, noWaiting } from '../warehouse/a-warehouse.ts';
import { type FlowWorld, openFlowWorld, outputOf, publicationOf } from './flow-world.ts';

const articles = sampleNytArticles();
/** A few articles of each day, its last one among them, are as good as all. */
const march = articles.filter(
  ({ pub_date, headline }, index) =>
    pub_date.startsWith('2024-03') &&
    (index % 6 === 0 || /T2[123]/.test(pub_date) || !Reflect.get(Object(headline), 'main')),
);

/** The flows with an empty warehouse beside them. */
async function openHeadlines(
  nyt: NytApisOptions = { articles: march },
): Promise<{ flows: FlowWorld; warehouse: Warehouse }> {
  const stack = new AsyncDisposableStack();
  const place = stack.use(await emptyWarehouse());
  const warehouse = stack.use(await openWarehouse(place.url, noWaiting));
  const flows = stack.use(await openFlowWorld({}, undefined, { nyt, secrets: { WAREHOUSE_URL: place.url } }));
  stacks.push(stack);
  return { flows, warehouse };
}

const stacks: AsyncDisposableStack[] = [];
afterEach(async () => {
  for (const stack of stacks.splice(0)) await stack.disposeAsync();
});

const tables = async (warehouse: Warehouse) => ({
  articles: await warehouse.query('SELECT * FROM raw.article ORDER BY article_id'),
  counts: await warehouse.query('SELECT * FROM dwh.fct_daily_term_counts ORDER BY publication_date, headline_term'),
});

const input = { fromMonth: '2024-03', toMonth: '2024-03' };

describe('the flow load-headlines', () => {
  it('loads every article of a month by its id, also those that are in no file, and publishes the counts', async () => {
    const { flows, warehouse } = await openHeadlines();

    const output = publicationOf(await flows.run('load-headlines', input, 'march'));

    const [loaded] = await warehouse.query(
      'SELECT count(*) AS articles, max(publication_date) AS newest FROM raw.article',
    );
    expect(loaded).toEqual({
      // one has no headline
      articles: march.length - 1,
      newest: new Date(march.at(-1)?.pub_date.replace('+0000', 'Z') ?? '').toISOString(),
    });
    expect(output).toMatchObject({ artifact: 'daily_term_counts', status: 'published' });
    const [published] = await flows.query(
      'daily_term_counts',
      'SELECT count(*) AS rows, count(DISTINCT publication_date) AS days FROM latest',
    );
    expect(published).toEqual({ rows: output.rows, days: 31 });
    const manifest = await readManifest(flows.artifacts, 'daily_term_counts', output.version);
    expect(manifest).toMatchObject({
      sourceWindow: { fromMonth: '2024-03', toMonth: '2024-03' },
      notes: [
        'counted by the better rules, with days of UTC and tokeniser v1',
        `1 articles are malformed and left out; rejected/daily_term_counts/${output.version}/articles.jsonl holds them with the reasons`,
      ],
    });
  });

  it('changes nothing when a month is loaded again', async () => {
    const { flows, warehouse } = await openHeadlines();
    const first = publicationOf(await flows.run('load-headlines', input));
    const before = await tables(warehouse);

    const second = publicationOf(await flows.run('load-headlines', input));
    // as if the source had a new file with the old articles
    await warehouse.query('UPDATE raw.archive_month SET etag = NULL');
    const third = publicationOf(await flows.run('load-headlines', input));

    expect(await tables(warehouse)).toEqual(before);
    expect([second, third]).toEqual([first, first].map((publication) => ({ ...publication, status: 'unchanged' })));
  });

  it('takes two months in their order, and articles that are in both files once', async () => {
    const expected = articles.filter(({ pub_date }, index) => /^2024-0[12]/.test(pub_date) && index % 6 === 0);
    const { flows, warehouse } = await openHeadlines({ articles: expected });

    outputOf(await flows.run('load-headlines', { fromMonth: '2024-01', toMonth: '2024-02' }));

    const [loaded] = await warehouse.query(
      "SELECT count(*) AS articles FROM raw.article WHERE publication_date < '2024-03-01'",
    );
    expect(loaded?.articles).toBeGreaterThan(expected.length - 20);
    expect(await warehouse.query('SELECT month FROM raw.archive_month ORDER BY month')).toEqual([
      { month: '2024-01' },
      { month: '2024-02' },
    ]);
  });

  it('rejects of the surprises of §11.5 only the article without a headline', async () => {
    const day = '2024-03-10';
    const at = (hour: string, fields: Readonly<Record<string, unknown>>, zone = '+0000'): NytArticle => ({
      ...{ _id: `nyt://article/${hour}`, headline: { main: `Story ${hour}` }, byline: { original: 'By Ada' } },
      ...{ pub_date: `${day}T${hour}:00:00${zone}`, ...fields },
    });
    const few = [
      at('01', { headline: {} }),
      at('02', { byline: [] }),
      at('03', { byline: { original: null } }),
      at('04', {}, 'Z'),
    ];
    const { flows, warehouse } = await openHeadlines({ articles: few });

    const output = publicationOf(await flows.run('load-headlines', input));

    expect(await warehouse.query('SELECT article_id FROM raw.article ORDER BY article_id')).toEqual(
      ['02', '03', '04'].map((hour) => ({ article_id: `nyt://article/${hour}` })),
    );
    const kept = `rejected/daily_term_counts/${output.version}/articles.jsonl`;
    expect(JSON.parse(Buffer.from((await flows.artifacts.read(kept)).bytes).toString())).toMatchObject({
      reason: 'headline.main: Invalid input: expected string, received undefined',
    });
  });

  it.each([
    {
      name: 'another number of articles than it says',
      nyt: { hitsOf: () => 1_000_000 },
      cause: 'the archive of 2024-03 says it has 1000000 articles and holds',
    },
    {
      name: 'too many that are malformed',
      nyt: { articles: march.map((article, index) => (index % 50 === 0 ? { ...article, headline: null } : article)) },
      cause: 'at most 1 % are tolerated',
    },
  ])('loads nothing from a file with $name', async ({ nyt, cause }) => {
    const { flows, warehouse } = await openHeadlines(nyt);

    const execution = await flows.run('load-headlines', input);

    expect(execution).toMatchObject({ status: 'FAILED', error: 'InvalidDataError' });
    expect(execution.cause).toContain(cause);
    expect(await warehouse.query('SELECT count(*) AS articles FROM raw.article')).toEqual([{ articles: 0 }]);
    expect(flows.emitted).toEqual([]);
  });

  it('is refused by a wrong key at once', async () => {
    const { flows } = await openHeadlines();

    const execution = await flows.run('load-headlines', { fromMonth: '2023-01', toMonth: '2023-01' });

    expect(execution).toMatchObject({ status: 'FAILED', error: 'SourceRejectedError' });
  });

  it('counts by the original rules and by days of New York when asked to', async () => {
    const { flows, warehouse } = await openHeadlines({ articles: march.slice(0, 60) });

    outputOf(await flows.run('load-headlines', { ...input, compat: true, dayZone: 'America/New_York' }));

    expect(await warehouse.query('SELECT * FROM dwh_compat.build')).toEqual([
      { rules: 'compat', day_zone: 'America/New_York', tokeniser: 'v1' },
    ]);
    const [first] = await flows.query('daily_term_counts', 'SELECT min(publication_date) AS day FROM latest');
    expect(first).toEqual({ day: '2024-02-29' });
  });
});
