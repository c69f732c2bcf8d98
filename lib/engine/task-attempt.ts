import type { Awaitable } from '../asl/awaitable.ts';
import type { Json } from '../json.ts';
import type { Cancellation } from './cancellation.ts';
import { type Deadline, withinDeadline } from './deadline.ts';
import type { Frame, Visit } from './frame.ts';
import type { ResourceName } from './resources/resource-name.ts';
import type { TaskCall, TaskResource } from './resources/task-resource.ts';
import type { RunIdentity } from './run.ts';
import { recordStarted, recordSubmitted } from './task-events.ts';
import { SubmitFailed, TaskFailed, taskFailureOf } from './task-failure.ts';

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
export function callResource(frame: Frame, attempt: TaskAttempt): Awaitable<Json> {
  const isSimple = attempt.timeoutSeconds === undefined && attempt.visit.taskToken === undefined;
  if (!isSimple) return callWithinLimits(frame, attempt);
  // nothing but its own end can end this task: when its line is aborted, what comes back is not recorded any more
  recordStarted(frame, attempt);
  return attempt.resource.call(taskCall(frame, attempt, frame.cancellation));
}

async function callWithinLimits(frame: Frame, attempt: TaskAttempt): Promise<Json> {
  const { clock, tokens } = frame.run.world;
  const { timeoutSeconds, heartbeatSeconds, visit } = attempt;
  const cancellation = frame.cancellation.child();
  const deadline: Deadline = {
    clock,
    cancellation,
    lastBeatMs: clock.now(),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    // only a task that holds a token can give a sign of life
    ...(heartbeatSeconds !== undefined && visit.taskToken !== undefined && { heartbeatSeconds }),
  };
  const returned = issueToken(frame, attempt, deadline);
  try {
    const call = taskCall(frame, attempt, cancellation);
    return await withinDeadline(deadline, untilDone(frame, attempt, { call, returned }));
  } finally {
    cancellation.release();
    cancellation.cancel();
    if (visit.taskToken !== undefined) tokens.revoke(visit.taskToken);
  }
}

interface Progress {
  readonly call: TaskCall;
  /** The result that comes back through the task's token. */
  readonly returned: Promise<Json> | undefined;
}

async function untilDone(frame: Frame, attempt: TaskAttempt, { call, returned }: Progress): Promise<Json> {
  const { resource, name } = attempt;
  if (name.kind === 'activity') {
    const workerName = await resource.call(call);
    recordStarted(frame, attempt, typeof workerName === 'string' ? workerName : undefined);
    return firstOf([returned]);
  }
  recordStarted(frame, attempt);
  if (name.pattern === 'request-response') return resource.call(call);
  const submitted = await submit(resource, call);
  recordSubmitted(frame, attempt, submitted);
  const finished = name.pattern === 'wait-for-task-token' ? undefined : resource.finish?.(call, submitted);
  return firstOf([finished, returned]);
}

async function submit(resource: TaskResource, call: TaskCall): Promise<Json> {
  try {
    return await resource.call(call);
  } catch (error) {
    throw new SubmitFailed(taskFailureOf(error), { cause: error });
  }
}

function firstOf(endings: readonly (Promise<Json> | undefined)[]): Promise<Json> {
  return Promise.race(endings.filter((ending) => ending !== undefined));
}

function taskCall(frame: Frame, attempt: TaskAttempt, cancellation: Cancellation): TaskCall {
  return new AttemptCall(frame.run.identity, attempt, cancellation);
}

/** A class, so that the signal is made only for resources that ask for it. */
class AttemptCall implements TaskCall {
  readonly resource: ResourceName;
  readonly parameters: Json;
  readonly executionArn: string;
  readonly executionName: string;
  readonly stateName: string;
  readonly visitId: string;
  readonly attempt: number;
  readonly credentials?: Json;
  readonly taskToken?: string;
  readonly #cancellation: Cancellation;

  constructor(
    identity: RunIdentity,
    { name, parameters, visit, credentials }: TaskAttempt,
    cancellation: Cancellation,
  ) {
    this.resource = name;
    this.parameters = parameters;
    this.executionArn = identity.executionArn;
    this.executionName = identity.executionName;
    this.stateName = visit.name;
    this.visitId = String(visit.enteredEventId);
    this.attempt = visit.retryCount + 1;
    if (credentials !== undefined) this.credentials = credentials;
    if (visit.taskToken !== undefined) this.taskToken = visit.taskToken;
    this.#cancellation = cancellation;
  }

  get signal(): AbortSignal {
    return this.#cancellation.signal;
  }
}

function issueToken(frame: Frame, { visit }: TaskAttempt, deadline: Deadline): Promise<Json> | undefined {
  const { taskToken } = visit;
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
