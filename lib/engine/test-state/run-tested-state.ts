import type { ChoiceState, FailState, ParallelState, PassState, State, StateExit, TaskState } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import { resourceName } from '../resources/resource-name.ts';
import { resourceFor } from '../resources/task-resource.ts';
import { noChoiceMatched } from '../states/choice.ts';
import { taskFailureOf } from '../task-failure.ts';
import { seeInput, seeResult, seeVariables } from './inspection.ts';
import { mapResult } from './map-result.ts';
import { mocked, type Trial } from './trial.ts';

/** Where a state goes. */
export interface Passage {
  readonly output: Json;
  readonly nextState?: string;
}

/**
 * Does what the state does, once: no retries, no catchers, no waiting.
 *
 * @throws {StateFailed} the state's work failed
 * @throws {StatesError} a field could not be evaluated
 */
export async function runTestedState(state: State, trial: Trial): Promise<Passage> {
  switch (state.type) {
    case 'Pass':
      return runPass(state, trial);
    case 'Task':
      return runTask(state, trial);
    case 'Map':
      return leave(state, trial, await mapResult(state, trial));
    case 'Parallel':
      return runParallel(state, trial);
    case 'Choice':
      return runChoice(state, trial);
    case 'Fail':
      return runFail(state, trial);
    default:
      seeInput(trial.seen, state, trial.scope);
      return leave(state, trial, await state.data.prepare(trial.scope));
  }
}

async function runPass(state: PassState, trial: Trial): Promise<Passage> {
  const { scope, seen } = trial;
  if (state.result === undefined) seeInput(seen, state, scope);
  else seen.result = state.result;
  const result = state.result ?? (await state.data.prepare(scope));
  seeResult(seen, state, { scope, result });
  return leave(state, trial, result);
}

async function runTask(state: TaskState, trial: Trial): Promise<Passage> {
  const { scope, seen } = trial;
  seeInput(seen, state, scope);
  const parameters = await state.data.prepare(scope);
  if (state.data.language === 'JSONata' && state.definition.Arguments !== undefined) seen.afterArguments = parameters;
  const result = trial.mock ? mocked(trial.mock) : await callTask(state, trial, parameters);
  seen.result = result;
  seeResult(seen, state, { scope, result });
  return leave(state, trial, result);
}

async function callTask(state: TaskState, { resources }: Trial, parameters: Json): Promise<Json> {
  const name = resourceName(state.resource);
  try {
    return await resourceFor(resources, name).call({
      resource: name,
      parameters,
      executionArn: 'test-state',
      executionName: 'test-state',
      stateName: state.name,
      visitId: 'test-state',
      attempt: 1,
      signal: new AbortController().signal,
    });
  } catch (error) {
    throw new StateFailed(taskFailureOf(error), { cause: error });
  }
}

async function runParallel(state: ParallelState, trial: Trial): Promise<Passage> {
  const { scope, seen } = trial;
  await state.data.prepare(scope);
  const result = mocked(trial.mock);
  seeResult(seen, state, { scope, result });
  return leave(state, trial, result);
}

async function runChoice(state: ChoiceState, { scope, seen }: Trial): Promise<Passage> {
  seeInput(seen, state, scope);
  const choose = ({ output, assigned }: StateExit, nextState: string) => {
    seeVariables(seen, { ...scope.variables, ...assigned });
    return { output, nextState };
  };
  for (const rule of state.rules) {
    if (await rule.matches(scope)) return choose(await rule.finish(scope), rule.next);
  }
  if (state.default === undefined) throw noChoiceMatched();
  return choose(await state.finishDefault(scope), state.default);
}

async function runFail(state: FailState, { scope, seen }: Trial): Promise<never> {
  seeInput(seen, state, scope);
  const error = await state.error?.(scope);
  const cause = await state.cause?.(scope);
  throw new StateFailed({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
}

async function leave(state: State, { scope, seen }: Trial, result: Json): Promise<Passage> {
  const { output, assigned } = await state.data.finish(scope, result);
  seeVariables(seen, { ...scope.variables, ...assigned });
  return state.next === undefined ? { output } : { output, nextState: state.next };
}
