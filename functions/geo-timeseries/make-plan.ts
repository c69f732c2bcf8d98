import { versionOf } from '../../lib/artifact/key.ts';
import { resultKey } from '../../lib/artifact/result-key.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { type AggregatedDataset, parquet } from './aggregate-dataset.ts';
import { hasPoints } from './cell-table.ts';
import { configureRun } from './configure-run.ts';
import { collisionWarnings, datasetWarnings } from './dataset-warnings.ts';
import type { RunRequest } from './flow-inputs.contract.ts';
import { maxPrecision } from './grid/max-precision.ts';
import { isOnGrid } from './grid/projection.ts';
import { amongFiles, type NameCollision, type NamesOfRun, nameCollisions } from './name-collisions.ts';
import { limitQualifiers } from './qualifier-limits.ts';
import { countQualifiers } from './qualifier-lists.ts';
import { featuresIn } from './region-lists.ts';
import type { RunPlan } from './run-plan.ts';
import type { ValidatedTable } from './validate.ts';
import { periodSizes, workUnits } from './work-units.ts';

/** What is known of a dataset once it has been read. */
export interface Findings {
  readonly request: RunRequest;
  readonly table: ValidatedTable;
  readonly allQualifiers: ValidatedTable['qualifiers'];
  readonly dataset: AggregatedDataset;
  readonly rowsPerFeature: Record<string, number>;
}

/** The plan of a run; puts the cells where its units find them. */
export async function makePlan(context: TaskContext, sql: Sql, found: Findings): Promise<RunPlan> {
  const { request, table, dataset, rowsPerFeature } = found;
  const sums = parquet(dataset.sums);
  const features = await featuresIn(sql, sums);
  const counts = await countQualifiers(sql, { from: sums, qualifiers: found.allQualifiers, features });
  const { qualifier_thresholds: limits } = request;
  const columns = table.qualifiers.map(({ name }) => name);
  const limited = limitQualifiers({ map: request.qualifier_map, columns }, counts, limits.max_count);
  const forSeries = limitQualifiers(limited, counts, limits.regional_timeseries_count);
  const { bucket, computeSummary, skipped } = configureRun(await configurationOf(context, request), hasPoints(table));
  const wantsRegionalSeries = !skipped.compute_regional_timeseries;
  const collisions = await collisionsIn(sql, found, { features, seriesMap: forSeries.map, wantsRegionalSeries });
  const readableTiles = !skipped.compute_tiles && (await wantsReadableTiles(context));
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
    ...(skipped.compute_tiles ? {} : { maxPrecision: await maxPrecision(sql, sums, request) }),
    readableTiles,
    qualifierMap: mutable(limited.map),
    seriesQualifierMap: mutable(forSeries.map),
    cells: keys,
    counts: {
      ...{ ...countsOf(table), rowsPerFeature, nameCollisions: collisions.length },
      ...(await droppedRows(sql, found)),
    },
    warnings: [...datasetWarnings(request, table, collisions), ...(readableTiles ? [readableTilesWarning] : [])],
    units: workUnits(
      { ...table, regions: [...table.regions], coordinates: [...table.coordinates], skipped },
      await periodSizes(sql, parquetCells(dataset)),
    ),
    listsPrefix: resultKey(context, 'lists'),
  };
}

/** @throws {InvalidDataError} two files would have one key, and the list of a run's files proves each by its key */
async function collisionsIn(
  sql: Sql,
  { request: { compat }, table, dataset, allQualifiers: qualifiers }: Findings,
  run: Pick<NamesOfRun, 'features' | 'seriesMap'> & { wantsRegionalSeries: boolean },
): Promise<NameCollision[]> {
  const { features, seriesMap } = run;
  const from = { sums: parquet(dataset.sums), regions: dataset.regions };
  const found = await nameCollisions(sql, { ...from, shape: table, features, qualifiers, seriesMap, compat });
  const [problem] = collisionWarnings(amongFiles(found, run));
  if (problem === undefined) return found;
  const advice = compat ? '; without compat, which leaves names as they are, each has a key of its own' : '';
  throw new InvalidDataError(`the dataset cannot be used: ${problem}${advice}`);
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

const readableTilesWarning = 'tiles are texts for people, which readers do not take; unset WM_DEBUG_TILE for tiles';

async function wantsReadableTiles({ settings }: TaskContext): Promise<boolean> {
  const text = (await settings.find('WM_DEBUG_TILE')) ?? 'false';
  if (['true', '1', 't'].includes(text)) return true;
  if (['false', '0', 'f', ''].includes(text)) return false;
  throw new InvalidDataError(`setting WM_DEBUG_TILE is '${text}'; write true or false`);
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

function parquetCells({ cells }: AggregatedDataset) {
  return { month: parquet(cells.month), year: parquet(cells.year) };
}
