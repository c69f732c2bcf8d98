import { type OutputTask, outputTasks } from './output-tasks.contract.ts';

/** What a run makes, worked out from its request and its dataset. */
export interface RunConfiguration {
  readonly bucket: string;
  readonly computeSummary: boolean;
  readonly skipped: Readonly<Record<OutputTask | 'record_results', boolean>>;
}

/** The parts of a request that the configuration comes from. */
export interface ConfigurationRequest {
  readonly isIndicator: boolean;
  readonly indicatorBucket: string;
  readonly modelBucket: string;
  readonly selectedOutputTasks: readonly string[] | null;
  /** Leaves `results.json` alone after partial runs, as the original does. */
  readonly compat: boolean;
}

/** Both resolutions are always made; what else is made follows from the request and from whether there are points. */
export function configureRun(request: ConfigurationRequest, hasPoints: boolean): RunConfiguration {
  const { isIndicator, indicatorBucket, modelBucket, selectedOutputTasks: selected, compat } = request;
  const isSkipped = (task: OutputTask) =>
    (selected !== null && selected.length > 0 && !selected.includes(task)) || (task === 'compute_tiles' && !hasPoints);
  const names = new Set(selected);
  const isWhole =
    selected === null || (names.size === outputTasks.length && outputTasks.every((task) => names.has(task)));
  return {
    bucket: isIndicator ? indicatorBucket : modelBucket,
    computeSummary: !isIndicator,
    skipped: {
      record_results: compat && !isWhole,
      compute_global_timeseries: isSkipped('compute_global_timeseries'),
      compute_regional_stats: isSkipped('compute_regional_stats'),
      compute_regional_timeseries: isSkipped('compute_regional_timeseries'),
      compute_regional_aggregation: isSkipped('compute_regional_aggregation'),
      compute_tiles: isSkipped('compute_tiles'),
    },
  };
}

/** What the log says of a group that was not asked for. */
export function skipMessage(task: OutputTask | 'record_results' | 'subtile_aggregation'): string {
  const only = " 'record_results' task only runs when the pipeline is running with all output tasks.";
  return `'${task}' is skipped.${task === 'record_results' ? only : ''}`;
}
