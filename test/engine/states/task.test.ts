import { describe, expect, test } from 'vitest';
import { TaskFailed } from '../../../lib/engine/task-failure.ts';
import { SourceUnavailableError } from '../../../lib/errors.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { type MachineRun, runMachine, startMachine, summary } from '../../support/run-machine.ts';

const task = (fields: object = {}, rest: object = {}) => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, ...fields }, ...rest },
});

test('calls a function by its ARN with the effective input', async () => {
  const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';
  const calls: unknown[] = [];

  const { end, events } = await runMachine({
    definition: task({ Resource, Parameters: { 'n.$': '$.n' } }),
    input: { n: 1 },
    invoke: ({ functionName, payload }) => {
      calls.push([functionName, payload]);
      return 'done';
    },
  });

  expect(calls).toEqual([[Resource, { n: 1 }]]);
  expect(end).toEqual({ status: 'SUCCEEDED', output: 'done' });
  expect(summary(events)).toEqual([
    'ExecutionStarted',
    'TaskStateEntered Work',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionSucceeded',
    'TaskStateExited Work',
    'ExecutionSucceeded',
  ]);
});

test('tells an error by its name, with message and type in the cause', async () => {
  const { end } = await runMachine({
    definition: task({ Parameters: { FunctionName: 'f' } }),
    invoke: () => {
      throw new SourceUnavailableError('no answer');
    },
  });

  expect(end).toMatchObject({ status: 'FAILED', error: 'SourceUnavailableError' });
  expect(JSON.parse(end.status === 'FAILED' ? (end.cause ?? '') : '')).toMatchObject({
    errorType: 'SourceUnavailableError',
    errorMessage: 'no answer',
  });
});

test('counts retries in the context and waits between them', async () => {
  const clock = fakeClock({ autoAdvance: true });
  const retryCounts: unknown[] = [];

  const { end } = await runMachine({
    clock,
    definition: task({
      Parameters: { FunctionName: 'f', Payload: { 'count.$': '$$.State.RetryCount' } },
      ResultPath: null,
      Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 10, MaxAttempts: 2 }],
    }),
    invoke: ({ payload }) => {
      retryCounts.push(payload);
      if (retryCounts.length < 3) throw new TaskFailed({ error: 'Broken' });
      return null;
    },
  });

  expect(end.status).toBe('SUCCEEDED');
  expect(retryCounts).toEqual([{ count: 0 }, { count: 1 }, { count: 2 }]);
  expect(clock.slept).toEqual([10_000, 20_000]);
});

test('names a resource that nobody has registered, and says how to', async () => {
  const { end } = await runMachine({ definition: task({ Resource: 'arn:aws:states:::glue:startJobRun' }) });

  expect(end).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: expect.stringMatching(/no local stand-in for the task resource 'glue:startJobRun'.*register one/),
  });
});

test('fails a result that is larger than a payload may be, and lets it be caught', async () => {
  const { end } = await runMachine({
    definition: task(
      { Parameters: { FunctionName: 'f' }, Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Small' }] },
      { Small: { Type: 'Pass', Result: 'caught', End: true } },
    ),
    invoke: () => 'x'.repeat(262_144),
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: 'caught' });
});

describe('time', () => {
  test('is up after TimeoutSeconds; the task is told to stop', async () => {
    const clock = fakeClock();
    let reason: unknown;
    const { ended } = startMachine({
      clock,
      definition: task({ Parameters: { FunctionName: 'f' }, TimeoutSeconds: 5 }),
      invoke: ({ task: { signal } }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            reject(signal.reason);
          });
        }),
    });

    await clock.advance(4_999);
    expect(reason).toBeUndefined();
    await clock.advance(1);

    expect(await ended).toEqual({ status: 'FAILED', error: 'States.Timeout' });
    expect(reason).toBeInstanceOf(Error);
  });

  test('of the whole machine is up after its own TimeoutSeconds', async () => {
    const { end, events } = await runMachine({
      definition: { ...task({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }), TimeoutSeconds: 60 },
      resources: { 'sqs:sendMessage': { call: () => ({ MessageId: '1' }) } },
    });

    expect(end).toEqual({ status: 'TIMED_OUT' });
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      previousEventId: 0,
      details: { error: 'States.Timeout' },
    });
  });
});

describe('a task that waits for its token', () => {
  const waiting = {
    definition: task({
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 'Token.$': '$$.Task.Token' },
      TimeoutSeconds: 600,
      HeartbeatSeconds: 60,
    }),
  };

  function start(clock = fakeClock()) {
    const sent = Promise.withResolvers<string>();
    const run: MachineRun = {
      ...waiting,
      clock,
      resources: {
        'sqs:sendMessage': {
          call: ({ taskToken = '' }) => {
            sent.resolve(taskToken);
            return { MessageId: '1' };
          },
        },
      },
    };
    return { ...startMachine(run), clock, token: sent.promise };
  }

  test('goes on with what comes back', async () => {
    const { ended, tokens, token, events } = start();

    tokens.find(await token)?.settle({ output: { ok: true } });

    expect(await ended).toEqual({ status: 'SUCCEEDED', output: { ok: true } });
    expect(summary(events)).toContain('TaskSubmitted');
    expect(tokens.find(await token)).toBeUndefined();
  });

  test('fails with what comes back', async () => {
    const { ended, tokens, token } = start();

    tokens.find(await token)?.settle({ failure: { error: 'Refused', cause: 'no' } });

    expect(await ended).toEqual({ status: 'FAILED', error: 'Refused', cause: 'no' });
  });

  test('lives from heartbeat to heartbeat', async () => {
    const { ended, tokens, token, clock } = start();
    const holder = tokens.find(await token);

    await clock.advance(59_000);
    holder?.heartbeat();
    await clock.advance(59_000);
    expect(tokens.find(await token)).toBeDefined();
    await clock.advance(1_000);

    expect(await ended).toEqual({ status: 'FAILED', error: 'States.Timeout' });
  });
});

test('waits for the end of what it started, with .sync', async () => {
  const { end, events } = await runMachine({
    definition: task({ Resource: 'arn:aws:states:::batch:submitJob.sync' }),
    resources: {
      'batch:submitJob': { call: () => ({ JobId: '7' }), finish: async (_, submitted) => ({ ended: submitted }) },
    },
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: { ended: { JobId: '7' } } });
  expect(summary(events)).toContain('TaskSubmitted');
});

test('fails before there is anything to wait for', async () => {
  const { end, events } = await runMachine({
    definition: task({ Resource: 'arn:aws:states:::batch:submitJob.sync' }),
    resources: {
      'batch:submitJob': {
        call: () => {
          throw new TaskFailed({ error: 'Batch.ServerException', cause: 'no' });
        },
      },
    },
  });

  expect(end).toEqual({ status: 'FAILED', error: 'Batch.ServerException', cause: 'no' });
  expect(summary(events)).toContain('TaskSubmitFailed');
});
