import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { LocalExecutions } from '../../lib/engine/local-executions.ts';
import type { TaskInvocation } from '../../lib/engine/resources/flow-tasks.ts';
import { InvalidDataError, SourceUnavailableError } from '../../lib/errors.ts';
import { defineFlow, type Flow } from '../../lib/flow/flow.ts';
import type { Json } from '../../lib/json.ts';
import { failedExecution } from '../../lib/task/failed-execution.ts';
import { taskEvent } from '../../lib/task/task-event.ts';
import { fakeClock } from '../support/fake-clock.ts';

const flowOf = (name: string, tasks: Flow['tasks']) =>
  defineFlow({ name, description: '-', group: 'fruit', input: z.json(), tasks, onFailure: 'Report' });

const jam = flowOf('plum-jam', { Cook: {}, Report: { timeoutSeconds: 5 } });
const fair = flowOf('plum-fair', { Report: {} });

const cook = {
  StartAt: 'Cook',
  TimeoutSeconds: 60,
  States: {
    Cook: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: '${CookArn}', 'Payload.$': '$' },
      ResultSelector: { 'jam.$': '$.Payload' },
      End: true,
    },
  },
};
const cookAll = {
  StartAt: 'Jam',
  States: {
    Jam: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Parameters: { StateMachineArn: '${PlumJamFlowArn}', 'Input.$': '$' },
      End: true,
    },
  },
};

type Call = Pick<TaskInvocation, 'signal' | 'onLog' | 'payload'>;

/** The two flows on an engine whose tasks are these; `told` is what came to the one for failures, by flow. */
function kitchen(tasks: { cook: (call: Call) => Promise<Json>; report?: (call: Call) => Promise<Json> }) {
  const told: [flow: string, detail: unknown][] = [];
  const executions = new LocalExecutions({
    clock: fakeClock({ startsAt: '2026-01-01T00:00:00.000Z', autoAdvance: true }),
    flows: [
      { flow: jam, aslText: JSON.stringify(cook) },
      { flow: fair, aslText: JSON.stringify(cookAll) },
    ],
    events: { emit: async () => undefined },
    invokeTask: async ({ flow, taskName, ...call }) => {
      if (taskName === 'Cook') return await tasks.cook(call);
      told.push([flow.name, failedExecution.parse(taskEvent.parse(call.payload).input)]);
      return (await tasks.report?.(call)) ?? null;
    },
  });
  const end = async (name: string) => {
    for await (const _ of executions.history(name, { follow: true }));
    return await executions.describe(name);
  };
  return {
    executions,
    told,
    end,
    async run(flow: Flow) {
      return await end((await executions.start(flow, {}, { executionName: 'monday' })).arn);
    },
    warnings: async () => {
      const lines = await Array.fromAsync(executions.logs('plum-jam/monday'));
      return lines.map(({ level, state, message, fields }) => ({ level, state, message, ...fields }));
    },
  };
}

const burnt = async (): Promise<never> => {
  throw new InvalidDataError('burnt');
};
const forever = () => new Promise<never>(() => undefined);

describe('the task for failures', () => {
  it('is told of an execution that failed, once it has ended', async () => {
    const { run, told } = kitchen({ cook: burnt });

    const { status, arn } = await run(jam);

    expect(status).toBe('FAILED');
    expect(told).toEqual([
      [
        'plum-jam',
        {
          executionArn: arn,
          name: 'monday',
          status: 'FAILED',
          startDate: Date.parse('2026-01-01T00:00:00.000Z'),
          stopDate: Date.parse('2026-01-01T00:00:00.000Z'),
          error: 'InvalidDataError',
          cause: expect.stringContaining('burnt'),
        },
      ],
    ]);
  });

  it('is told of an execution that took too long, for which there is no error', async () => {
    const { run, told } = kitchen({ cook: forever });

    await run(jam);

    expect(told).toMatchObject([['plum-jam', { status: 'TIMED_OUT', error: null, cause: null }]]);
  });

  it('is not told of what succeeded or was stopped', async () => {
    const good = kitchen({ cook: async () => 'jam' });
    await good.run(jam);
    const started = Promise.withResolvers<void>();
    const stopped = kitchen({
      cook: () => {
        started.resolve();
        return forever();
      },
    });
    const { name } = await stopped.executions.start(jam, {});
    await started.promise;
    await stopped.executions.stop(name, { error: 'Interrupted' });

    expect((await stopped.executions.describe(name)).status).toBe('ABORTED');
    expect([...good.told, ...stopped.told]).toEqual([]);
  });

  it('is told again when a redrive fails again, and no more when one succeeds', async () => {
    let isBroken = true;
    const { run, executions, end, told } = kitchen({
      cook: async () => (isBroken ? await burnt() : 'jam'),
    });
    await run(jam);
    await executions.redrive('monday');
    await end('monday');
    isBroken = false;

    await executions.redrive('monday');
    const { status, redriveCount } = await end('monday');

    expect({ status, redriveCount }).toEqual({ status: 'SUCCEEDED', redriveCount: 2 });
    expect(told).toHaveLength(2);
  });

  it('is told by each flow of its own', async () => {
    const { run, told } = kitchen({ cook: burnt });

    await run(fair);

    expect(told.map(([flow]) => flow)).toEqual(['plum-jam', 'plum-fair']);
  });

  it('logs into the logs of the execution', async () => {
    const timestamp = '2026-01-01T00:00:00.000Z';
    const { run, warnings } = kitchen({
      cook: burnt,
      report: async ({ onLog }) => {
        onLog({ timestamp, level: 'INFO', message: 'posted', fields: {} });
        return null;
      },
    });

    await run(jam);

    expect(await warnings()).toEqual([{ level: 'INFO', state: 'Report', message: 'posted' }]);
  });

  it.each([
    {
      name: 'it fails',
      report: async () => {
        throw new SourceUnavailableError('nobody listens');
      },
      error: 'SourceUnavailableError: nobody listens',
    },
    { name: 'it takes longer than its manifest says', report: forever, error: 'TaskFailed: States.Timeout' },
  ])('changes nothing when $name', async ({ report, error }) => {
    const { run, warnings } = kitchen({ cook: burnt, report });

    const { status, error: errorName } = await run(jam);

    expect([status, errorName]).toEqual(['FAILED', 'InvalidDataError']);
    expect(await warnings()).toEqual([
      {
        level: 'WARN',
        state: 'Report',
        message: 'the failure could not be reported; the execution ended as it did',
        error,
      },
    ]);
  });

  it('is no longer waited for when its time is over, and is told so', async () => {
    let reason: unknown;
    const { run } = kitchen({
      cook: burnt,
      report: ({ signal }) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
        });
        return forever();
      },
    });

    await run(jam);

    expect(reason).toMatchObject({ name: 'Cancelled' });
  });
});
