import { expect, it } from 'vitest';
import { reportFailureOf } from '../../../../functions/consultation-documents/run-reports/report-failure.ts';
import type { FailedExecution } from '../../../../lib/task/failed-execution.ts';
import { testContext, testWorld } from '../../../support/test-world.ts';

const failed: FailedExecution = {
  executionArn: 'arn:aws:states:us-east-1:1:execution:test-flow:test-execution',
  name: 'test-execution',
  status: 'FAILED',
  startDate: 0,
  stopDate: 1,
};

it.each<{ name: string; execution: Partial<FailedExecution>; error: { name: string; cause: string } }>([
  {
    name: 'the message of what a Lambda threw',
    execution: { error: 'InvalidDataError', cause: '{"errorMessage":"no rows","trace":["at x"]}' },
    error: { name: 'InvalidDataError', cause: 'no rows' },
  },
  {
    name: 'the cause as it is when it is words',
    execution: { error: 'States.TaskFailed', cause: 'too little' },
    error: { name: 'States.TaskFailed', cause: 'too little' },
  },
  {
    name: 'that it took too long, of which the service says no more',
    execution: { status: 'TIMED_OUT', error: null, cause: null },
    error: { name: 'States.Timeout', cause: 'the execution took longer than its state machine allows' },
  },
  { name: 'that nobody knows why', execution: {}, error: { name: 'unknown', cause: '' } },
])('the report of a failure tells $name', async ({ execution, error }) => {
  const { events, emitted } = testWorld();

  await reportFailureOf({ icon: 'broom' }).run({ ...failed, ...execution }, testContext({ events }));

  expect(emitted.map(({ detail }) => detail)).toMatchObject([{ status: 'FAILED', figures: {}, warnings: [], error }]);
});
