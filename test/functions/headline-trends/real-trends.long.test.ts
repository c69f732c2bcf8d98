import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitGrowth } from '../../../functions/headline-trends/fit-headline-growth/growth-fit.ts';
import {
  defaultRanking,
  type RankedFit,
  rankTerms,
} from '../../../functions/headline-trends/fit-headline-growth/rank-terms.ts';
import { readSeries } from '../../../functions/headline-trends/fit-headline-growth/term-series.ts';
import { windowBefore } from '../../../functions/headline-trends/fit-headline-growth/window.ts';
import { buildModels } from '../../../functions/headline-trends/models/build-models.ts';
import { type Rules, rulesNames, schemaOf } from '../../../functions/headline-trends/models/models.ts';
import { openHeadlineWarehouse } from '../../../functions/headline-trends/warehouse.ts';
import type { Json } from '../../../lib/json.ts';
import { fixedSource } from '../../../lib/secret/fixed-source.ts';
import type { Warehouse } from '../../../lib/warehouse/warehouse.ts';
import { openFlowWorld, outputOf } from '../../flows/flow-world.ts';
import { emptyWarehouse, noWaiting, warehouseKinds } from '../../warehouse/a-warehouse.ts';
import { csvRows, hasData, isClose } from './expected-trends.ts';
import { loadRealMonths } from './real-months.ts';

const window = windowBefore('2020-07-01', 6);

/** The first terms of a ranking, best first. */
function top(fits: readonly RankedFit[], rank: 'rankGrowing' | 'rankShrinking', count = 10): string[] {
  return fits
    .filter((fit) => fit[rank] !== null && Number(fit[rank]) <= count)
    .toSorted((a, b) => Number(a[rank]) - Number(b[rank]))
    .map(({ term }) => term);
}

describe.skipIf(!hasData).each(warehouseKinds)('six real months on $kind, §10.6', ({ kind }) => {
  let place: Awaited<ReturnType<typeof emptyWarehouse>>;
  let warehouse: Warehouse;
  let delivered: number;

  beforeAll(async () => {
    place = await emptyWarehouse(kind);
    warehouse = await openHeadlineWarehouse({ ...noWaiting, secrets: fixedSource({ WAREHOUSE_URL: place.url }) });
    delivered = await loadRealMonths(warehouse);
    for (const rules of rulesNames) await buildModels(warehouse, { rules, dayZone: 'UTC' });
  }, 60_000);

  afterAll(async () => {
    await warehouse[Symbol.asyncDispose]();
    await place[Symbol.asyncDispose]();
  });

  const fitAll = async (rules: Rules) =>
    (await readSeries(warehouse, rules, window)).map((series) => ({ term: series.term, ...fitGrowth(series) }));
  const one = async (sql: string) => Object.values((await warehouse.query(sql))[0] ?? {})[0];

  it('give the control totals', async () => {
    expect({
      delivered,
      articles: await one('SELECT count(*) FROM raw.article'),
      days: await one('SELECT count(*) FROM dwh.fct_daily_counts'),
      compatTokens: await one('SELECT sum(total_frequency) FROM dwh_compat.fct_daily_counts'),
      compatTerms: await one('SELECT count(*) FROM dwh_compat.fct_term_counts'),
      betterTokens: await one('SELECT sum(total_frequency) FROM dwh.fct_daily_counts'),
      betterTerms: await one('SELECT count(*) FROM dwh.fct_term_counts'),
      eligible: (await Promise.all(rulesNames.map((rules) => readSeries(warehouse, rules, window)))).map(
        (series) => series.length,
      ),
      compatRows: (await readSeries(warehouse, 'compat', window)).reduce((sum, { day }) => sum + day.length, 0),
    }).toEqual({
      ...{ delivered: 29_273, articles: 16_470, days: 183, compatTokens: 148_606, compatTerms: 16_633 },
      ...{ betterTokens: 148_060, betterTerms: 16_632, eligible: [306, 306], compatRows: 19_741 },
    });
  });

  it("give each day's total by the original rules", async () => {
    const days = await warehouse.query(
      `SELECT publication_date, total_frequency::text FROM ${schemaOf('compat')}.fct_daily_counts ORDER BY publication_date`,
    );

    expect(days).toEqual(csvRows('expected/daily_trials_2020_compat.csv'));
  });

  it.each([
    { rules: 'compat', file: 'expected/trends_2020-07-01_compat.csv' },
    { rules: 'better', file: 'expected/trends_2020-07-01_zero_filled.csv' },
  ] as const)('give every term its expected fit by the $rules rules', async ({ rules, file }) => {
    const fits = new Map((await fitAll(rules)).map((fit) => [fit.term, fit]));
    const expected = csvRows(file);

    const wrong = expected.filter((row) => {
      const fit = fits.get(row.headline_term ?? '');
      if (!fit || fit.nDays !== Number(row.days_in_fit) || fit.successes !== Number(row.successes)) return true;
      if (row.days_with_term !== undefined && fit.daysWithTerm !== Number(row.days_with_term)) return true;
      return !(
        isClose(fit.intercept, Number(row.coef_intercept), 1e-6) &&
        isClose(fit.slope, Number(row.coef_time), 1e-6) &&
        isClose(fit.seSlope, Number(row.se_time), 1e-6) &&
        isClose(fit.rse, Number(row.rse_time), 1e-6) &&
        isClose(fit.pValue, Number(row.p_value_time), 1e-4) &&
        (row.pearson_dispersion === undefined || isClose(fit.dispersion, Number(row.pearson_dispersion), 1e-6))
      );
    });

    expect(expected).toHaveLength(fits.size);
    expect(wrong).toEqual([]);
  });

  it('rank seven terms by the original rules', async () => {
    const fits = rankTerms(await fitAll('compat'), { ...defaultRanking, minDays: 2 });

    expect(top(fits, 'rankGrowing')).toEqual(['police', 'black']);
    expect(top(fits, 'rankShrinking')).toEqual(['iran', 'nyc', 'trial', 'weekend', 'coronavirus']);
  });

  it.each([
    { name: 'forty-five terms', isAdjusted: false, count: 45 },
    { name: 'thirty-eight terms when dispersion counts', isAdjusted: true, count: 38 },
  ])('rank $name by the better rules', async ({ isAdjusted, count }) => {
    const fits = rankTerms(await fitAll('better'), { ...defaultRanking, isAdjusted });

    expect(fits.filter(({ rankGrowing, rankShrinking }) => rankGrowing ?? rankShrinking)).toHaveLength(count);
    expect(top(fits, 'rankGrowing')).toEqual([
      ...['floyd', 'george', 'summer', 'protests', 'reopening', 'protesters', 'protest', 'lives', 'police', 'reopen'],
    ]);
    expect(top(fits, 'rankShrinking')).toEqual([
      ...['impeachment', 'iowa', 'kobe', 'bryant', 'weinstein', 'trial', 'bloomberg', 'iran', 'super', 'warren'],
    ]);
  });

  it.each<{ name: string; input: Json; ranked: number; steepest: string[] }>([
    { name: 'original', input: { compat: true, asAt: '2020-07-01' }, ranked: 7, steepest: ['police', 'iran'] },
    { name: 'better', input: { asAt: '2020-07-01' }, ranked: 45, steepest: ['floyd', 'impeachment'] },
  ])('are published by the flow, by the $name rules', async ({ input, ranked, steepest }) => {
    await warehouse.query(
      `INSERT INTO raw.archive_month (month, articles, rejected)
       SELECT '2020-0' || month, 1, 0 FROM generate_series(1, 6) AS month ON CONFLICT DO NOTHING`,
    );
    await using flows = await openFlowWorld({}, undefined, {
      nyt: { articles: [] },
      secrets: { WAREHOUSE_URL: place.url },
    });

    outputOf(await flows.run('fit-headline-growth', input));

    const query = `SELECT count(*) AS terms, count(coalesce(rank_growing, rank_shrinking)) AS ranked,
      max(headline_term) FILTER (rank_growing = 1) AS growing, max(headline_term) FILTER (rank_shrinking = 1) AS shrinking
      FROM latest`;
    const [growing, shrinking] = steepest;
    expect(await flows.query('headline_trends', query)).toEqual([{ terms: 306, ranked, growing, shrinking }]);
  });
});
