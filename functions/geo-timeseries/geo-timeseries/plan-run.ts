import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { type AggregatedDataset, aggregateDataset, parquet } from '../aggregate-dataset.ts';
import { aggregationRules } from '../aggregation-rules.ts';
import { requestOf } from '../earlier-request.ts';
import { geoTimeseriesInput } from '../flow-inputs.contract.ts';
import { taskMemoryMiB } from '../geo-timeseries-files.contract.ts';
import { makePlan } from '../make-plan.ts';
import { outputWriter } from '../output-writer.ts';
import { countQualifiers, qualifierLists } from '../qualifier-lists.ts';
import { countRawRows, rawRows } from '../raw-rows.ts';
import type { RawTable } from '../raw-table.ts';
import { readDataset } from '../read-dataset.ts';
import { regionLists } from '../region-lists.ts';
import { filesPrefix, keysOf, type RunPlan } from '../run-plan.ts';
import { type ValidatedTable, validate } from '../validate.ts';

const planned = z.object({ planKey: z.string(), unitCount: z.int(), maxConcurrency: z.int() });

/**
 * Reads the dataset, once: validates it, stores its cells by month, year and over all time, writes what is told of the
 * rows themselves, and lists the units of work for everything else.
 */
export const planRun = defineTask({ input: geoTimeseriesInput, output: planned }, async (input, context) => {
  const request = await requestOf(context, input);
  await using sql = await openSql({
    workFolder: context.workFolder,
    memoryMiB: taskMemoryMiB.plan / 2,
    signal: context.signal,
  });
  const raw = await readDataset(context, sql, request.data_paths);
  const table = await validate(sql, raw, {
    weightColumn: request.weight_column,
    fillTimestamp: request.fill_timestamp,
    dropBadValues: request.on_bad_value === 'drop',
    inSeconds: request.timestamp_unit === 'seconds',
    compat: request.compat,
  });
  const rowsPerFeature = await countRawRows(sql, raw);
  // sums of doubles depend on their order, and several threads take turns as it comes
  await sql.run('SET threads = 1');
  const mapped = new Set(Object.values(request.qualifier_map).flat());
  const qualifiers = request.group_by_mapped_qualifiers_only
    ? table.qualifiers.filter(({ name }) => mapped.has(name))
    : table.qualifiers;
  const dataset = await aggregateDataset(sql, table, {
    shape: { ...table, qualifiers },
    rules: aggregationRules(request),
  });
  const plan = await makePlan(context, sql, {
    request,
    table: { ...table, qualifiers },
    allQualifiers: table.qualifiers,
    dataset,
    rowsPerFeature,
  });
  await writeRowOutputs(context, sql, { raw, table, dataset, plan });
  const planKey = resultKey(context, 'plan.json');
  await context.artifacts.write(planKey, JSON.stringify(plan));
  context.log.info('planned a run', { rows: table.counts.rows, units: plan.units.length });
  return { planKey, unitCount: plan.units.length, maxConcurrency: await concurrency(context) };
});

export const handler = lambdaHandler(planRun);

/** Raw rows, region lists and qualifier lists: what is always written, and needs the rows or their sums. */
async function writeRowOutputs(
  context: TaskContext,
  sql: Sql,
  { raw, table, dataset, plan }: { raw: RawTable; table: ValidatedTable; dataset: AggregatedDataset; plan: RunPlan },
): Promise<void> {
  const writer = outputWriter(context.artifacts, filesPrefix(plan.version));
  const [keys, from] = [keysOf(plan), parquet(dataset.sums)];
  const { raw_count_threshold: threshold, qualifier_thresholds: limits } = plan.request;
  const { qualifiers } = table;
  const counts = await countQualifiers(sql, { from, qualifiers, features: plan.features });
  const thresholds = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, BigInt(limit)]));
  await writer.write(rawRows(sql, raw, { counts: plan.counts.rowsPerFeature, threshold, keys }), 'raw');
  await writer.write(regionLists(sql, { from: dataset.regions, shape: table, keys }), 'raw');
  await writer.write(
    qualifierLists(sql, { from, qualifiers, features: plan.features, thresholds, keys, counts }),
    'raw',
  );
  await writer.end(`${plan.listsPrefix}/raw.jsonl`);
}

/** Units at the same time: more than there are processors, so that some write while others calculate. */
async function concurrency({ settings }: TaskContext): Promise<number> {
  const text = await settings.find('GEO_TIMESERIES_CONCURRENCY');
  if (text === undefined) return availableParallelism() + 2;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000) return count;
  throw new InvalidDataError(`setting GEO_TIMESERIES_CONCURRENCY is '${text}'; write a whole number from 1 to 1,000`);
}
