import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readArticle } from '../../functions/headline-trends/article.ts';
import { fitGrowth } from '../../functions/headline-trends/fit-headline-growth/growth-fit.ts';
import { rankTerms } from '../../functions/headline-trends/fit-headline-growth/rank-terms.ts';
import { readSeries } from '../../functions/headline-trends/fit-headline-growth/term-series.ts';
import { buildModels } from '../../functions/headline-trends/models/build-models.ts';
import { articleTable, openHeadlineWarehouse } from '../../functions/headline-trends/warehouse.ts';
import { systemClock } from '../../lib/clock.ts';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { closeUnusedWarehouses } from '../../lib/warehouse/open-warehouse.ts';
import type { Bench, Figure } from './bench.ts';
import { generatedArticles, generatedSeries } from './generated-headlines.ts';

const seriesCount = 10_000;
const days = 183;
const articleCount = 27_000;

export const headlineTrendsBenches: Bench[] = [
  { name: `headline-trends, fits of ${seriesCount.toLocaleString('en')} series`, run: measureFits },
  { name: `headline-trends, six months of real size`, run: measureSixMonths },
];

/** On one core: nothing in a fit waits or runs beside it. */
async function measureFits(): Promise<Figure[]> {
  const series = generatedSeries(seriesCount, days);
  const runs = Array.from({ length: 3 }, () => {
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    for (const one of series) fitGrowth(one);
    return { wall: (performance.now() - startedAt) / 1000, cpu: process.cpuUsage(before).user / 1e6 };
  });
  // the median: this machine is seldom alone with us
  const wall = runs.map((run) => run.wall).sort((a, b) => a - b)[1] ?? Number.NaN;
  const cpu = runs.map((run) => run.cpu).sort((a, b) => a - b)[1] ?? Number.NaN;
  const what = `headline-trends fit, ${seriesCount.toLocaleString('en')} series of ${days} days`;
  return [
    { name: `${what}: time, median of 3`, value: wall, unit: 's' },
    { name: `${what}: processor time, median of 3`, value: cpu, unit: 's' },
    { name: `${what}: throughput of one core`, value: seriesCount / cpu, unit: 'fits/s' },
  ];
}

/** The embedded warehouse in a folder, as a laptop has it. */
async function measureSixMonths(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'headlines-bench-'));
  const url = process.env.WAREHOUSE_URL ?? pathToFileURL(folder).href;
  const caller = { clock: systemClock, signal: new AbortController().signal };
  const what = 'headline-trends, 27,000 headlines';
  const figures: Figure[] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    figures.push({ name: `${what}: ${name}`, value: (performance.now() - startedAt) / 1000, unit: 's' });
    return result;
  };
  try {
    await using warehouse = await openHeadlineWarehouse({ ...caller, secrets: fixedSource({ WAREHOUSE_URL: url }) });
    const docs = generatedArticles(articleCount, days);
    await timed(`parse and load (${warehouse.kind})`, async () => {
      const rows = docs.flatMap((doc) => {
        const read = readArticle(doc);
        return 'row' in read ? [read.row] : [];
      });
      await warehouse.tx((session) => session.bulkUpsert(articleTable, rows));
    });
    await timed('transform and test the models', () => buildModels(warehouse, { rules: 'better', dayZone: 'UTC' }));
    const [words] = await warehouse.query('SELECT sum(total_frequency) AS words FROM dwh.fct_daily_counts');
    figures.push({ name: `${what}: words counted`, value: Number(words?.words), unit: 'words' });
    const window = { start: '2024-01-01', end: '2024-07-01' };
    const fits = await timed('read, fit and rank', async () =>
      rankTerms((await readSeries(warehouse, 'better', window)).map((one) => ({ term: one.term, ...fitGrowth(one) }))),
    );
    figures.push({ name: `${what}: terms fitted`, value: fits.length, unit: 'terms' });
    return figures;
  } finally {
    await closeUnusedWarehouses();
    await rm(folder, { recursive: true });
  }
}
