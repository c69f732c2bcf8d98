import type { Clock } from '../clock.ts';

/** Longest pause before an attempt that the source did not ask for, in seconds. */
const longestPauseSeconds = 8;

/**
 * How long to wait before the next attempt, in milliseconds: up to 1, 2, 4, then 8 seconds, any time below being
 * equally likely, so that clients that failed together do not come back together.
 *
 * @param failedAttempts how many there were, from 1
 */
export function retryPauseMs(failedAttempts: number, clock: Pick<Clock, 'chance'>): number {
  return Math.round(clock.chance() * Math.min(longestPauseSeconds, 2 ** (failedAttempts - 1)) * 1000);
}

/**
 * What a `Retry-After` header asks for, in milliseconds from now; undefined when it is absent or says nothing usable.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(header: string | null, clock: Pick<Clock, 'now'>): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}
