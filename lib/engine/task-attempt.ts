import type { Json } from '../json.ts';
import type { Cancellation } from './cancellation.ts';
import { type Deadline, withinDeadline } from './deadline.ts';
import type { Frame, Visit } from './frame.ts';
import type { ResourceName } from './resources/resource-name.ts';
import type { TaskCall, TaskResource } from './resources/task-resource.ts';
import type { TaskEvents } from './task-events.ts';
import { TaskFailed } from './task-failure.ts';

/** One attempt of a Task state, with its fields evaluated. */
export interface TaskAttempt {
  readonly name: ResourceName;
  readonly resource: TaskResource;
  readonly parameters: Json;
  readonly visit: Visit;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  readonly credentials?: Json;
}

/**
 * Calls the resource and waits for the task's result, as its pattern says and no longer than its timeouts allow.
 *
 * @throws what the resource throws; {@link TaskFailed} with `States.Timeout`; `Cancelled`
 */
export async function callResource(frame: Frame, attempt: TaskAttempt, events: TaskEvents): Promise<Json> {
  const { clock } = frame.run.world;
  const cancellation = frame.cancellation.child();
  const deadline: Deadline = {
    clock,
    cancellation,
    lastBeatMs: clock.now(),
    ...(attempt.timeoutSeconds !== undefined && { timeoutSeconds: attempt.timeoutSeconds }),
    ...(attempt.heartbeatSeconds !== undefined && { heartbeatSeconds: attempt.heartbeatSeconds }),
  };
  const returned = issueToken(frame, attempt, deadline);
  try {
    const call = taskCall(frame, attempt, cancellation);
    return await withinDeadline(deadline, untilDone({ call, attempt, events, returned }));
  } finally {
    cancellation.release();
    cancellation.cancel();
    if (attempt.visit.taskToken !== undefined) frame.run.world.tokens.revoke(attempt.visit.taskToken);
  }
}

interface Progress {
  readonly call: TaskCall;
  readonly attempt: TaskAttempt;
  readonly events: TaskEvents;
  /** The result that comes back through the task's token. */
  readonly returned: Promise<Json> | undefined;
}

async function untilDone({ call, attempt, events, returned }: Progress): Promise<Json> {
  const { resource, name } = attempt;
  if (name.kind === 'activity') {
    const workerName = await resource.call(call);
    events.started(typeof workerName === 'string' ? workerName : undefined);
    return Promise.race([returned].filter((ending) => ending !== undefined));
  }
  events.started();
  const submitted = await resource.call(call);
  if (name.pattern === 'request-response') return submitted;
  events.submitted(submitted);
  const finished = name.pattern === 'wait-for-task-token' ? undefined : resource.finish?.(call, submitted);
  return Promise.race([finished, returned].filter((ending) => ending !== undefined));
}

function taskCall(frame: Frame, attempt: TaskAttempt, cancellation: Cancellation): TaskCall {
  const { identity } = frame.run;
  const { visit, credentials } = attempt;
  return {
    resource: attempt.name,
    parameters: attempt.parameters,
    executionArn: identity.executionArn,
    executionName: identity.executionName,
    stateName: visit.name,
    visitId: String(visit.enteredEventId),
    attempt: visit.retryCount + 1,
    get signal() {
      return cancellation.signal;
    },
    ...(credentials !== undefined && { credentials }),
    ...(visit.taskToken !== undefined && { taskToken: visit.taskToken }),
  };
}

function issueToken(frame: Frame, attempt: TaskAttempt, deadline: Deadline): Promise<Json> | undefined {
  const { taskToken } = attempt.visit;
  if (taskToken === undefined) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<Json>();
  // a token may come back with a failure while nobody listens yet, or any more
  promise.catch(() => undefined);
  frame.run.world.tokens.issue(taskToken, {
    settle: (outcome) => ('failure' in outcome ? reject(new TaskFailed(outcome.failure)) : resolve(outcome.output)),
    heartbeat() {
      deadline.lastBeatMs = deadline.clock.now();
    },
  });
  return promise;
}
