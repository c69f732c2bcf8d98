import type { Scope, Variables } from '../asl/types.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Cancellation } from './cancellation.ts';
import { Cancelled, HistoryFull } from './failure.ts';
import type { DetailsSource, RecordedEvent } from './history.ts';
import type { FramePlan } from './resume-plan.ts';
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
  /** What it had done before its execution was redriven. */
  readonly plan?: FramePlan;
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
 * @throws {Cancelled} the line was aborted and has no more to say, or the history is full
 */
export function record(frame: Frame, type: string, details: DetailsSource, own?: Private): number {
  frame.lastEventId = recordAside(frame, type, details, own);
  return frame.lastEventId;
}

/** Like {@link record}, for an event that nothing in the line follows from. */
export function recordAside(frame: Frame, type: string, details: DetailsSource, own?: Private): number {
  if (frame.cancellation.isCancelled) throw new Cancelled();
  // the last event of a full history is the execution's end
  if (frame.run.history.length >= frame.run.maxEvents - 1) throw new HistoryFull();
  return append(frame, type, details, own);
}

/** What a history keeps for itself about an event. */
type Private = Pick<RecordedEvent, 'next' | 'continues'>;

/** Records even what a line could no longer say itself: that it was aborted. */
export function append(frame: Frame, type: string, details: DetailsSource, own?: Private): number {
  const { history } = frame.run;
  if (history.count) return history.count();
  const made = typeof details === 'function' ? details() : details;
  return history.append({ previousEventId: frame.lastEventId, type, details: made, frame: frame.path, ...own });
}

/** A line of states inside another one. */
export function childFrame(parent: Frame, child: { key: string; plan?: FramePlan; mapContext?: JsonObject }): Frame {
  const inherited = child.mapContext ?? parent.mapContext;
  return {
    run: parent.run,
    path: parent.path === '' ? child.key : `${parent.path}/${child.key}`,
    ...(child.plan && { plan: child.plan }),
    cancellation: parent.cancellation.child(),
    variables: parent.variables,
    lastEventId: parent.lastEventId,
    ...(inherited && { mapContext: inherited }),
  };
}

/** The last part of the path of a branch, and of the path of an iteration. */
export const frameKey = {
  branch: (stateName: string, index: number): string => `${encodeURIComponent(stateName)}{${index}}`,
  iteration: (stateName: string, index: number): string => `${encodeURIComponent(stateName)}[${index}]`,
};

/** What the fields of the current state can see. The context object is put together only when something reads it. */
export function scopeOf(frame: Frame, visit: Visit, input: Json): Scope {
  return new StateScope(frame, visit, input);
}

class StateScope implements Scope {
  readonly input: Json;
  readonly variables: Variables;
  readonly now: () => number;
  readonly chance: () => number;
  readonly #frame: Frame;
  readonly #visit: Visit;

  constructor(frame: Frame, visit: Visit, input: Json) {
    const { now, chance } = frame.run.world.clock;
    this.input = input;
    this.variables = frame.variables;
    this.now = now;
    this.chance = chance;
    this.#frame = frame;
    this.#visit = visit;
  }

  get context(): JsonObject {
    return contextOf(this.#frame, this.#visit);
  }
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
