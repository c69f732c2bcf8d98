import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModels } from '../../../functions/headline-trends/models/build-models.ts';
import { modelsOf, rulesNames, schemaOf } from '../../../functions/headline-trends/models/models.ts';
import { articleTable, openHeadlineWarehouse } from '../../../functions/headline-trends/warehouse.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import type { Warehouse } from '../../../lib/warehouse/warehouse.ts';
import { emptyWarehouse, noWaiting, warehouseKinds } from '../../warehouse/a-warehouse.ts';

type Delivered = readonly [
  headline: string | null,
  at: string,
  byline: string | null,
  desk: string | null,
  url: string,
];

/** The rows of the specification, §10.3; n1 came twice. */
const delivered: readonly Delivered[] = [
  ['Trump’s Trial: What to Know', '2024-05-01T12:00:00Z', 'By Jane Doe', 'Politics', 'n1'],
  ['Trump Trial Resumes in N.Y.', '2024-05-01T18:00:00Z', '', '', 'n2'],
  ['5 Takeaways From the Trial', '2024-05-02T01:10:00Z', 'By A B', 'Politics', 'n3'],
  ["Beyoncé's  Year-End — Tour", '2024-05-02T09:00:00Z', 'By C', 'Culture', 'n4'],
  [null, '2024-05-02T10:00:00Z', 'By D', 'Games', 'n5'],
  ['Trump’s Trial: What You Need to Know', '2024-05-01T20:00:00Z', 'By Jane By Doe', 'Politics', 'n1'],
  ['Its Own Trial', '2024-05-03T10:00:00Z', 'E', 'Arts', 'n6'],
  ['Ours Was Theirs', '2024-05-03T11:00:00Z', null, 'Arts', 'n7'],
];

const rows = delivered.map(([headline, publication_date, byline, news_desk, url]) => ({
  ...{ article_id: url, headline, publication_date, byline, news_desk, url },
}));

describe.each(warehouseKinds)('the models on $kind', ({ kind }) => {
  let place: Awaited<ReturnType<typeof emptyWarehouse>>;
  let warehouse: Warehouse;

  beforeAll(async () => {
    place = await emptyWarehouse(kind);
    warehouse = await openHeadlineWarehouse({ ...noWaiting, secrets: fixedSource({ WAREHOUSE_URL: place.url }) });
    await warehouse.tx((session) => session.bulkUpsert(articleTable, rows));
    for (const rules of rulesNames) await buildModels(warehouse, { rules, dayZone: 'UTC' });
  });

  afterAll(async () => {
    await warehouse[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });

  it.each([
    { rules: 'compat', totals: [12, 9, 7], words: 27, its: 2, trial: ['2/12', '1/9', '1/7'], ours: 0 },
    { rules: 'better', totals: [12, 7, 6], words: 25, its: 1, trial: ['2/12', '1/7', '1/6'], ours: 1 },
  ] as const)('count words by the $rules rules as in §10.3', async ({ rules, ...expected }) => {
    const dwh = schemaOf(rules);
    const column = async (sql: string) => (await warehouse.query(sql)).map((row) => Object.values(row)[0]);

    expect({
      totals: await column(`SELECT total_frequency FROM ${dwh}.fct_daily_counts ORDER BY publication_date`),
      words: (await column(`SELECT count(*) FROM ${dwh}.int_nyt_cleansed`))[0],
      its: (await column(`SELECT total_frequency FROM ${dwh}.fct_term_counts WHERE headline_term = 'its'`))[0],
      trial: await column(`
        SELECT successes || '/' || trials FROM ${dwh}.fct_logit_inputs
        WHERE headline_term = 'trial' ORDER BY publication_date`),
      ours: (await column(`SELECT stop_word FROM ${dwh}.fct_daily_term_counts WHERE headline_term = 'ours'`))[0],
    }).toEqual(expected);
    expect(await column(`SELECT count(*) FROM ${dwh}.int_nyt_unnested`)).toEqual([28]);
    expect(await column(`SELECT p_estimate FROM ${dwh}.fct_logit_inputs WHERE headline_term = 'trump'`)).toEqual([
      '0.16666666666666666667',
    ]);
  });

  it('list the daily terms of §10.3 by the original rules', async () => {
    const terms = await warehouse.query(`
      SELECT publication_date AS day, string_agg(headline_term || ' ' || frequency, ', ' ORDER BY headline_term)
        FILTER (WHERE stop_word = 0) AS terms,
        string_agg(headline_term || ' ' || frequency, ', ' ORDER BY headline_term) FILTER (WHERE stop_word = 1) AS stops
      FROM dwh_compat.fct_daily_term_counts GROUP BY publication_date ORDER BY publication_date`);

    expect(terms).toEqual([
      {
        day: '2024-05-01',
        terms: 'know 1, need 1, ny 1, resumes 1, trial 2, trump 2',
        stops: 'in 1, to 1, what 1, you 1',
      },
      { day: '2024-05-02', terms: ' 2, beyoncs 1, takeaways 1, tour 1, trial 1, yearend 1', stops: 'from 1, the 1' },
      { day: '2024-05-03', terms: 'ours 1, trial 1', stops: 'its 1, its 1, own 1, theirs 1, was 1' },
    ]);
  });

  it('keep the newest version of an article, and number them by time as the original does', async () => {
    const staged = await warehouse.query('SELECT url FROM dwh_compat.stg_nyt ORDER BY headline_id');

    expect(staged.map(({ url }) => url)).toEqual(['n2', 'n1', 'n3', 'n4', 'n6', 'n7']);
  });

  it.each([
    { rules: 'compat', authors: ['Unknown', 'Jane Doe', 'A B', 'C', 'E', 'Unknown'] },
    { rules: 'better', authors: ['Unknown', 'Jane By Doe', 'A B', 'C', 'E', 'Unknown'] },
  ] as const)('read authors by the $rules rules as in §10.1', async ({ rules, authors }) => {
    const staged = await warehouse.query(`
      SELECT author FROM ${schemaOf(rules)}.stg_nyt ORDER BY array_position(array['n2', 'n1', 'n3', 'n4', 'n6', 'n7'], url)`);

    expect(staged.map(({ author }) => author)).toEqual(authors);
  });

  it('count an evening in New York to its own day when days are those of New York', async () => {
    await buildModels(warehouse, { rules: 'better', dayZone: 'America/New_York' });

    const days = await warehouse.query("SELECT publication_date, utc_date FROM dwh.stg_nyt WHERE url = 'n3'");

    await buildModels(warehouse, { rules: 'better', dayZone: 'UTC' });
    expect(days).toEqual([{ publication_date: '2024-05-01', utc_date: '2024-05-02' }]);
  });

  it('stay as they were when a test of one of them does not hold', async () => {
    const models = modelsOf('better').map((model) =>
      model.name === 'stg_nyt' ? { ...model, tests: [{ unique: ['news_desk'] }] } : model,
    );

    const building = buildModels(warehouse, { rules: 'better', dayZone: 'America/New_York', models });

    await expect(building).rejects.toThrow(
      'the model stg_nyt breaks its promise that news_desk is unique; among others by',
    );
    expect(await warehouse.query('SELECT day_zone FROM dwh.build')).toEqual([{ day_zone: 'UTC' }]);
  });

  it.each([
    {
      name: 'a null',
      test: { notNull: "nullif(author, 'Unknown')" },
      promise: "nullif(author, 'Unknown') is not null",
    },
    {
      name: 'a reference to nothing',
      test: { relationship: 'headline_id', to: { model: 'stop_words', column: 'stop_word' } },
      promise: 'headline_id is a stop_word of stop_words',
    },
  ])('notice $name', async ({ test, promise }) => {
    const models = modelsOf('better').map((model) => (model.name === 'stg_nyt' ? { ...model, tests: [test] } : model));

    const building = buildModels(warehouse, { rules: 'better', dayZone: 'UTC', models });

    await expect(building).rejects.toThrow(`the model stg_nyt breaks its promise that ${promise}`);
  });
});
