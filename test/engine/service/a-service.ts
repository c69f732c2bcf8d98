import * as z from 'zod';
import type { LocalExecutions, LocalExecutionsOptions } from '../../../lib/engine/local-executions.ts';
import { openEngine } from '../../../lib/engine/service/open-engine.ts';
import type { LocalService } from '../../../lib/engine/service/open-service.ts';
import type {
  StartExecutionRequest,
  StartExecutionResponse,
} from '../../../lib/execution/service/execution-operations.ts';
import type {
  CreateStateMachineRequest,
  CreateStateMachineResponse,
} from '../../../lib/execution/service/state-machine-operations.ts';
import type { StateMachineService } from '../../../lib/execution/service/state-machine-service.ts';
import type { FlowDefinition } from '../../../lib/flow/check-flow.ts';
import { defineFlow } from '../../../lib/flow/flow.ts';
import { type FakeClock, fakeClock } from '../../support/fake-clock.ts';

/** A service over executions in this process, and what a test may want to look at. */
export interface TestService {
  readonly service: LocalService;
  readonly executions: LocalExecutions;
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
  const engine = await openEngine({
    ...(folder !== undefined && { folder }),
    clock,
    flows,
    invokeTask: options.invokeTask ?? (async ({ payload }) => ({ got: payload })),
    events: { emit: async () => undefined },
  });
  return { ...engine, clock };
}

type Made = Partial<CreateStateMachineRequest> & Pick<CreateStateMachineRequest, 'name'>;

/** Makes a state machine; what is left out makes it {@link passing}. */
export function create(service: StateMachineService, request: Made): Promise<CreateStateMachineResponse> {
  return service.createStateMachine({
    definition: passing,
    roleArn,
    type: 'STANDARD',
    tags: [],
    publish: false,
    ...request,
  });
}

/** Starts an execution of the machine of this name. */
export function start(
  service: StateMachineService,
  machineName: string,
  request: Partial<StartExecutionRequest> = {},
): Promise<StartExecutionResponse> {
  const stateMachineArn = `arn:aws:states:us-east-1:000000000000:stateMachine:${machineName}`;
  return service.startExecution({ stateMachineArn, input: '{}', ...request });
}

/** The execution as it is once it has ended. */
export async function ended({ service, executions }: TestService, executionArn: string) {
  for await (const _event of executions.history(executionArn, { follow: true }));
  return service.describeExecution({ executionArn, includedData: 'ALL_DATA' });
}
