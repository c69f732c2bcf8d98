import { join } from 'node:path';
import * as z from 'zod';
import { versionKey } from '../../../lib/artifact/key.ts';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { quoteText } from '../../../lib/table/quote.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { headlineTrends } from '../headline-trends.contract.ts';
import { type ChartedTerm, growthChart } from './growth-chart.ts';
import { growthRun } from './growth-run.ts';

const published = z.object({ run: growthRun, trends: publicationSchema, series: publicationSchema });

const drawn = z.object({
  status: z.enum(['fitted', 'unchanged']),
  runKey: z.string(),
  artifacts: z.array(publicationSchema),
  charts: z.array(z.object({ key: z.string(), url: z.string(), terms: z.array(z.string()) })),
});

const termsPerChart = 10;
const charts = [
  { direction: 'growing', title: 'Growing terms' },
  { direction: 'shrinking', title: 'Shrinking terms' },
] as const;

/** Draws the ten steepest terms of each direction, beside the version of the trends that they belong to. */
export const drawCharts = defineTask({ input: published, output: drawn }, async ({ run, trends, series }, context) => {
  const { artifacts, workFolder, signal } = context;
  const files = { trends: join(workFolder, 'trends.parquet'), series: join(workFolder, 'series.parquet') };
  await artifacts.download(run.trendsKey, files.trends);
  await artifacts.download(run.seriesKey, files.series);
  await using sql = await openSql({ workFolder, signal });
  const days = await daysOf(sql, files.series);
  const written = [];
  for (const { direction, title } of charts) {
    const terms = await chartedTerms(sql, files, `rank_${direction}`);
    const svg = growthChart(`${title}, ${run.start} to ${run.end}`, { start: run.start, days }, terms);
    written.push({
      ...(await storeChart(context, trends.version, direction, svg)),
      terms: terms.map(({ term }) => term),
    });
  }
  return { status: run.status, runKey: run.runKey, artifacts: [trends, series], charts: written };
});

export const handler = lambdaHandler(drawCharts);

async function storeChart(
  { artifacts }: TaskContext,
  version: string,
  direction: (typeof charts)[number]['direction'],
  svg: string,
): Promise<{ key: string; url: string }> {
  const key = versionKey(headlineTrends.name, version, `${direction}.svg`);
  await artifacts.write(key, svg);
  return { key, url: `${artifacts.url}/${key}` };
}

async function daysOf(sql: Sql, seriesFile: string): Promise<string[]> {
  const rows = await sql.rows(
    `SELECT DISTINCT publication_date AS day FROM read_parquet(${quoteText(seriesFile)}) ORDER BY day`,
  );
  return rows.map(({ day }) => String(day));
}

async function chartedTerms(
  sql: Sql,
  files: { readonly trends: string; readonly series: string },
  rank: string,
): Promise<ChartedTerm[]> {
  const rows = await sql.rows(`
    WITH days AS (SELECT DISTINCT publication_date FROM read_parquet(${quoteText(files.series)})),
    ranked AS (
      SELECT headline_term, ${rank} AS place, coef_intercept, coef_time FROM read_parquet(${quoteText(files.trends)}) WHERE ${rank} <= ${termsPerChart})
    SELECT headline_term AS term, any_value(coef_intercept) AS intercept, any_value(coef_time) AS slope,
      list(p_estimate ORDER BY publication_date) AS shares
    FROM ranked CROSS JOIN days LEFT JOIN read_parquet(${quoteText(files.series)}) USING (headline_term, publication_date)
    GROUP BY headline_term, place ORDER BY place`);
  return rows.map(({ term, intercept, slope, shares }) => ({
    ...{ term: String(term), intercept: Number(intercept), slope: Number(slope) },
    // a list of shares, and null for days on which the term has no row
    shares: shares as (number | null)[],
  }));
}
