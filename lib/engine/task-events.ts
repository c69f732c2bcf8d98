import type { Json } from '../json.ts';
import type { Failure } from './failure.ts';
import { type Frame, record } from './frame.ts';
import type { Details } from './history.ts';
import { textOf } from './payload.ts';
import type { TaskAttempt } from './task-attempt.ts';

/*
 * The events of one attempt of a task, in the words that the service has for its kind of resource.
 *
 * See https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */

const kinds = { function: 'LambdaFunction', activity: 'Activity', service: 'Task' } as const;

export function recordScheduled(frame: Frame, attempt: TaskAttempt): void {
  const { name, timeoutSeconds, heartbeatSeconds, credentials } = attempt;
  record(frame, `${kinds[name.kind]}Scheduled`, () => ({
    ...(name.kind === 'service'
      ? { ...about(attempt), region: 'us-east-1', parameters: textOf(attempt.parameters) }
      : { resource: name.arn, input: textOf(attempt.parameters) }),
    ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
    ...(credentials !== undefined && { taskCredentials: credentials }),
  }));
}

/** @param workerName who took an activity task, when it said */
export function recordStarted(frame: Frame, attempt: TaskAttempt, workerName?: string): void {
  record(frame, `${kinds[attempt.name.kind]}Started`, () =>
    workerName === undefined ? about(attempt) : { workerName },
  );
}

export function recordSubmitted(frame: Frame, attempt: TaskAttempt, output: Json): void {
  record(frame, 'TaskSubmitted', () => ({ ...about(attempt), output: textOf(output) }));
}

export function recordSubmitFailed(frame: Frame, attempt: TaskAttempt, failure: Failure): void {
  record(frame, 'TaskSubmitFailed', () => ({ ...about(attempt), ...named(failure) }));
}

export function recordSucceeded(frame: Frame, attempt: TaskAttempt, output: Json): void {
  record(frame, `${kinds[attempt.name.kind]}Succeeded`, () => ({ ...about(attempt), output: textOf(output) }));
}

export function recordFailed(frame: Frame, attempt: TaskAttempt, failure: Failure): void {
  const ending = failure.error === 'States.Timeout' ? 'TimedOut' : 'Failed';
  record(frame, `${kinds[attempt.name.kind]}${ending}`, () => ({ ...about(attempt), ...named(failure) }));
}

function named({ error, cause }: Failure): Details {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** Events of services name their resource; those of functions and activities are named after theirs. */
function about({ name }: TaskAttempt): Details {
  return name.kind === 'service' ? { resourceType: name.service, resource: name.resource } : {};
}
