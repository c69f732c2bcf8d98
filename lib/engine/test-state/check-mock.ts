import type { State } from '../../asl/types.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { resourceName } from '../resources/resource-name.ts';
import { checkResultShape } from './check-result-shape.ts';
import { resultShapes } from './result-shapes.ts';
import { type Mock, TestStateRefused, type TestStateRequest } from './test-state-request.ts';

const mockable: ReadonlySet<State['type']> = new Set(['Task', 'Map', 'Parallel']);

/** @throws {TestStateRefused} the mock does not fit the state */
export function checkMock(state: State, { mock, revealSecrets }: TestStateRequest): void {
  if (!mock) {
    checkUnmocked(state);
    return;
  }
  if (revealSecrets) throw new TestStateRefused('TestState does not support RevealSecrets when a mock is specified.');
  if (mock.result !== undefined && mock.errorOutput !== undefined) {
    throw new TestStateRefused('A test mock should have only one of the following fields: [result, errorOutput].');
  }
  if (!mockable.has(state.type)) {
    throw new TestStateRefused(`State type '${state.type}' is not supported when a mock is specified`);
  }
  if (mock.errorOutput && !mock.errorOutput.error) {
    throw new TestStateRefused('An error was not specified in the mocked error output.');
  }
  if (mock.result !== undefined) checkResult(state, mock);
}

/** What takes other executions, workers or time to come to an end can only be tried out with a mock. */
function checkUnmocked(state: State): void {
  if (state.type === 'Map' || state.type === 'Parallel') {
    throw new TestStateRefused(`State type '${state.type}' is not supported when a mock is not specified`);
  }
  if (state.type !== 'Task') return;
  const { kind, pattern } = resourceName(state.resource);
  if (kind === 'activity' || pattern !== 'request-response') {
    throw new TestStateRefused(`Resource '${state.resource}' is not supported when a mock is not specified`);
  }
}

/** A Map with a result writer answers with where it wrote, every other Map or Parallel with its outputs. */
function checkResult(state: State, { result, fieldValidationMode = 'STRICT' }: Mock): void {
  const hasOutputs = state.type === 'Parallel' || (state.type === 'Map' && !state.resultWriter);
  if (hasOutputs && !Array.isArray(result)) throw new TestStateRefused('Mocked result must be an array.');
  if (state.type === 'Map' && state.resultWriter && !isJsonObject(result)) {
    throw new TestStateRefused('Mocked result must be a JSON object.');
  }
  if (state.type === 'Parallel' && Array.isArray(result) && result.length !== state.branches.length) {
    throw new TestStateRefused('Mocked result must contain the same number of items as number of Parallel branches.');
  }
  if (state.type !== 'Task' || fieldValidationMode === 'NONE') return;
  const { service, api, pattern } = resourceName(state.resource);
  const isPolled = pattern === 'sync' || pattern === 'sync:2';
  const shape = resultShapes[isPolled ? `${service}:${api}.sync` : `${service}:${api}`];
  if (!shape || result === undefined) return;
  const problem = checkResultShape(result, shape, { isStrict: fieldValidationMode === 'STRICT' });
  if (problem) throw new TestStateRefused(`Mock result schema validation error: ${problem}`);
}

const contextFields: Readonly<Record<string, readonly string[]>> = {
  Execution: ['Id', 'Input', 'Name', 'RoleArn', 'StartTime', 'RedriveCount', 'RedriveTime'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Task: ['Token'],
};

/** @throws {TestStateRefused} the context object has a field that the service's has not */
export function checkContext(context: JsonObject): void {
  const refuse = (reason: string) => new TestStateRefused(`Invalid Context object provided: ${reason}`);
  for (const [name, part] of Object.entries(context)) {
    if (name === 'Map') throw refuse("'Map' field is not supported when mocking a Context object");
    const allowed = Object.hasOwn(contextFields, name) ? contextFields[name] : undefined;
    if (!allowed) throw refuse(`Field '${name}' is not allowed`);
    const unknown = Object.keys(isJsonObject(part) ? part : {}).find((field) => !allowed.includes(field));
    if (unknown !== undefined) throw refuse(`Field '${unknown}' is not allowed`);
  }
}
