import * as z from 'zod';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { aggregationRules } from './aggregation-rules.ts';
import type { CellTable } from './cell-table.ts';
import { regionColumns } from './dataset-columns.ts';
import { runRequest } from './flow-inputs.contract.ts';
import { type OutputKeys, outputKeys } from './output-keys.ts';
import { workUnit } from './work-unit.ts';

const countByFeature = z.record(z.string(), z.int());

/** Everything the units of a run share; lies in the store, because it may hold thousands of names. */
export const runPlan = z.object({
  request: runRequest,
  bucket: z.string(),
  version: z.string(),
  computeSummary: z.boolean(),
  skipped: z.record(z.string(), z.boolean()),
  features: z.array(z.string()),
  regions: z.array(z.enum(regionColumns)),
  qualifiers: z.array(z.object({ name: z.string(), column: z.string() })),
  hasWeights: z.boolean(),
  coordinates: z.array(z.enum(['lat', 'lng'])),
  /** Zoom of the finest bins of tiles; none without tiles. */
  maxPrecision: z.int().optional(),
  /** Tiles are texts for people, which readers do not take. */
  readableTiles: z.boolean(),
  /** Breakdowns within the limits: for everything, and for regional series. */
  qualifierMap: z.record(z.string(), z.array(z.string())),
  seriesQualifierMap: z.record(z.string(), z.array(z.string())),
  /** Keys of the cells' Parquet files. */
  cells: z.object({ month: z.string(), year: z.string(), all: z.string() }),
  counts: z.object({
    rows: z.int(),
    rowsPerFeature: countByFeature,
    missingTimestamps: z.int(),
    invalidTimestamps: z.int(),
    missingValues: z.int(),
    badValues: z.int(),
    infiniteValues: z.int(),
    withoutFeature: z.int(),
    withoutCoordinates: z.int(),
    offGrid: z.int(),
    nameCollisions: z.int(),
  }),
  warnings: z.array(z.string()),
  units: z.array(workUnit),
  /** Where units list what they have written. */
  listsPrefix: z.string(),
});

export type RunPlan = z.output<typeof runPlan>;

export async function readPlan(store: ArtifactStore, key: string): Promise<RunPlan> {
  return runPlan.parse(JSON.parse(Buffer.from((await store.read(key)).bytes).toString()));
}

/** Where a run's files lie: below it are exactly the keys of the contract. */
export function filesPrefix(version: string): string {
  return `artifacts/geo_timeseries_files/${version}/files`;
}

export function keysOf({ request }: Pick<RunPlan, 'request'>): OutputKeys {
  return outputKeys({ modelId: request.model_id, runId: request.run_id, compat: request.compat });
}

/** The cells of a plan as a table over a Parquet file, or any other place. */
export function cellsIn(plan: RunPlan, from: string): CellTable {
  const { regions, qualifiers, hasWeights, coordinates } = plan;
  return { regions, qualifiers, hasWeights, coordinates, from, rules: aggregationRules(plan.request) };
}
