import type { Json } from '../json.ts';

/** Step Functions' own words for how far an execution is. */
export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One run of a flow. Times are ISO 8601, UTC. */
export interface Execution {
  /** Unique within its flow: name of the execution, not its ARN. */
  readonly name: string;
  readonly arn: string;
  readonly flowName: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate?: string;
  readonly input: Json;
  /** Present when it succeeded. */
  readonly output?: Json;
  /** ASL error name and its text, when it did not succeed and the service gives them. */
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  /** When it was redriven last. */
  readonly redriveDate?: string;
}

/** Whether the execution has ended, well or not. */
export function isTerminal(execution: Pick<Execution, 'status'>): boolean {
  return execution.status !== 'RUNNING';
}
