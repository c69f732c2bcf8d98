import type * as z from 'zod';
import type { OutputJson } from './json-text.ts';
import { outputTasks } from './output-tasks.contract.ts';
import type { RunPlan } from './run-plan.ts';
import type { RunFacts } from './run-results.ts';
import type { unitDone } from './unit-done.ts';

/** What `results.json` tells, from the plan of a run and the answers of its units. */
export function factsOf(
  plan: RunPlan,
  units: readonly z.output<typeof unitDone>[],
  summary: readonly OutputJson[] | null,
): RunFacts {
  const { counts, request, skipped } = plan;
  const sizes = Object.assign({}, ...units.map((unit) => unit.sizes ?? {}));
  return {
    numRows: counts.rows,
    rowsPerFeature: counts.rowsPerFeature,
    missingTimestamps: counts.missingTimestamps,
    invalidTimestamps: counts.invalidTimestamps,
    missingValues: counts.missingValues,
    regions: plan.regions,
    features: plan.features,
    rawCountThreshold: request.raw_count_threshold,
    hasMonthly: true,
    hasAnnual: true,
    hasWeights: plan.hasWeights,
    monthSizes: sizes.month,
    yearSizes: sizes.year,
    summary,
    further: request.compat
      ? {}
      : {
          num_infinite_val: BigInt(counts.infiniteValues),
          num_dropped_bad_val: BigInt(counts.badValues),
          num_dropped_no_feature: BigInt(counts.withoutFeature),
          num_dropped_no_coordinates: BigInt(request.keep_rows_without_coordinates ? 0 : counts.withoutCoordinates),
          num_dropped_off_grid: BigInt(counts.offGrid),
          num_name_collisions: BigInt(counts.nameCollisions),
          max_precision: plan.maxPrecision === undefined ? undefined : BigInt(plan.maxPrecision),
          output_tasks: outputTasks.filter((task) => !skipped[task]),
          warnings: plan.warnings,
        },
  };
}
