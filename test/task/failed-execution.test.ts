import { describe, expect, it } from 'vitest';
import { failedExecution, payloadOnFailure } from '../../lib/task/failed-execution.ts';
import { taskEvent } from '../../lib/task/task-event.ts';

/** The detail of an event `Step Functions Execution Status Change`, with every field that the service gives. */
const detail = {
  executionArn: 'arn:aws:states:us-east-1:123456789012:execution:DataFlows-dev-plum-jam:monday',
  stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:DataFlows-dev-plum-jam',
  name: 'monday',
  status: 'FAILED',
  startDate: 1_551_225_146_847,
  stopDate: 1_551_225_151_881,
  input: '{}',
  output: null,
  inputDetails: { included: true },
  outputDetails: null,
  error: 'InvalidDataError',
  cause: '{"errorMessage":"no plums"}',
};

describe('what the service tells of an execution that failed', () => {
  it.each([
    { name: 'with error and cause', change: {} },
    { name: 'whose error and cause are null', change: { status: 'TIMED_OUT', error: null, cause: null } },
    { name: 'without a cause', change: { cause: undefined } },
  ])('is what the task is told: $name', ({ change }) => {
    const { executionArn, name, status, startDate, stopDate, error, cause } = detail;

    const told = failedExecution.parse({ ...detail, ...change });

    expect(told).toEqual({ executionArn, name, status, startDate, stopDate, error, cause, ...change });
  });

  it('is none of a task’s business when it was stopped', () => {
    expect(failedExecution.safeParse({ ...detail, status: 'ABORTED' }).success).toBe(false);
  });

  it('reaches the task in the envelope of every task', () => {
    const payload = taskEvent.parse(payloadOnFailure('Report', { ...detail, detail }));

    expect(payload).toEqual({
      input: detail,
      context: {
        Execution: { Name: 'monday', StartTime: detail.startDate },
        State: { Name: 'Report', RetryCount: 0 },
      },
    });
  });
});
