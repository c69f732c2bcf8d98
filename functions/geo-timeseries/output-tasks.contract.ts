/** Groups of outputs that a caller may select. */
export const outputTasks = [
  'compute_global_timeseries',
  'compute_regional_stats',
  'compute_regional_timeseries',
  'compute_regional_aggregation',
  'compute_tiles',
] as const;

export type OutputTask = (typeof outputTasks)[number];
