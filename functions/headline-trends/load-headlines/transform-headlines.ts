import { join } from 'node:path';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { type LoadableRows, loadRows } from '../../../lib/table/load-rows.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { writeParquet } from '../../../lib/table/write-parquet.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import type { Warehouse } from '../../../lib/warehouse/warehouse.ts';
import { dailyTermCounts } from '../daily-term-counts.contract.ts';
import { buildModels } from '../models/build-models.ts';
import { type Rules, schemaOf } from '../models/models.ts';
import { openHeadlineWarehouse } from '../warehouse.ts';
import { builtCounts, loadedMonths } from './term-counts.ts';

/** Builds the models from what was loaded, tests them, and answers a reference to the daily counts. */
export const transformHeadlines = defineTask({ input: loadedMonths, output: builtCounts }, async (input, context) => {
  await using warehouse = await openHeadlineWarehouse(context);
  const { tests } = await buildModels(warehouse, input);
  const file = join(context.workFolder, 'counts.parquet');
  const rows = await writeCounts(countsOf(warehouse, input.rules), file, context);
  const key = resultKey(context, 'parquet');
  await context.artifacts.upload(key, file);
  context.log.info('built the models', { rules: input.rules, tests, rows });
  return { ...input, key, rows, tests };
});

export const handler = lambdaHandler(transformHeadlines);

async function writeCounts(rows: LoadableRows, file: string, { workFolder, signal }: TaskContext): Promise<number> {
  await using sql = await openSql({ workFolder, signal });
  await loadRows(sql, { name: 'counts', columns: dailyTermCounts.columns }, rows);
  return await writeParquet(sql, 'FROM counts', file);
}

/** Month by month, so that a long history needs no more memory than a short one. */
async function* countsOf(warehouse: Warehouse, rules: Rules) {
  const schema = schemaOf(rules);
  const months = await warehouse.query(
    `SELECT DISTINCT date_trunc('month', publication_date)::date AS month FROM ${schema}.fct_daily_counts ORDER BY month`,
  );
  for (const { month } of months) {
    yield* (await warehouse.query(
      `SELECT publication, publication_date, headline_term, stop_word = 1 AS stop_word, frequency, total_frequency
       FROM ${schema}.fct_daily_term_counts JOIN ${schema}.fct_daily_counts USING (publication, publication_date)
       WHERE publication_date >= $1::date AND publication_date < $1::date + interval '1 month'
       ORDER BY publication_date, headline_term COLLATE "C"`,
      [String(month)],
    )) as Readonly<Record<string, string | number | boolean>>[]; // columns of these kinds
  }
}
