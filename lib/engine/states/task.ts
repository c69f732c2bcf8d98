import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { TaskState } from '../../asl/types.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { dataLimitExceeded, StateFailed } from '../failure.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { isTooLarge } from '../payload.ts';
import { type ResourceName, resourceName } from '../resources/resource-name.ts';
import { resourceFor } from '../resources/task-resource.ts';
import { callResource, type TaskAttempt } from '../task-attempt.ts';
import { recordFailed, recordScheduled, recordSubmitFailed, recordSucceeded } from '../task-events.ts';
import { SubmitFailed, taskFailureOf } from '../task-failure.ts';
import { newTaskToken } from '../task-tokens.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Has something done outside and goes on with what came back. */
export function runTask(frame: Frame, visit: StateVisit<TaskState>): Awaitable<Step> {
  // the task had come back before its execution was cut off: it is not done twice
  if (visit.resumed?.result !== undefined) return finish(frame, visit, JSON.parse(visit.resumed.result));
  return andThen(prepareAttempt(frame, visit), (attempt) => runAttempt(frame, visit, attempt));
}

async function runAttempt(frame: Frame, visit: StateVisit<TaskState>, attempt: TaskAttempt): Promise<Step> {
  recordScheduled(frame, attempt);
  const settled = frame.run.history.settled();
  if (settled !== undefined) await settled;
  let result: Json;
  try {
    const answer = callResource(frame, attempt);
    result = answer instanceof Promise ? await answer : answer;
  } catch (error) {
    const failure = taskFailureOf(error);
    const recordEnd = error instanceof SubmitFailed ? recordSubmitFailed : recordFailed;
    recordEnd(frame, attempt, failure);
    throw new StateFailed(failure, { cause: error });
  }
  if (isTooLarge(result)) {
    const tooLarge = dataLimitExceeded(attempt.name.kind === 'service' ? attempt.name.service : attempt.name.arn);
    recordFailed(frame, attempt, tooLarge.failure);
    throw tooLarge;
  }
  recordSucceeded(frame, attempt, result);
  return finish(frame, visit, result);
}

function prepareAttempt(frame: Frame, stay: StateVisit<TaskState>): Awaitable<TaskAttempt> {
  const { state, visit, input } = stay;
  const name = nameOf(state);
  if (name.pattern !== 'request-response' || name.kind === 'activity') {
    visit.taskToken = newTaskToken(frame.run, visit.enteredEventId);
  }
  const resource = resourceFor(frame.run.world.resources, name);
  const scope = scopeOf(frame, visit, input);
  return andThen(state.data.prepare(scope), (parameters) => {
    const attempt = { name, resource, parameters, visit };
    const isPlain = !state.timeoutSeconds && !state.heartbeatSeconds && !state.credentials;
    return isPlain ? attempt : withOptions(attempt, stay, frame);
  });
}

async function withOptions(
  attempt: TaskAttempt,
  { state, visit, input }: StateVisit<TaskState>,
  frame: Frame,
): Promise<TaskAttempt> {
  const scope = scopeOf(frame, visit, input);
  const timeoutSeconds = await state.timeoutSeconds?.(scope);
  const heartbeatSeconds = await state.heartbeatSeconds?.(scope);
  const credentials = await state.credentials?.(scope);
  return {
    ...attempt,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    ...(credentials !== undefined && { credentials: withLowerRoleArn(credentials) }),
  };
}

const names = new WeakMap<TaskState, ResourceName>();

/** A state's resource is taken apart once. */
function nameOf(state: TaskState): ResourceName {
  const known = names.get(state);
  if (known) return known;
  const name = resourceName(state.resource);
  names.set(state, name);
  return name;
}

/** The service writes `roleArn` where definitions write `RoleArn`. */
function withLowerRoleArn(credentials: Json): Json {
  return isJsonObject(credentials) && 'RoleArn' in credentials ? { roleArn: credentials.RoleArn ?? null } : credentials;
}
