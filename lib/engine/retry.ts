import type { Catcher, Retrier } from '../asl/types.ts';
import type { Failure } from './failure.ts';

/** How often each retrier of a state has been used during one visit. */
export type RetryCounts = Map<Retrier, number>;

/**
 * The pause before the next attempt, in seconds; undefined when no retrier takes this failure any more.
 *
 * Only the first retrier that matches is asked, as the service does; its use is counted.
 *
 * @see https://states-language.net/#retrying-after-error
 */
export function nextRetrySeconds(
  retriers: readonly Retrier[],
  failure: Failure,
  state: { counts: RetryCounts; chance: () => number },
): number | undefined {
  const retrier = retriers.find((candidate) => isNamedBy(candidate.errorEquals, failure));
  if (!retrier) return undefined;
  const used = state.counts.get(retrier) ?? 0;
  if (used >= retrier.maxAttempts) return undefined;
  state.counts.set(retrier, used + 1);
  const delaySeconds = backOffSeconds(retrier, used);
  return retrier.jitter === 'FULL' ? delaySeconds * state.chance() : delaySeconds;
}

/** The longest pause before a retrier's next attempt, after it has been used so many times. */
export function backOffSeconds(retrier: Retrier, used: number): number {
  const backedOff = retrier.intervalSeconds * retrier.backoffRate ** used;
  return Math.min(backedOff, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
}

/** The first catcher that takes this failure. */
export function catcherFor(catchers: readonly Catcher[], failure: Failure): Catcher | undefined {
  return catchers.find((candidate) => isNamedBy(candidate.errorEquals, failure));
}

/** Whether a retrier or catcher that lists these names takes the failure. */
export function isNamedBy(errorEquals: readonly string[], failure: Failure): boolean {
  // a machine that cannot go on is nothing that a state could repeat or put right
  if (failure.error === 'States.Runtime') return false;
  return errorEquals.some((name) => {
    if (name === 'States.ALL') return true;
    if (name === 'States.TaskFailed') return failure.error !== 'States.Timeout';
    if (name === 'States.HeartbeatTimeout') return failure.isHeartbeat === true || failure.error === name;
    return name === failure.error;
  });
}
