import type { Scope, State } from '../../asl/types.ts';
import type { Clock } from '../../clock.ts';
import type { Json, JsonObject } from '../../json.ts';
import { localRoleArn } from '../arns.ts';
import { resourceName } from '../resources/resource-name.ts';
import type { TestedState } from './find-tested-state.ts';
import type { TestStateRequest } from './test-state-request.ts';

const region = 'us-east-1';

/** What the tested state can see: the context object that was sent, or one of an execution made up for it. */
export function testedScope(tested: TestedState, request: TestStateRequest, clock: Clock): Scope {
  const input = request.input ?? {};
  return {
    input,
    context: request.context ?? madeUpContext(tested, { ...request, input }, clock),
    variables: request.variables ?? {},
    now: clock.now,
    chance: clock.chance,
  };
}

/** The service runs a tested state as an express execution, whose ARN ends in a second id. */
function madeUpContext(tested: TestedState, request: TestStateRequest & { input: Json }, clock: Clock): JsonObject {
  const { state, isInMap } = tested;
  const { input, roleArn = localRoleArn } = request;
  const account = roleArn.split(':')[4] ?? '';
  const time = new Date(clock.now()).toISOString();
  const prefix = `arn:aws:states:${region}:${account}`;
  const name = `test-${clock.now()}`;
  return {
    Execution: {
      Id: `${prefix}:express:test-state:${name}:${name}`,
      Input: input,
      Name: name,
      RoleArn: roleArn,
      StartTime: time,
    },
    StateMachine: { Id: `${prefix}:stateMachine:test-state`, Name: 'test-state' },
    State: { Name: state.name, EnteredTime: time, RetryCount: 0 },
    ...(isInMap && { Map: { Item: { Index: 0, Value: input } } }),
    ...(waitsForToken(state) && { Task: { Token: `token-of-${name}` } }),
  };
}

function waitsForToken(state: State): boolean {
  return state.type === 'Task' && resourceName(state.resource).pattern === 'wait-for-task-token';
}
