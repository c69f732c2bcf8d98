import type { Clock } from '../clock.ts';
import type { LogLine } from '../execution/executions.ts';
import { type Flow, taskDefaults } from '../flow/flow.ts';
import { type FailedExecution, payloadOnFailure } from '../task/failed-execution.ts';
import { Cancellation } from './cancellation.ts';
import { withinDeadline } from './deadline.ts';
import type { ExecutionRecord } from './execution-record.ts';
import type { InvokeTask } from './resources/flow-tasks.ts';

/** Who tells, and where what is said meanwhile is kept. */
export interface TellFailureOptions {
  readonly flow: Flow;
  readonly clock: Clock;
  readonly invokeTask: InvokeTask;
  readonly onLog: (line: LogLine) => void;
}

/**
 * Tells the task that the flow names in `onFailure` that an execution has failed or timed out, as a rule does on AWS.
 *
 * The execution has ended by then: that the task fails, or takes longer than it may, is logged and changes nothing.
 */
export async function tellFailure(record: ExecutionRecord, options: TellFailureOptions): Promise<void> {
  const { flow, clock, invokeTask } = options;
  const taskName = flow.onFailure;
  const detail = failedExecutionOf(record);
  if (taskName === undefined || detail === undefined) return;
  const onLog = (line: LogLine) => options.onLog({ ...line, state: line.state ?? taskName });
  const { timeoutSeconds = taskDefaults.timeoutSeconds } = flow.tasks[taskName] ?? {};
  const cancellation = new Cancellation();
  try {
    const payload = payloadOnFailure(taskName, { ...detail, detail });
    const call = invokeTask({ flow, taskName, payload, signal: cancellation.signal, onLog });
    await withinDeadline({ clock, cancellation, timeoutSeconds, lastBeatMs: clock.now() }, call);
  } catch (error) {
    const timestamp = new Date(clock.now()).toISOString();
    const message = 'the failure could not be reported; the execution ended as it did';
    onLog({ timestamp, level: 'WARN', message, fields: { error: String(error) } });
  } finally {
    cancellation.cancel();
  }
}

/** Undefined for an execution that succeeded, and for one that was stopped: whoever did knows. */
function failedExecutionOf(record: ExecutionRecord): FailedExecution | undefined {
  const { arn, name, status, startDate, stopDate = startDate, error, cause } = record;
  if (status !== 'FAILED' && status !== 'TIMED_OUT') return undefined;
  return {
    executionArn: arn,
    name,
    status,
    startDate: Date.parse(startDate),
    stopDate: Date.parse(stopDate),
    error: error ?? null,
    cause: cause ?? null,
  };
}
