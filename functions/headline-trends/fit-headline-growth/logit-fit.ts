/** How often something happened on each of several days: `successes` out of `trials`, `day` being any number. */
export interface Observations {
  readonly day: ArrayLike<number>;
  readonly trials: ArrayLike<number>;
  readonly successes: ArrayLike<number>;
}

/** The curve `logit(p) = intercept + slope × day`, how sure it is, and how well it fits. */
export interface LogitFit {
  readonly intercept: number;
  readonly slope: number;
  /** Standard errors, at dispersion 1. */
  readonly seIntercept: number;
  readonly seSlope: number;
  readonly deviance: number;
  readonly iterations: number;
  /** False when the iterations ran out, or when a figure is not finite. */
  readonly converged: boolean;
}

interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** A line, how far it is from the counts, and what one weighted least squares about it gives. */
interface Evaluation {
  readonly line: Line;
  readonly deviance: number;
  readonly next: Line;
  /** Sum of the weights, their mean day, and how far the days are spread about it. */
  readonly weight: number;
  readonly meanDay: number;
  readonly spread: number;
}

const deviancePrecision = 1e-8;
const mostHalvings = 20;
/** Keeps weights above zero: the smallest step from 1 that a double knows. */
const leastProbability = 2.2e-16;

/**
 * Fits a binomial regression with logit link by iteratively reweighted least squares.
 *
 * Wants a maximum that exists: counts on two days or more that no day separates (see `series-status.ts`). Solves about
 * the weighted mean of the days, and halves a step that makes the fit worse.
 *
 * @see the specification of headline-trends, §5.2 and §5.8
 */
export function fitLogit(observations: Observations, { maxIterations = 100 } = {}): LogitFit {
  const saturated = saturatedLikelihoods(observations);
  let best = evaluate(observations, saturated, firstLine(observations));
  let { weight, meanDay, spread } = best;
  let iterations = 1;
  let converged = false;
  while (!converged && iterations < maxIterations) {
    const better = shortenedStep(observations, saturated, best);
    converged = Math.abs(better.deviance - best.deviance) <= deviancePrecision;
    // the weights that the line was solved with, not those it gives: so the known results have it, to six digits
    ({ weight, meanDay, spread } = best);
    best = better;
    iterations += 1;
  }
  const { line, deviance } = best;
  const seSlope = Math.sqrt(1 / spread);
  const seIntercept = Math.sqrt(1 / weight + meanDay ** 2 / spread);
  const areFinite = [line.intercept, line.slope, seSlope, seIntercept, deviance].every(Number.isFinite);
  return { ...line, seIntercept, seSlope, deviance, iterations, converged: converged && areFinite };
}

/** The deviance of one probability for all days: what a curve without a slope reaches. */
export function nullDeviance(observations: Observations): number {
  const share = sum(observations.successes) / sum(observations.trials);
  const level = { intercept: Math.log(share / (1 - share)), slope: 0 };
  return evaluate(observations, saturatedLikelihoods(observations), level).deviance;
}

/** Pearson's dispersion: 1 when counts scatter as binomial ones do; null when two days leave nothing to scatter. */
export function dispersionOf({ day, trials, successes }: Observations, line: Line): number | null {
  if (day.length <= 2) return null;
  let total = 0;
  for (let i = 0; i < day.length; i += 1) {
    const p = 1 / (1 + Math.exp(-(line.intercept + line.slope * at(day, i))));
    const expected = at(trials, i) * p;
    total += (at(successes, i) - expected) ** 2 / (expected * (1 - p));
  }
  return total / (day.length - 2);
}

/** The line by the weights of the counts themselves, pulled halfway to a half. */
function firstLine({ day, trials, successes }: Observations): Line {
  const origin = at(day, day.length >> 1);
  let [s0, s1, s2, r0, r1] = [0, 0, 0, 0, 0];
  for (let i = 0; i < day.length; i += 1) {
    const n = at(trials, i);
    const p = (at(successes, i) / n + 0.5) / 2;
    const weight = n * p * (1 - p);
    const response = weight * Math.log(p / (1 - p)) + (at(successes, i) - n * p);
    const t = at(day, i) - origin;
    s0 += weight;
    s1 += weight * t;
    s2 += weight * t * t;
    r0 += response;
    r1 += response * t;
  }
  return solve([s0, s1, s2, r0, r1], origin).next;
}

/**
 * One pass over the days: the line's deviance, and the working response's weighted sums for the next line.
 *
 * The deviance adds up each day's own difference to its best: sums of small figures keep the digits that sums of large
 * ones lose. Days are counted from one in the middle: small whole numbers, of which sums stay exact enough.
 */
function evaluate({ day, trials, successes }: Observations, saturated: Float64Array, line: Line): Evaluation {
  const { intercept, slope } = line;
  const origin = at(day, day.length >> 1);
  let [halfDeviance, s0, s1, s2, r0, r1] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < day.length; i += 1) {
    const t = at(day, i) - origin;
    const n = at(trials, i);
    const s = at(successes, i);
    const eta = intercept + slope * at(day, i);
    const odds = Math.exp(eta);
    const p = clipped(odds / (1 + odds));
    const weight = n * p * (1 - p);
    const response = weight * eta + (s - n * p);
    halfDeviance += at(saturated, i) - (s * eta - n * (eta > 30 ? eta : Math.log(1 + odds)));
    s0 += weight;
    s1 += weight * t;
    s2 += weight * t * t;
    r0 += response;
    r1 += response * t;
  }
  return { line, deviance: 2 * halfDeviance, ...solve([s0, s1, s2, r0, r1], origin) };
}

/** Of the weights, the weights by day, by its square, of the responses, and of the responses by day. */
type Sums = readonly [s0: number, s1: number, s2: number, r0: number, r1: number];

/** The weighted least squares about the weighted mean of the days. */
function solve([s0, s1, s2, r0, r1]: Sums, origin: number) {
  const mean = s1 / s0;
  const spread = s2 - mean * s1;
  const slope = (r1 - mean * r0) / spread;
  const meanDay = origin + mean;
  return { next: { intercept: r0 / s0 - slope * meanDay, slope }, weight: s0, meanDay, spread };
}

function shortenedStep(observations: Observations, saturated: Float64Array, from: Evaluation): Evaluation {
  let step = evaluate(observations, saturated, from.next);
  for (let halving = 0; halving < mostHalvings && step.deviance > from.deviance + deviancePrecision; halving += 1) {
    const intercept = (from.line.intercept + step.line.intercept) / 2;
    const slope = (from.line.slope + step.line.slope) / 2;
    step = evaluate(observations, saturated, { intercept, slope });
  }
  return step;
}

function saturatedLikelihoods({ day, trials, successes }: Observations): Float64Array {
  const likelihoods = new Float64Array(day.length);
  for (let i = 0; i < day.length; i += 1) {
    const s = at(successes, i);
    const n = at(trials, i);
    if (s > 0 && s < n) likelihoods[i] = s * Math.log(s / n) + (n - s) * Math.log((n - s) / n);
  }
  return likelihoods;
}

function clipped(p: number): number {
  return p < leastProbability ? leastProbability : p > 1 - leastProbability ? 1 - leastProbability : p;
}

function sum(figures: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < figures.length; i += 1) total += at(figures, i);
  return total;
}

function at(figures: ArrayLike<number>, index: number): number {
  return figures[index] as number; // every caller stays below the length, and a check here would be half of the time
}
