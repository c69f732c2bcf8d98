import type { Scope, Variables } from '../asl/types.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Cancellation } from './cancellation.ts';
import { Cancelled } from './failure.ts';
import type { Details } from './history.ts';
import type { Run } from './run.ts';

/** One line of states: the machine itself, a branch of a Parallel, an iteration of a Map. */
export interface Frame {
  readonly run: Run;
  /** Place among all lines of the execution; '' for the machine. */
  readonly path: string;
  readonly cancellation: Cancellation;
  /** `Map` of the context object, inside an iteration. */
  readonly mapContext?: JsonObject;
  /** Replaced, never changed: lines inside share what they have not assigned themselves. */
  variables: Variables;
  /** The event that the next one follows from. */
  lastEventId: number;
  /** The state it is in; undefined before the first and after the last. */
  current?: Visit;
}

/** One stay in a state. */
export interface Visit {
  readonly name: string;
  readonly type: string;
  readonly enteredEventId: number;
  /** What the state was entered from; the service lets `EvaluationFailed` follow from there. */
  readonly enteredAfterId: number;
  readonly enteredAtMs: number;
  /** How often the state has been retried so far. */
  retryCount: number;
  taskToken?: string;
}

/**
 * Appends an event to the history; it follows from the line's last event and becomes that itself.
 *
 * @throws {Cancelled} the line was aborted and has no more to say
 */
export function record(frame: Frame, type: string, details: Details): number {
  frame.lastEventId = recordAside(frame, type, details);
  return frame.lastEventId;
}

/** Like {@link record}, for an event that none of the line follows from. */
export function recordAside(frame: Frame, type: string, details: Details): number {
  if (frame.cancellation.isCancelled) throw new Cancelled();
  return append(frame, type, details);
}

/** Records even what a line could no longer say itself: that it was aborted. */
export function append(frame: Frame, type: string, details: Details): number {
  return frame.run.history.append({ previousEventId: frame.lastEventId, type, details, frame: frame.path });
}

/** A line of states inside another one. */
export function childFrame(parent: Frame, path: string, mapContext?: JsonObject): Frame {
  const inherited = mapContext ?? parent.mapContext;
  return {
    run: parent.run,
    path: parent.path === '' ? path : `${parent.path}/${path}`,
    cancellation: parent.cancellation.child(),
    variables: parent.variables,
    lastEventId: parent.lastEventId,
    ...(inherited && { mapContext: inherited }),
  };
}

/** What the fields of the current state can see. The context object is put together only when something reads it. */
export function scopeOf(frame: Frame, visit: Visit, input: Json): Scope {
  const { clock } = frame.run.world;
  return {
    input,
    variables: frame.variables,
    now: clock.now,
    chance: clock.chance,
    get context() {
      return contextOf(frame, visit);
    },
  };
}

function contextOf(frame: Frame, visit: Visit): JsonObject {
  const state = { Name: visit.name, EnteredTime: new Date(visit.enteredAtMs).toISOString() };
  return {
    ...frame.run.context,
    State: visit.type === 'Task' ? { ...state, RetryCount: visit.retryCount } : state,
    ...(visit.taskToken !== undefined && { Task: { Token: visit.taskToken } }),
    ...(frame.mapContext && { Map: frame.mapContext }),
  };
}
