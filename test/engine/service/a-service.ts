import * as z from 'zod';
import { type Activities, createActivities } from '../../../lib/engine/activities.ts';
import { LocalExecutions, type LocalExecutionsOptions } from '../../../lib/engine/local-executions.ts';
import { type LocalService, openService } from '../../../lib/engine/service/open-service.ts';
import { openStateMachines } from '../../../lib/engine/service/state-machines.ts';
import type { FlowDefinition } from '../../../lib/flow/check-flow.ts';
import { defineFlow } from '../../../lib/flow/flow.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

/** A service over executions in this process, and what a test may want to look at. */
export interface TestService {
  readonly service: LocalService;
  readonly executions: LocalExecutions;
  readonly activityTasks: Activities;
  readonly clock: FakeClock;
}

/** What a test may set. */
export interface TestServiceOptions {
  /** Keeps everything in it; in memory when left out. */
  readonly folder?: string;
  readonly flows?: readonly FlowDefinition[];
  readonly clock?: FakeClock;
  readonly invokeTask?: LocalExecutionsOptions['invokeTask'];
}

export const roleArn = 'arn:aws:iam::000000000000:role/any';

/** A state machine that passes its input on. */
export const passing = JSON.stringify({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } });

/** A state machine that waits for ten seconds. */
export const waiting = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 10, End: true } } });

/** The flow `prices`, whose only task is `Fetch`. */
export const prices: FlowDefinition = {
  flow: defineFlow({
    name: 'prices',
    description: 'for tests',
    group: 'test-group',
    input: z.object({}).loose(),
    tasks: { Fetch: {} },
  }),
  aslText: JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Fetch',
    States: {
      Fetch: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: '${FetchArn}', Payload: '{% $states.input %}' },
        Output: '{% $states.result.Payload %}',
        End: true,
      },
    },
  }),
};

/** Opens a service at 2026-01-01T00:00:00Z; its clock moves only when the test moves it. */
export async function aService(options: TestServiceOptions = {}): Promise<TestService> {
  const { clock = fakeClock(), flows = [prices], folder } = options;
  const machines = await openStateMachines({ folder: folder && `${folder}/state-machines`, flows, clock });
  const activityTasks = createActivities(clock);
  const executions = new LocalExecutions({
    ...(folder !== undefined && { folder: `${folder}/executions` }),
    clock,
    flows,
    otherMachines: machines,
    invokeTask: options.invokeTask ?? (async ({ payload }) => ({ got: payload })),
    events: { emit: async () => undefined },
    resources: { 'activity:*': activityTasks.resource },
  });
  const service = await openService({ folder, executions, machines, activityTasks, clock });
  return { service, executions, activityTasks, clock };
}
