import { availableParallelism } from 'node:os';
import * as z from 'zod';
import { versionOf } from '../../../lib/artifact/key.ts';
import { resultKey } from '../../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { openSql, type Sql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';
import { type AggregatedDataset, aggregateDataset, parquet } from '../aggregate-dataset.ts';
import { hasPoints } from '../cell-table.ts';
import { configureRun } from '../configure-run.ts';
import { numericFiles } from '../data-files.ts';
import { datasetWarnings } from '../dataset-warnings.ts';
import { requestOf } from '../earlier-request.ts';
import { fetchDataFile } from '../fetch-data-file.ts';
import { geoTimeseriesInput, type RunRequest } from '../flow-inputs.contract.ts';
import { taskMemoryMiB } from '../geo-timeseries-files.contract.ts';
import { isOnGrid } from '../grid/projection.ts';
import { outputWriter } from '../output-writer.ts';
import { limitQualifiers } from '../qualifier-limits.ts';
import { countQualifiers, qualifierLists } from '../qualifier-lists.ts';
import { countRawRows, rawRows } from '../raw-rows.ts';
import { type RawTable, rawTable } from '../raw-table.ts';
import { featuresIn, regionLists } from '../region-lists.ts';
import { filesPrefix, keysOf, type RunPlan } from '../run-plan.ts';
import { type ValidatedTable, validate } from '../validate.ts';
import { workUnit } from '../work-unit.ts';
import { periodSizes, workUnits } from '../work-units.ts';

const planned = z.object({ planKey: z.string(), units: z.array(workUnit), maxConcurrency: z.int() });

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
  const raw = await readDataset(context, sql, request);
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
    rules: {
      weightsOfPresentOnly: request.weights_of_present_only,
      keepWithoutCoordinates: request.keep_rows_without_coordinates,
    },
  });
  const plan = await planOf(context, sql, {
    request,
    table: { ...table, qualifiers },
    allQualifiers: table.qualifiers,
    dataset,
    rowsPerFeature,
  });
  await writeRowOutputs(context, sql, { raw, table, dataset, plan });
  const planKey = resultKey(context, 'plan.json');
  await context.artifacts.write(planKey, JSON.stringify(plan));
  const units = workUnits(
    plan,
    await periodSizes(sql, { month: parquet(dataset.cells.month), year: parquet(dataset.cells.year) }),
  );
  context.log.info('planned a run', { rows: table.counts.rows, units: units.length });
  return { planKey, units, maxConcurrency: await concurrency(context) };
});

export const handler = lambdaHandler(planRun);

async function readDataset(context: TaskContext, sql: Sql, { data_paths }: RunRequest): Promise<RawTable> {
  const paths: string[] = [];
  for (const [index, address] of numericFiles(data_paths).entries()) {
    paths.push(await fetchDataFile(context, address, index));
  }
  try {
    return await rawTable(sql, paths);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new InvalidDataError(`${data_paths.join(', ')} cannot be read as parquet: ${error.message.split('\n')[0]}`, {
      cause: error,
    });
  }
}

interface Findings {
  readonly request: RunRequest;
  readonly table: ValidatedTable;
  readonly allQualifiers: ValidatedTable['qualifiers'];
  readonly dataset: AggregatedDataset;
  readonly rowsPerFeature: Record<string, number>;
}

async function planOf(context: TaskContext, sql: Sql, found: Findings): Promise<RunPlan> {
  const { request, table, dataset, rowsPerFeature } = found;
  const sums = parquet(dataset.sums);
  const features = await featuresIn(sql, sums);
  const counts = await countQualifiers(sql, { from: sums, qualifiers: found.allQualifiers, features });
  const { qualifier_thresholds: limits } = request;
  const columns = table.qualifiers.map(({ name }) => name);
  const limited = limitQualifiers({ map: request.qualifier_map, columns }, counts, limits.max_count);
  const forSeries = limitQualifiers(limited, counts, limits.regional_timeseries_count);
  const { bucket, computeSummary, skipped } = configureRun(await configurationOf(context, request), hasPoints(table));
  const keys: Record<'month' | 'year' | 'all', string> = { month: '', year: '', all: '' };
  for (const resolution of ['month', 'year', 'all'] as const) {
    keys[resolution] = resultKey(context, `${resolution}.parquet`);
    await context.artifacts.upload(keys[resolution], dataset.cells[resolution]);
  }
  return {
    request,
    bucket,
    version: versionOf(context),
    computeSummary,
    skipped,
    features,
    regions: [...table.regions],
    qualifiers: table.qualifiers.filter(({ name }) => limited.columns.includes(name)),
    hasWeights: table.hasWeights,
    coordinates: [...table.coordinates],
    qualifierMap: mutable(limited.map),
    seriesQualifierMap: mutable(forSeries.map),
    cells: keys,
    counts: { ...countsOf(table), rowsPerFeature, ...(await droppedRows(sql, found)) },
    warnings: datasetWarnings(request, table),
    listsPrefix: resultKey(context, 'lists'),
  };
}

function countsOf({ counts: { furthestMs, ...counts } }: ValidatedTable) {
  return counts;
}

function mutable(map: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(map).map(([feature, names]) => [feature, [...names]]));
}

/** Rows that are in no cell, or in none on the grid. */
async function droppedRows(sql: Sql, { table, dataset, request }: Findings) {
  const [lat, lng] = table.coordinates;
  const lacks = [lat, lng].flatMap((name) => (name ? [`${name} IS NULL`] : [])).join(' OR ') || 'false';
  const isPlaced = hasPoints(table) ? isOnGrid(request) : 'true';
  const [row = {}] = await sql.rows(`SELECT
      coalesce(sum(row_count) FILTER (WHERE feature IS NULL), 0) AS without_feature,
      coalesce(sum(row_count) FILTER (WHERE ${lacks}), 0) AS without_coordinates,
      coalesce(sum(row_count) FILTER (WHERE NOT (${lacks}) AND NOT (${isPlaced})), 0) AS off_grid
    FROM ${parquet(dataset.sums)}`);
  return {
    withoutFeature: Number(row.without_feature),
    withoutCoordinates: Number(row.without_coordinates),
    offGrid: Number(row.off_grid),
  };
}

async function configurationOf({ settings }: TaskContext, request: RunRequest) {
  return {
    isIndicator: request.is_indicator,
    indicatorBucket:
      request.indicator_bucket ?? (await settings.find('WM_S3_DEFAULT_INDICATOR_BUCKET')) ?? 'test-indicators',
    modelBucket: request.model_bucket ?? (await settings.find('WM_S3_DEFAULT_MODEL_BUCKET')) ?? 'test-models',
    selectedOutputTasks: request.selected_output_tasks,
    compat: request.compat,
  };
}

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
  await writer.write(regionLists(sql, { from, shape: table, keys }), 'raw');
  await writer.write(
    qualifierLists(sql, { from, qualifiers, features: plan.features, thresholds, keys, counts }),
    'raw',
  );
  await writer.end(`${plan.listsPrefix}/raw.jsonl`);
}

/** Units at the same time: one more than there are processors, so that one writes while others calculate. */
async function concurrency({ settings }: TaskContext): Promise<number> {
  const text = await settings.find('GEO_TIMESERIES_CONCURRENCY');
  if (text === undefined) return availableParallelism() + 1;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000) return count;
  throw new InvalidDataError(`setting GEO_TIMESERIES_CONCURRENCY is '${text}'; write a whole number from 1 to 1,000`);
}
