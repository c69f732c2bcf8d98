import { QueryEvaluationError } from '../asl/jsonata.ts';
import { StatesError, UsageError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** How a state failed, as `Retry` and `Catch` see it; the service sometimes gives neither name nor cause. */
export interface Failure {
  readonly error?: string;
  readonly cause?: string;
  /** A `States.Timeout` because no heartbeat came. */
  readonly isHeartbeat?: true;
  /** Where an expression stands that failed; the history then gets an `EvaluationFailed` event. */
  readonly evaluation?: { readonly location?: string };
}

/** Carries a {@link Failure} from where it happens to the state that may retry or catch it. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.error ?? 'failed'}: ${failure.cause ?? ''}`, options);
    this.failure = failure;
  }
}

/** Unwinds a branch or iteration that was aborted; nothing of it is recorded any more. */
export class Cancelled extends Error {
  override readonly name: string = 'Cancelled';
}

/** Unwinds an execution whose history can take no more events; no state can do anything about it. */
export class HistoryFull extends Cancelled {
  override readonly name = 'HistoryFull';
}

/** What a state's catcher gets as its error output. */
export function errorOutputOf(failure: Failure): JsonObject {
  const isUnnamed = failure.error === undefined && failure.cause === undefined;
  if (isUnnamed) return { Error: null, Cause: null };
  return { Error: failure.error ?? null, Cause: failure.cause ?? '' };
}

/**
 * What an error thrown while a state ran means to the machine.
 *
 * An error of the language itself is told with the state and where it was entered, as the service does. Everything
 * that is neither is a bug of ours and passes on as it is.
 */
export function failureOf(error: unknown, state: { name: string; enteredEventId: number }): Failure {
  if (error instanceof StateFailed) return error.failure;
  if (error instanceof UsageError) return { error: 'States.Runtime', cause: withHint(error) };
  if (!(error instanceof StatesError)) throw error;
  const where = `An error occurred while executing the state '${state.name}' (entered at the event id #${state.enteredEventId}).`;
  const failure = { error: error.name, cause: `${where} ${error.message}` };
  if (!(error instanceof QueryEvaluationError)) return failure;
  return { ...failure, evaluation: error.location === undefined ? {} : { location: error.location } };
}

/** A mistake that shows only now, such as a resource that nobody has registered. */
function withHint({ message, hint }: UsageError): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}

/** The state or task gave more than a payload may hold. */
export function dataLimitExceeded(name: string): StateFailed {
  const cause = `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  return new StateFailed({ error: 'States.DataLimitExceeded', cause });
}

/** The cause of an execution's failure when its history has no room left. */
export function historyFull(maxEvents: number): string {
  return `The execution reached the maximum number of history events (${maxEvents}).`;
}
