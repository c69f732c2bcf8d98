/** How many items, or child executions, of a Map Run are in which state. */
export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
}

/** One run of a distributed Map: the child executions that it starts for its items. Times are ISO 8601, UTC. */
export interface MapRun {
  readonly mapRunArn: string;
  /** The execution that the Map belongs to. */
  readonly executionArn: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: string;
  readonly stopDate?: string;
  readonly redriveCount: number;
  /** Of child executions. */
  readonly counts: MapRunCounts;
}

/** What bounds a Map Run; it can be changed while it runs. */
export interface MapRunLimits {
  /** Child executions at the same time. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** A child execution of a Map Run that failed or timed out. */
export interface FailedChild {
  readonly name: string;
  /** Position of the child among all, from 0; Step Functions does not tell it. */
  readonly index?: number;
  readonly status: 'FAILED' | 'TIMED_OUT';
  /** Its input as JSON text, of which the engine keeps the beginning only. */
  readonly inputText: string;
  /** ASL error name and its text, when they are given. */
  readonly error?: string;
  readonly cause?: string;
}
