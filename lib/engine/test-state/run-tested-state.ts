import type {
  ChoiceState,
  FailState,
  MapState,
  ParallelState,
  PassState,
  Scope,
  State,
  TaskState,
} from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { type Failure, StateFailed } from '../failure.ts';
import { resourceName } from '../resources/resource-name.ts';
import { type ResourceRegistry, resourceFor } from '../resources/task-resource.ts';
import { noChoiceMatched } from '../states/choice.ts';
import { taskFailureOf } from '../task-failure.ts';
import { type Seen, seeInput, seeResult } from './inspection.ts';
import type { Mock, StateConfiguration } from './test-state-request.ts';

/** One state on its own, and what stands in for the world around it. */
export interface Trial {
  readonly scope: Scope;
  readonly seen: Seen;
  readonly mock: Mock | undefined;
  readonly configuration: StateConfiguration;
  readonly resources: ResourceRegistry;
}

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
      return runMap(state, trial);
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
  const result = mocked(trial) ?? (await callTask(state, trial, parameters));
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

async function runMap(state: MapState, trial: Trial): Promise<Passage> {
  const { scope, seen } = trial;
  seeInput(seen, state, scope);
  const items = state.itemReader ? undefined : await state.items(scope);
  if (state.data.language === 'JSONPath' && items !== undefined) seen.afterItemsPath = items;
  seen.maxConcurrency = (await state.maxConcurrency?.(scope)) ?? 0;
  const count = await state.toleratedFailureCount?.(scope);
  const percentage = await state.toleratedFailurePercentage?.(scope);
  if (count !== undefined) seen.toleratedFailureCount = count;
  if (percentage !== undefined) seen.toleratedFailurePercentage = percentage;
  const result = mocked(trial) ?? [];
  const itemCount = Array.isArray(items) ? items.length : 0;
  checkThreshold(trial.configuration.mapIterationFailureCount ?? 0, { count, percentage, itemCount });
  seeResult(seen, state, { scope, result });
  return leave(state, trial, result);
}

/** Only a Map that names a threshold is failed by the number of its failed iterations. */
function checkThreshold(
  failed: number,
  limits: { count: number | undefined; percentage: number | undefined; itemCount: number },
): void {
  const { count, percentage, itemCount } = limits;
  const isOverPercentage = percentage !== undefined && itemCount > 0 && (failed / itemCount) * 100 > percentage;
  if ((count === undefined || failed <= count) && !isOverPercentage) return;
  const cause = 'The specified tolerated failure threshold was exceeded';
  throw new StateFailed({ error: 'States.ExceedToleratedFailureThreshold', cause });
}

async function runParallel(state: ParallelState, trial: Trial): Promise<Passage> {
  const { scope, seen } = trial;
  await state.data.prepare(scope);
  const result = mocked(trial) ?? [];
  seeResult(seen, state, { scope, result });
  return leave(state, trial, result);
}

async function runChoice(state: ChoiceState, { scope, seen }: Trial): Promise<Passage> {
  seeInput(seen, state, scope);
  for (const rule of state.rules) {
    if (await rule.matches(scope)) return { output: (await rule.finish(scope)).output, nextState: rule.next };
  }
  if (state.default !== undefined)
    return { output: (await state.finishDefault(scope)).output, nextState: state.default };
  throw noChoiceMatched();
}

async function runFail(state: FailState, { scope, seen }: Trial): Promise<never> {
  seeInput(seen, state, scope);
  const error = await state.error?.(scope);
  const cause = await state.cause?.(scope);
  throw new StateFailed({ ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) });
}

/** The mocked result, if there is one; a mocked error fails the state. */
function mocked({ mock }: Trial): Json | undefined {
  if (mock?.errorOutput) throw new StateFailed(mock.errorOutput satisfies Failure);
  return mock?.result;
}

async function leave(state: State, { scope }: Trial, result: Json): Promise<Passage> {
  const { output } = await state.data.finish(scope, result);
  return state.next === undefined ? { output } : { output, nextState: state.next };
}
