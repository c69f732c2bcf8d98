import type { TaskState } from '../../asl/types.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { dataLimitExceeded, StateFailed } from '../failure.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { isTooLarge } from '../payload.ts';
import { resourceName } from '../resources/resource-name.ts';
import { resourceFor } from '../resources/task-resource.ts';
import { callResource, type TaskAttempt } from '../task-attempt.ts';
import { taskEvents } from '../task-events.ts';
import { taskFailureOf } from '../task-failure.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';

/** Has something done outside and goes on with what came back. */
export async function runTask(frame: Frame, visit: StateVisit<TaskState>): Promise<Step> {
  // the task had come back before its execution was cut off: it is not done twice
  if (visit.resumed?.result !== undefined) return finish(frame, visit, JSON.parse(visit.resumed.result));
  const attempt = await prepareAttempt(frame, visit);
  const events = taskEvents(frame, attempt);
  events.scheduled();
  await frame.run.history.settled();
  const result = await callResource(frame, attempt, events).catch((error: unknown) => {
    const failure = taskFailureOf(error);
    events.failed(failure);
    throw new StateFailed(failure, { cause: error });
  });
  if (isTooLarge(result)) {
    const tooLarge = dataLimitExceeded(attempt.name.kind === 'service' ? attempt.name.service : attempt.name.arn);
    events.failed(tooLarge.failure);
    throw tooLarge;
  }
  events.succeeded(result);
  return finish(frame, visit, result);
}

async function prepareAttempt(frame: Frame, { state, visit, input }: StateVisit<TaskState>): Promise<TaskAttempt> {
  const name = resourceName(state.resource);
  if (name.pattern !== 'request-response' || name.kind === 'activity')
    visit.taskToken = newToken(frame, visit.enteredEventId);
  const scope = scopeOf(frame, visit, input);
  const parameters = await state.data.prepare(scope);
  const timeoutSeconds = await state.timeoutSeconds?.(scope);
  const heartbeatSeconds = await state.heartbeatSeconds?.(scope);
  const credentials = await state.credentials?.(scope);
  return {
    name,
    resource: resourceFor(frame.run.world.resources, name),
    parameters,
    visit,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatSeconds }),
    ...(credentials !== undefined && { credentials: withLowerRoleArn(credentials) }),
  };
}

/** The service writes `roleArn` where definitions write `RoleArn`. */
function withLowerRoleArn(credentials: Json): Json {
  return isJsonObject(credentials) && 'RoleArn' in credentials ? { roleArn: credentials.RoleArn ?? null } : credentials;
}

/** A token tells which visit it belongs to, and cannot be guessed. */
function newToken(frame: Frame, enteredEventId: number): string {
  const { identity, world } = frame.run;
  const random = Array.from({ length: 4 }, () => Math.floor(world.clock.chance() * 2 ** 32).toString(36)).join('');
  const plain = `${identity.executionArn}#${enteredEventId}#${frame.run.history.length}#${random}`;
  return Buffer.from(plain).toString('base64url');
}
