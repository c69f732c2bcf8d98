import * as z from 'zod';
import { isJsonObject, type Json } from '../../../lib/json.ts';
import { defineTask, type Task } from '../../../lib/task/define-task.ts';
import { failedExecution } from '../../../lib/task/failed-execution.ts';
import { reportRun } from '../../../lib/task/run-report.ts';

const reported = z.object({ status: z.literal('FAILED') });

/** What is said when the service says nothing, as it does of executions that took too long. */
const unnamed = {
  FAILED: { name: 'unknown', cause: '' },
  TIMED_OUT: { name: 'States.Timeout', cause: 'the execution took longer than its state machine allows' },
} as const;

/**
 * The task with which a flow tells people that it failed, and why.
 *
 * @see the specification of consultation-documents, section 6
 */
export function reportFailureOf({ icon }: { icon?: string } = {}): Task<typeof failedExecution, typeof reported> {
  return defineTask({ input: failedExecution, output: reported }, async (execution, context) => {
    const { executionArn, status, error, cause } = execution;
    const why = { name: error ?? unnamed[status].name, cause: messageIn(cause ?? unnamed[status].cause) };
    await reportRun(context, { status: 'FAILED', executionArn, error: why, ...(icon && { icon }) });
    return { status: 'FAILED' };
  });
}

/** Lambda gives a cause as `{"errorMessage": …, "trace": […]}`; the message is what people read. */
function messageIn(cause: string): string {
  try {
    const parsed: Json = JSON.parse(cause);
    return isJsonObject(parsed) && typeof parsed.errorMessage === 'string' ? parsed.errorMessage : cause;
  } catch {
    return cause; // plain words already
  }
}
