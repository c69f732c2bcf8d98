import type { Observations } from './logit-fit.ts';

/** What a term's series is good for, before anything is fitted. */
export type SeriesVerdict =
  | { readonly status: 'fittable' }
  | { readonly status: 'rejected'; readonly reason: string }
  | { readonly status: 'insufficient_days' | 'no_occurrences' | 'saturated' }
  | { readonly status: 'separated'; readonly direction: 1 | -1 };

/**
 * Judges whether a series has a most likely curve; days without trials tell nothing and must have been left out.
 *
 * A series is separated when some day has only failures before it and only successes after it, or the other way
 * round: then the steepest curve is the most likely one, and the maximum lies at infinity.
 *
 * @see the specification of headline-trends, §5.8
 */
export function judgeSeries(observations: Observations): SeriesVerdict {
  const { day, trials, successes } = observations;
  const span = { firstS: Infinity, lastS: -Infinity, firstF: Infinity, lastF: -Infinity };
  for (let i = 0; i < day.length; i += 1) {
    const [t = 0, n = 0, s = 0] = [day[i], trials[i], successes[i]];
    const problem = problemWith(t, n, s);
    if (problem) return { status: 'rejected', reason: problem };
    if (s > 0) [span.firstS, span.lastS] = [Math.min(span.firstS, t), Math.max(span.lastS, t)];
    if (s < n) [span.firstF, span.lastF] = [Math.min(span.firstF, t), Math.max(span.lastF, t)];
  }
  const { firstS, lastS, firstF, lastF } = span;
  // also when there is no day at all, as the first is then after the last
  if (Math.min(firstS, firstF) >= Math.max(lastS, lastF)) return { status: 'insufficient_days' };
  if (firstS > lastS) return { status: 'no_occurrences' };
  if (firstF > lastF) return { status: 'saturated' };
  if (firstS >= lastF) return { status: 'separated', direction: 1 };
  if (lastS <= firstF) return { status: 'separated', direction: -1 };
  return { status: 'fittable' };
}

function problemWith(day: number, trials: number, successes: number): string | undefined {
  if (!Number.isInteger(day)) return `day ${day} is not a whole number`;
  if (!Number.isInteger(trials) || trials < 0) return `${trials} trials on day ${day}; a count is a whole number`;
  if (!Number.isInteger(successes) || successes < 0) {
    return `${successes} successes on day ${day}; a count is a whole number`;
  }
  return successes > trials ? `${successes} successes out of ${trials} trials on day ${day}` : undefined;
}
