import { join } from 'node:path';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import type { Column } from '../../../lib/contract.ts';
import { type LoadableRows, loadRows } from '../../../lib/table/load-rows.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { headlineTrendSeries } from '../headline-trend-series.contract.ts';
import { headlineTrends } from '../headline-trends.contract.ts';
import { openHeadlineWarehouse } from '../warehouse.ts';
import { fitGrowth, modelVersion } from './growth-fit.ts';
import { type GrowthWindow, growthRun, growthWindow } from './growth-run.ts';
import { keepRun, publicationName, runKeyOf } from './model-runs.ts';
import { defaultRanking, type RankedFit, rankTerms } from './rank-terms.ts';
import { checksumOf, readSeries, type TermSeries } from './term-series.ts';

/** Fits every eligible term of the window, keeps the run, and answers references to the results. */
export const fitTerms = defineTask({ input: growthWindow, output: growthRun }, async (window, context) => {
  await using warehouse = await openHeadlineWarehouse(context);
  const series = await readSeries(warehouse, window.rules, window);
  const fits = rankTerms(
    series.map((one) => ({ term: one.term, ...fitGrowth(one) })),
    { ...defaultRanking, maxRse: window.maxRse, isAdjusted: window.adjustForDispersion },
  );
  const identity = { window, inputChecksum: checksumOf(series) };
  const status = await keepRun(warehouse, { ...identity, createdBy: context.executionName }, fits);
  context.log.info('fitted the growth of terms', { terms: fits.length, statuses: countStatuses(fits), status });
  return {
    ...window,
    runKey: runKeyOf(identity),
    status,
    trendsKey: await store(context, 'trends', { columns: headlineTrends.columns, rows: trendRows(fits, window) }),
    seriesKey: await store(context, 'series', {
      columns: headlineTrendSeries.columns,
      rows: seriesRows(series, window),
    }),
    terms: fits.length,
  };
});

export const handler = lambdaHandler(fitTerms);

function countStatuses(fits: readonly RankedFit[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of fits) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function* trendRows(fits: readonly RankedFit[], { asAt, horizonMonths, rules }: GrowthWindow) {
  for (const fit of fits) {
    yield {
      ...{ publication: publicationName, as_at: asAt, horizon_months: horizonMonths, headline_term: fit.term },
      ...{ status: fit.status, direction: fit.direction, rank_growing: fit.rankGrowing },
      ...{ rank_shrinking: fit.rankShrinking, coef_intercept: fit.intercept, coef_time: fit.slope },
      ...{ rse_time: fit.rse, p_value_time: fit.pValue, q_value_time: fit.qValue },
      ...{ se_intercept: fit.seIntercept, se_time: fit.seSlope, n_days: fit.nDays },
      ...{ days_with_term: fit.daysWithTerm, successes: fit.successes, trials: fit.trials },
      ...{ deviance: fit.deviance, null_deviance: fit.nullDeviance, dispersion: fit.dispersion },
      ...{ adjusted_rse_time: fit.adjustedRse, iterations: fit.iterations, converged: fit.converged },
      ...{ rules, model_version: modelVersion },
    };
  }
}

const millisecondsPerDay = 86_400_000;

function* seriesRows(series: readonly TermSeries[], { start }: GrowthWindow) {
  for (const { term, day, trials, successes } of series) {
    for (const [index, each] of day.entries()) {
      const [count = 0, words = 0] = [successes[index], trials[index]];
      const date = new Date(Date.parse(start) + each * millisecondsPerDay).toISOString().slice(0, 10);
      yield {
        ...{ headline_term: term, publication_date: date, successes: count, trials: words },
        p_estimate: words === 0 ? 0 : count / words,
      };
    }
  }
}

async function store(
  context: TaskContext,
  name: string,
  table: { readonly columns: readonly Column[]; readonly rows: LoadableRows },
): Promise<string> {
  const file = join(context.workFolder, `${name}.parquet`);
  await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
  await loadRows(sql, { name, columns: table.columns }, table.rows);
  await writeParquet(sql, `FROM ${name}`, file);
  const key = resultKey(context, `${name}.parquet`);
  await context.artifacts.upload(key, file);
  return key;
}
