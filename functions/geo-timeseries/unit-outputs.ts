import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { CellTable } from './cell-table.ts';
import type { RegionColumn } from './dataset-columns.ts';
import { globalSeries, globalSeriesBy } from './global-series.ts';
import { gridOutputs } from './grid/grid-outputs.ts';
import { subtileSums } from './grid/subtiles.ts';
import type { OutputFile } from './output-file.ts';
import type { LevelOutputs } from './output-options.ts';
import type { OutputTask } from './output-tasks.contract.ts';
import { regionLevels } from './region-levels.ts';
import { regionalExtrema } from './regional-extrema.ts';
import { regionalSeries, regionalSeriesBy } from './regional-series.ts';
import { regionalTables, regionalTablesBy } from './regional-tables.ts';
import { keysOf, type RunPlan } from './run-plan.ts';
import { cellsWhere } from './temporal-aggregation.ts';
import type { WorkUnit } from './work-unit.ts';

/** Which group of outputs a kind of unit makes. */
export const outputTaskOf: Readonly<Record<WorkUnit['kind'], OutputTask>> = {
  'global-series': 'compute_global_timeseries',
  extrema: 'compute_regional_stats',
  series: 'compute_regional_timeseries',
  tables: 'compute_regional_aggregation',
  grid: 'compute_tiles',
};

/** Where a unit works: the plan of its run and the cells of its resolution. */
export interface UnitWorld {
  readonly sql: Sql;
  readonly plan: RunPlan;
  readonly cells: CellTable;
  /** Told how many periods the global series of a feature has. */
  readonly onSeriesSize?: (feature: string, periods: number) => void;
}

/** The files of one unit. */
export function unitOutputs(unit: WorkUnit, world: UnitWorld): AsyncGenerator<OutputFile> {
  if (unit.kind === 'global-series') return globalOutputs(unit, world);
  if (unit.kind === 'extrema') return extremaOutputs(unit, world);
  if (unit.kind === 'series') return seriesOutputs(unit, world);
  if (unit.kind === 'tables') return tableOutputs(unit, world);
  const { sql, plan } = world;
  const { compat, empty_groups_as_null: emptyAsNull } = plan.request;
  const rules = { compat, emptyAsNull, maxPrecision: plan.maxPrecision };
  const sums = subtileSums(ofPeriods(unit, world), rules);
  const { readableTiles } = plan;
  return gridOutputs(sql, sums, { resolution: unit.resolution, keys: keysOf(plan), readableTiles, ...rules });
}

async function* globalOutputs(
  { resolution }: Extract<WorkUnit, { kind: 'global-series' }>,
  { sql, plan, cells, onSeriesSize }: UnitWorld,
): AsyncGenerator<OutputFile> {
  const outputs = { resolution, keys: keysOf(plan) };
  for await (const { feature, periods, ...file } of globalSeries(sql, cells, outputs)) {
    onSeriesSize?.(feature, periods);
    yield file;
  }
  for (const qualifier of plan.qualifiers) {
    yield* globalSeriesBy(sql, cells, { ...outputs, qualifier, map: plan.qualifierMap });
  }
}

async function* extremaOutputs(
  { resolution, levels }: Extract<WorkUnit, { kind: 'extrema' }>,
  world: UnitWorld,
): AsyncGenerator<OutputFile> {
  for (const level of levels) {
    yield* regionalExtrema(world.sql, world.cells, levelOutputs({ resolution, level }, world));
  }
}

async function* seriesOutputs(
  { resolution, levels, part, parts }: Extract<WorkUnit, { kind: 'series' }>,
  world: UnitWorld,
): AsyncGenerator<OutputFile> {
  const { sql, plan } = world;
  for (const name of levels) {
    const outputs = levelOutputs({ resolution, level: name }, world);
    const { level } = outputs;
    const ofPart = `hash(${level.columns.join(', ')}) % ${parts} = ${part}`;
    const cells = parts === 1 ? world.cells : cellsWhere(world.cells, ofPart);
    yield* regionalSeries(sql, cells, outputs);
    if (level.position > plan.request.qualifier_thresholds.regional_timeseries_max_level) continue;
    for (const qualifier of plan.qualifiers) {
      yield* regionalSeriesBy(sql, cells, { ...outputs, qualifier, map: plan.seriesQualifierMap });
    }
  }
}

async function* tableOutputs(
  unit: Extract<WorkUnit, { kind: 'tables' }>,
  world: UnitWorld,
): AsyncGenerator<OutputFile> {
  const { sql, plan } = world;
  const cells = ofPeriods(unit, world);
  for (const { name: level } of regionLevels(plan.regions)) {
    const outputs = levelOutputs({ resolution: unit.resolution, level }, world);
    yield* regionalTables(sql, cells, outputs);
    for (const qualifier of plan.qualifiers) {
      yield* regionalTablesBy(sql, cells, { ...outputs, qualifier, map: plan.qualifierMap });
    }
  }
}

function ofPeriods(
  { feature, from, to }: { feature: string; from: number; to: number },
  { cells }: UnitWorld,
): CellTable {
  return cellsWhere(cells, `feature = ${quoteText(feature)} AND timestamp BETWEEN ${from} AND ${to}`);
}

function levelOutputs(
  { resolution, level: name }: { resolution: 'month' | 'year'; level: RegionColumn },
  { plan }: UnitWorld,
): LevelOutputs {
  const level = regionLevels(plan.regions).find((one) => one.name === name);
  if (!level) throw new Error(`a unit asks for the level '${name}', which its plan does not have`);
  return { resolution, keys: keysOf(plan), level };
}
