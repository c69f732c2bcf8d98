import type { Execution, ExecutionStatus } from '../execution/execution.ts';
import { durationBetween, formatDuration } from './format.ts';
import type { Look, Paint } from './terminal.ts';

const looks: Readonly<Record<ExecutionStatus, Look>> = {
  RUNNING: 'cyan',
  SUCCEEDED: 'green',
  FAILED: 'red',
  TIMED_OUT: 'red',
  ABORTED: 'yellow',
};

/** A status in its colour. */
export function paintStatus(status: ExecutionStatus, paint: Paint): string {
  return paint(looks[status], status);
}

/** How long an execution took, or has been running. */
export function tookOf(execution: Execution, now: number): string {
  return formatDuration(durationBetween(execution.startDate, execution.stopDate, now));
}
