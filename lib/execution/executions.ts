import type { Flow } from '../flow/flow.ts';
import type { Json } from '../json.ts';
import type { Execution } from './execution.ts';
import type { HistoryEvent } from './history-event.ts';
import type { FailedChild, MapRun } from './map-run.ts';

/** One line that a task wrote: structured, as the Lambda log holds it. */
export interface LogLine {
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly level: string;
  readonly message: string;
  /** Name of the state whose task wrote it, when known. */
  readonly state?: string;
  /** The child execution of a distributed Map that it was written in. */
  readonly child?: ChildName;
  readonly fields: Readonly<Record<string, Json>>;
}

/** Which child execution of a Map Run is meant. */
export type ChildName = Pick<FailedChild, 'name' | 'index'>;

/** How an execution is redriven. */
export interface RedriveOptions {
  /**
   * Goes on with the flow's definition as it is now, from the first state that has changed or did not succeed; only
   * the engine can.
   *
   * @default false
   */
  readonly withCurrentDefinition?: boolean;
}

/**
 * The port through which executions are started and watched; the same for the engine and for Step Functions.
 *
 * Every method that takes `executionName` takes the ARN as well, which stays unambiguous when two flows have an
 * execution of the same name, and throws a `UsageError` when there is no such execution.
 */
export interface Executions {
  /**
   * Starts an execution and returns while it runs. A name that was used before with the same flow and input returns
   * that execution.
   *
   * @throws {UsageError} the name was used before with another input, or is not 1–80 characters of `A-Za-z0-9-_`
   */
  start(flow: Flow, input: Json, options?: { executionName?: string }): Promise<Execution>;
  describe(executionName: string): Promise<Execution>;
  /** Newest first; of every flow when none is named. */
  list(flowName?: string): AsyncIterable<Execution>;
  /** From the first event on; with `follow`, goes on until the execution ends or the signal aborts. */
  history(executionName: string, options?: { follow?: boolean; signal?: AbortSignal }): AsyncIterable<HistoryEvent>;
  /** What the tasks of the execution and of the children of its Map Runs wrote. */
  logs(executionName: string): AsyncIterable<LogLine>;
  /** The Map Runs of its distributed Maps, oldest first. */
  mapRuns(executionName: string): Promise<readonly MapRun[]>;
  /** Children of a Map Run that failed or timed out, no more than `limit`: of the first items, where indexes are known. */
  failedChildren(mapRun: MapRun, limit: number): Promise<readonly FailedChild[]>;
  stop(executionName: string, reason?: { error?: string; cause?: string }): Promise<void>;
  /** @throws {UsageError} the execution succeeded or still runs, or cannot go on as the options ask */
  redrive(executionName: string, options?: RedriveOptions): Promise<Execution>;
}
