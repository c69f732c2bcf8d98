import type { State } from '../../asl/types.ts';
import type { Clock } from '../../clock.ts';
import { StatesError } from '../../errors.ts';
import { errorOutputOf, type Failure, StateFailed } from '../failure.ts';
import type { ResourceRegistry } from '../resources/task-resource.ts';
import { backOffSeconds, isNamedBy } from '../retry.ts';
import { checkContext, checkMock } from './check-mock.ts';
import { findTestedState } from './find-tested-state.ts';
import { type Passage, runTestedState } from './run-tested-state.ts';
import type { TestStateRequest, TestStateResponse } from './test-state-request.ts';
import { testedScope } from './tested-scope.ts';
import type { Trial } from './trial.ts';

/**
 * Runs one state on its own and tells how it would go, as the service's `TestState` does: with its work mocked or
 * done by the resources given, without waiting, and with each retrier and catcher asked once.
 *
 * @throws {TestStateRefused} the service would not take the request
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
export async function testState(
  request: TestStateRequest,
  world: { readonly clock: Clock; readonly resources: ResourceRegistry },
): Promise<TestStateResponse> {
  const tested = findTestedState(request);
  const { state } = tested;
  checkMock(state, request);
  if (request.context) checkContext(request.context);
  const scope = testedScope(tested, request, world.clock);
  const { mock, stateConfiguration: configuration = {} } = request;
  const trial: Trial = { scope, seen: { input: scope.input }, mock, configuration, resources: world.resources };
  const response = await respond(state, trial);
  const isInspected = request.inspectionLevel === 'DEBUG' || request.inspectionLevel === 'TRACE';
  return isInspected ? { ...response, inspectionData: trial.seen } : response;
}

async function respond(state: State, trial: Trial): Promise<TestStateResponse> {
  try {
    return succeeded(await runTestedState(state, trial));
  } catch (error) {
    return recover(state, trial, failureOf(error));
  }
}

function succeeded({ output, nextState }: Passage): TestStateResponse {
  return { status: 'SUCCEEDED', output, ...(nextState !== undefined && { nextState }) };
}

/** Unlike in an execution, the cause of a field that cannot be evaluated is told without the state around it. */
function failureOf(error: unknown): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (error instanceof StatesError) return { error: error.name, cause: error.message };
  throw error;
}

async function recover(state: State, trial: Trial, failure: Failure): Promise<TestStateResponse> {
  const told = toldFailure(failure);
  if (isRetriable(state, trial, failure)) return { status: 'RETRIABLE', ...told };
  const catchIndex = state.catch.findIndex(({ errorEquals }) => isNamedBy(errorEquals, failure));
  const catcher = state.catch[catchIndex];
  if (!catcher) return { status: 'FAILED', ...told };
  note(trial, { catchIndex });
  try {
    const { output } = await catcher.finish(trial.scope, errorOutputOf(failure));
    return { status: 'CAUGHT_ERROR', ...told, output, nextState: catcher.next };
  } catch (error) {
    return { status: 'FAILED', ...toldFailure(failureOf(error)) };
  }
}

function toldFailure({ error, cause }: Failure): Pick<TestStateResponse, 'error' | 'cause'> {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

function isRetriable(state: State, trial: Trial, failure: Failure): boolean {
  const retryIndex = state.retry.findIndex(({ errorEquals }) => isNamedBy(errorEquals, failure));
  const retrier = state.retry[retryIndex];
  if (!retrier) return false;
  const used = trial.configuration.retrierRetryCount ?? 0;
  if (used >= retrier.maxAttempts) {
    note(trial, { retryIndex });
    return false;
  }
  note(trial, { retryIndex, retryBackoffIntervalSeconds: backOffSeconds(retrier, used) });
  return true;
}

function note({ seen }: Trial, details: Readonly<Record<string, number>>): void {
  const { errorDetails } = seen;
  seen.errorDetails = { ...(typeof errorDetails === 'object' ? errorDetails : {}), ...details };
}
