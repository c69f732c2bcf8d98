import type { Sql } from '../../lib/table/sql.ts';
import { hasPoints } from './cell-table.ts';
import type { OutputTask } from './output-tasks.contract.ts';
import { regionLevels } from './region-levels.ts';
import type { RunPlan } from './run-plan.ts';
import { type PeriodSize, periodGroups, type UnitSizes, type WorkUnit } from './work-unit.ts';

const sizes: UnitSizes = { cellsPerUnit: 600_000, mostPeriodGroups: 60 };

/** Cells per unit of regional series; each needs all periods of its regions. */
const cellsPerSeriesPart = 1_500_000;
const mostSeriesParts = 12;

/** Below this many cells, all levels of regions are one unit. */
const smallDataset = 100_000;

/** How many cells each feature has in each period, in order. */
export async function periodSizes(sql: Sql, cells: Readonly<Record<'month' | 'year', string>>): Promise<PeriodSize[]> {
  const found: PeriodSize[] = [];
  for (const resolution of ['month', 'year'] as const) {
    const rows = await sql.rows(
      `SELECT feature, timestamp, count(*) AS cells FROM ${cells[resolution]} GROUP BY ALL ORDER BY feature, timestamp`,
    );
    for (const { feature, timestamp, cells: count } of rows) {
      found.push({ resolution, feature: String(feature), timestamp: Number(timestamp), cells: Number(count) });
    }
  }
  return found;
}

/**
 * Everything that is to be made, in pieces; the longest first, so that none of them is waited for at the end. Grids
 * take turns with tables: on a laptop, the first keep this process busy with files and the others DuckDB with text.
 */
export function workUnits(
  plan: Pick<RunPlan, 'skipped' | 'regions' | 'coordinates'>,
  periods: readonly PeriodSize[],
): WorkUnit[] {
  const wants = (task: OutputTask) => !plan.skipped[task];
  const groups = periodGroups(periods, sizes);
  const names = regionLevels(plan.regions)
    .map(({ name }) => name)
    .reverse();
  const perResolution = (['month', 'year'] as const).flatMap((resolution): WorkUnit[] => {
    const cells = periods.filter((one) => one.resolution === resolution).reduce((sum, one) => sum + one.cells, 0);
    const parts = Math.min(mostSeriesParts, Math.max(1, Math.ceil(cells / cellsPerSeriesPart)));
    const levelGroups = cells < smallDataset ? [names] : names.map((name) => [name]);
    return [
      ...(wants('compute_regional_timeseries') ? levelGroups : []).flatMap((levels) =>
        Array.from({ length: parts }, (_, part) => ({ kind: 'series' as const, resolution, levels, part, parts })),
      ),
      ...(wants('compute_regional_stats') ? levelGroups : []).map((levels) => ({
        kind: 'extrema' as const,
        resolution,
        levels,
      })),
      ...(wants('compute_global_timeseries') ? [{ kind: 'global-series' as const, resolution }] : []),
    ];
  });
  const grids =
    wants('compute_tiles') && hasPoints(plan) ? groups.map((group) => ({ kind: 'grid' as const, ...group })) : [];
  const tables =
    wants('compute_regional_aggregation') && names.length > 0
      ? groups.map((group) => ({ kind: 'tables' as const, ...group }))
      : [];
  return [...alternately<WorkUnit>(grids, tables), ...perResolution];
}

function alternately<T>(some: readonly T[], others: readonly T[]): T[] {
  const length = Math.max(some.length, others.length);
  return Array.from({ length }, (_, index) => [
    ...some.slice(index, index + 1),
    ...others.slice(index, index + 1),
  ]).flat();
}
