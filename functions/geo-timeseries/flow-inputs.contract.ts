import * as z from 'zod';
import { coarsestSubtileZoom, finestSubtileZoom } from './grid/projection.ts';
import { outputTasks } from './output-tasks.contract.ts';

const flag = z.boolean('write true or false, without quotes');
const name = z.string().min(1).max(200);

/** Limits of breakdowns; what is left out keeps its default. */
export const qualifierThresholds = z.strictObject({
  max_count: z.int().min(0).default(10_000),
  regional_timeseries_count: z.int().min(0).default(100),
  regional_timeseries_max_level: z.int().min(-1).max(3).default(1),
});

const precisionHint = `write a whole number from ${coarsestSubtileZoom} to ${finestSubtileZoom}, or 'auto'`;

/** Zoom of the finest bins of tiles. */
const precision = z.union(
  [z.int().min(coarsestSubtileZoom, precisionHint).max(finestSubtileZoom, precisionHint), z.literal('auto')],
  precisionHint,
);

const taskList = z.array(z.enum(outputTasks)).nullable();

/**
 * The parameters of a run.
 *
 * @see the specification of the geo time-series pipeline, section 2.1
 */
const parameters = {
  model_id: name.default('geo-test-data'),
  run_id: name.default('test-run'),
  /** `s3://`, `https://`, `file://` or a plain path. */
  data_paths: z.array(z.string().min(1)),
  is_indicator: flag.default(false),
  raw_count_threshold: z.number().min(0).default(10_000).transform(Math.trunc),
  qualifier_map: z.record(z.string(), z.array(z.string())).default({}),
  indicator_bucket: name.optional(),
  model_bucket: name.optional(),
  fill_timestamp: z.number().default(0),
  weight_column: z.string().default(''),
  selected_output_tasks: taskList.default(null),
  qualifier_thresholds: qualifierThresholds.prefault({}),
};

/** What the original had no parameter for. */
const options = {
  /** The original's numbers and keys where ours differ; see the flow's page. */
  compat: flag.default(false),
  on_bad_value: z.enum(['reject', 'drop']).default('reject'),
  timestamp_unit: z.enum(['milliseconds', 'seconds']).default('milliseconds'),
  keep_rows_without_coordinates: flag.default(false),
  empty_groups_as_null: flag.default(false),
  max_precision: precision.default(finestSubtileZoom),
  weights_of_present_only: flag.default(false),
  group_by_mapped_qualifiers_only: flag.default(false),
};

/** Keys that callers send along for their own reports. */
const alongside = {
  doc_ids: z.json().optional(),
  compute_tiles: z.json().optional(),
  temporal_resolution: z.json().optional(),
};

export const runRequest = z.strictObject({ ...parameters, ...options, ...alongside });

export type RunRequest = z.output<typeof runRequest>;

/** Takes the request of an earlier execution again, for some groups of outputs or for all. */
const reprocessing = z.strictObject({
  reprocess: z.strictObject({ execution: name, selected_output_tasks: taskList.default(null) }),
});

const fieldNames = Object.keys({ ...runRequest.shape, ...reprocessing.shape });

const anyFields = z.looseObject(Object.fromEntries(fieldNames.map((field) => [field, z.json().optional()])));

/** What an execution of `geo-timeseries` accepts: a request, or the name of an earlier one. */
export const geoTimeseriesInput = anyFields.transform((input, context) => {
  // not a union, whose problems would name neither field
  const parsed = 'reprocess' in input ? reprocessing.safeParse(input) : runRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  for (const { code: _, ...issue } of parsed.error.issues) context.addIssue({ ...issue, code: 'custom' });
  return z.NEVER;
});
