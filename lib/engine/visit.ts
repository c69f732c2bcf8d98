import { type Awaitable, andThen } from '../asl/awaitable.ts';
import type { State, StateExit } from '../asl/types.ts';
import type { Json } from '../json.ts';
import { Cancelled, dataLimitExceeded, errorOutputOf, type Failure, failureOf, StateFailed } from './failure.ts';
import { type Frame, record, scopeOf, type Visit } from './frame.ts';
import type { Details } from './history.ts';
import { isTooLarge, textOf } from './payload.ts';
import type { OpenVisit } from './resume-plan.ts';
import { catcherFor, nextRetrySeconds, type RetryCounts } from './retry.ts';

/** Where a line of states goes after a state; without `next` it has ended. */
export interface Step {
  readonly output: Json;
  readonly next?: string;
}

/** A visit to a state of one kind. */
export interface StateVisit<S extends State> {
  readonly state: S;
  readonly input: Json;
  readonly visit: Visit;
  /** What the state had done before its execution was redriven. */
  readonly resumed?: OpenVisit;
}

/** What a kind of state does between being entered and being left, whatever the kind. */
export type AnyBehaviour = (frame: Frame, visit: StateVisit<never>) => Awaitable<Step>;

interface Attempts extends StateVisit<State> {
  readonly behave: (frame: Frame, visit: StateVisit<State>) => Awaitable<Step>;
  readonly counts: RetryCounts;
}

/** Enters a state, lets it do its work as often as its `Retry` says, and leaves it one way or the other. */
export function visitState(frame: Frame, arrival: Arrival, behave: Attempts['behave']): Awaitable<Step> {
  const visit = enter(frame, arrival);
  return attempt(frame, { ...arrival, visit, behave, counts: arrival.state.retry.length > 0 ? new Map() : noCounts });
}

/** Of states without `Retry`; nothing is ever counted in it. */
const noCounts: RetryCounts = new Map();

/** A state, and what it is entered with. */
export type Arrival = Omit<StateVisit<State>, 'visit'>;

/** Goes into a state without doing anything there; a state that was entered before a redrive is not entered again. */
function enter(frame: Frame, { state, input, resumed }: Arrival): Visit {
  const enteredAfterId = frame.lastEventId;
  const isInside = resumed && !resumed.isReentered;
  const enteredEventId = isInside
    ? resumed.enteredEventId
    : record(
        frame,
        `${state.type}StateEntered`,
        () => ({ name: state.name, input: textOf(input) }),
        resumed ? { continues: true } : undefined,
      );
  const visit: Visit = {
    name: state.name,
    type: state.type,
    enteredEventId,
    enteredAfterId,
    enteredAtMs: frame.run.world.clock.now(),
    retryCount: 0,
  };
  frame.current = visit;
  return visit;
}

/**
 * Leaves a state with its output, its variables assigned.
 *
 * @throws {StateFailed} the output, or what is assigned, is larger than a payload may be
 */
export function leave(frame: Frame, state: State, exit: StateExit, next: string | undefined): void {
  if (isTooLarge(exit.output) || (exit.assigned && isTooLarge(exit.assigned))) throw dataLimitExceeded(state.name);
  record(frame, `${state.type}StateExited`, () => exitDetails(state, exit), next === undefined ? undefined : { next });
  if (exit.assigned) frame.variables = { ...frame.variables, ...exit.assigned };
}

function exitDetails(state: State, { output, assigned = {} }: StateExit): Details {
  const assignedVariables = Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, textOf(value)]));
  const hasAssigned = Object.keys(assigned).length > 0;
  return { name: state.name, output: textOf(output), ...(hasAssigned && { assignedVariables }) };
}

/** From a state's result to the next state, through its output fields. */
export function finish(frame: Frame, visit: StateVisit<State>, result: Json): Awaitable<Step> {
  const { state, input } = visit;
  const exit = state.data.finish(scopeOf(frame, visit.visit, input), result);
  return andThen(exit, (left) => {
    leave(frame, state, left, state.next);
    return state.next === undefined ? { output: left.output } : { output: left.output, next: state.next };
  });
}

function attempt(frame: Frame, attempts: Attempts): Awaitable<Step> {
  try {
    const step = attempts.behave(frame, attempts);
    return step instanceof Promise ? step.catch((error: unknown) => recover(frame, attempts, error)) : step;
  } catch (error) {
    return recover(frame, attempts, error);
  }
}

function recover(frame: Frame, attempts: Attempts, error: unknown): Awaitable<Step> {
  if (error instanceof Cancelled) throw error;
  const { state, visit, counts } = attempts;
  const failure = failureOf(error, visit);
  if (failure.evaluation) recordEvaluationFailed(frame, visit, failure);
  const { clock } = frame.run.world;
  const pauseSeconds = nextRetrySeconds(state.retry, failure, { counts, chance: clock.chance });
  if (pauseSeconds !== undefined) {
    visit.retryCount += 1;
    const pause = clock.sleep(pauseSeconds * 1_000, frame.cancellation.signal);
    const { resumed: _, ...again } = attempts;
    return pause.then(() => attempt(frame, again));
  }
  const hasOwnEvent = state.type === 'Parallel' || state.type === 'Map';
  if (hasOwnEvent && failure.error !== 'States.Runtime') record(frame, `${state.type}StateFailed`, {});
  return catchFailure(frame, attempts, failure);
}

function catchFailure(frame: Frame, attempts: Attempts, failure: Failure): Awaitable<Step> {
  const { state, visit, input } = attempts;
  const catcher = catcherFor(state.catch, failure);
  if (!catcher) throw new StateFailed(toldFailure(failure));
  const goOn = (exit: StateExit): Step => {
    leave(frame, state, exit, catcher.next);
    return { output: exit.output, next: catcher.next };
  };
  const fail = (error: unknown): never => {
    const failed = failureOf(error, visit);
    if (failed.evaluation) recordEvaluationFailed(frame, visit, failed);
    throw new StateFailed(toldFailure(failed));
  };
  try {
    const exit = catcher.finish(scopeOf(frame, visit, input), errorOutputOf(failure));
    return exit instanceof Promise ? exit.then(goOn).catch(fail) : goOn(exit);
  } catch (error) {
    return fail(error);
  }
}

/** The failure as states further out see it: where an expression failed has been recorded once. */
function toldFailure({ evaluation: _, ...failure }: Failure): Failure {
  return failure;
}

function recordEvaluationFailed(frame: Frame, visit: Visit, failure: Failure): void {
  // the service evaluates fields before it counts a state as entered, except those of a Wait
  const isEnteredLast = frame.lastEventId === visit.enteredEventId && visit.type !== 'Wait';
  if (isEnteredLast) frame.lastEventId = visit.enteredAfterId;
  const { error = null, cause = null } = failure;
  record(frame, 'EvaluationFailed', { error, cause, ...failure.evaluation, state: visit.name });
}
