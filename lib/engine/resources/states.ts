import { randomUUID } from 'node:crypto';
import type { Execution } from '../../execution/execution.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { TaskFailed } from '../task-failure.ts';
import type { TaskCall, TaskResource } from './task-resource.ts';

/** What nested executions need of whoever runs executions. */
export interface NestedExecutions {
  /** Undefined when there is no such state machine. */
  start(request: NestedStart): Promise<Execution | undefined>;
  /** Resolves when the execution has ended. */
  ended(execution: Execution): Promise<Execution>;
  /** Aborts it; called when the task that waits for it is given up. */
  stop(execution: Execution): Promise<void>;
}

/** One `startExecution`. */
export interface NestedStart {
  readonly stateMachineArn: string;
  readonly input: Json;
  /** As given in the state; the service makes one up otherwise. */
  readonly name?: string;
  readonly call: TaskCall;
}

/**
 * `states:startExecution`, alone, with `.sync` and `.sync:2`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export function statesResource(executions: NestedExecutions): TaskResource {
  const started = new WeakMap<JsonObject, Execution>();
  return {
    async call(call) {
      const { StateMachineArn, Input, Name } = isJsonObject(call.parameters) ? call.parameters : {};
      const stateMachineArn = String(StateMachineArn ?? '');
      const name = typeof Name === 'string' ? { name: Name } : {};
      const execution = await executions.start({ stateMachineArn, input: inputOf(Input), call, ...name });
      if (!execution) throw noSuchStateMachine(stateMachineArn);
      const answer = { ExecutionArn: execution.arn, StartDate: Date.parse(execution.startDate) };
      started.set(answer, execution);
      return answer;
    },
    async finish(call, submitted) {
      const execution = isJsonObject(submitted) ? started.get(submitted) : undefined;
      if (!execution) throw new Error('asked to wait for an execution that was not started here');
      const stop = () => void executions.stop(execution);
      call.signal.addEventListener('abort', stop, { once: true });
      const ended = await executions.ended(execution);
      call.signal.removeEventListener('abort', stop);
      const described = describe(ended, call);
      if (ended.status === 'SUCCEEDED') return described;
      throw new TaskFailed({ error: 'States.TaskFailed', cause: JSON.stringify(described) });
    },
  };
}

function inputOf(input: Json | undefined): Json {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'string') return input;
  try {
    return JSON.parse(input);
  } catch {
    return input; // text that is not JSON is itself the input
  }
}

/** What `DescribeExecution` answers; `.sync` gives input and output as text, `.sync:2` as JSON. */
function describe(execution: Execution, call: TaskCall): JsonObject {
  const write = (value: Json): Json => (call.resource.pattern === 'sync' ? JSON.stringify(value) : value);
  return {
    ExecutionArn: execution.arn,
    Input: write(execution.input),
    InputDetails: { Included: true },
    Name: execution.name,
    ...(execution.output !== undefined && { Output: write(execution.output), OutputDetails: { Included: true } }),
    ...(execution.error !== undefined && { Error: execution.error }),
    ...(execution.cause !== undefined && { Cause: execution.cause }),
    RedriveCount: execution.redriveCount,
    RedriveStatus: execution.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(execution.status === 'SUCCEEDED' && {
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    }),
    StartDate: Date.parse(execution.startDate),
    StateMachineArn: isJsonObject(call.parameters) ? (call.parameters.StateMachineArn ?? null) : null,
    Status: execution.status,
    ...(execution.stopDate !== undefined && { StopDate: Date.parse(execution.stopDate) }),
  };
}

function noSuchStateMachine(arn: string): TaskFailed {
  return new TaskFailed({
    error: 'StepFunctions.StateMachineDoesNotExistException',
    cause: `State Machine Does Not Exist: '${arn}' (Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: ${randomUUID()}; Proxy: null)`,
  });
}
