import type { ExecutionRecord } from './execution-record.ts';
import type { ExecutionStore } from './execution-store.ts';
import type { RecordedEvent } from './history.ts';
import { isAlive } from './process-owner.ts';

const endings: Readonly<Record<string, ExecutionRecord['status']>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};

/** Error name of an execution whose process ended before it did. */
export const processLost = 'Engine.ProcessLost';

/**
 * The record as it really is: one that says RUNNING while its process is gone was cut short.
 *
 * If the process lived long enough to write the execution's last event, that is how it ended; if not, it counts as
 * aborted, and can be redriven.
 */
export async function asItIs(store: ExecutionStore, record: ExecutionRecord): Promise<ExecutionRecord> {
  if (record.status !== 'RUNNING' || isAlive(record.owner)) return record;
  const events = await store.readHistory(record).next();
  const last = events.at(-1);
  const stopDate = last?.timestamp ?? record.startDate;
  const status = last && endings[last.type];
  if (last && status) return { ...record, ...(status !== 'TIMED_OUT' && endOf(last)), status, stopDate };
  const cause = `the process ${record.owner.pid} that ran it ended after event ${last?.id ?? 0}; 'flow redrive ${record.name}' goes on from there`;
  return { ...record, status: 'ABORTED', error: processLost, cause, stopDate };
}

function endOf({ details }: RecordedEvent): Partial<ExecutionRecord> {
  const { output, error, cause } = details;
  return {
    ...(output !== undefined && { output: JSON.parse(String(output)) }),
    ...(error !== undefined && { error: String(error) }),
    ...(cause !== undefined && { cause: String(cause) }),
  };
}
