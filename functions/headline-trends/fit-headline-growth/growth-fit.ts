import { dispersionOf, fitLogit, type LogitFit, nullDeviance, type Observations } from './logit-fit.ts';
import { twoSidedP } from './normal-tail.ts';
import { judgeSeries } from './series-status.ts';

/** How the fit of one term ended; only `ok` and `flat` have coefficients. */
export const growthStatuses = [
  'ok',
  'flat',
  'insufficient_days',
  'no_occurrences',
  'saturated',
  'separated',
  'not_converged',
  'rejected',
] as const;

/** Changes with every change of the model that changes its results; part of a run's key. */
export const modelVersion = 'logit-irls-1';

/** The growth of one term over a window of days, with everything needed to judge it. */
export interface GrowthFit {
  readonly status: (typeof growthStatuses)[number];
  /** Where a separated series goes; else the sign of the slope, null when there is none. */
  readonly direction: 1 | -1 | null;
  readonly nDays: number;
  readonly daysWithTerm: number;
  readonly successes: number;
  readonly trials: number;
  readonly intercept: number | null;
  /** Growth of the odds per day, as a natural logarithm. */
  readonly slope: number | null;
  readonly seIntercept: number | null;
  readonly seSlope: number | null;
  /** Relative standard error of the slope; null for a flat series. */
  readonly rse: number | null;
  readonly pValue: number | null;
  readonly deviance: number | null;
  readonly nullDeviance: number | null;
  readonly dispersion: number | null;
  /** The relative standard error, widened when counts scatter more than binomial ones. */
  readonly adjustedRse: number | null;
  readonly iterations: number | null;
  readonly converged: boolean;
  /** Why the series was rejected. */
  readonly reason?: string;
}

const flatSlope = 1e-9;

/**
 * Fits the growth of one term. Never throws for what is in the counts: a bad term must not affect the others.
 *
 * @see the specification of headline-trends, §5.7 and §5.8
 */
export function fitGrowth(series: Observations, options: { maxIterations?: number } = {}): GrowthFit {
  const observations = daysWithTrials(series);
  const verdict = judgeSeries(observations);
  const unfitted = { ...withoutFit, ...figuresOf(observations) };
  if (verdict.status !== 'fittable') return { ...unfitted, ...verdict };
  const fit = fitLogit(observations, options);
  if (!fit.converged) return { ...unfitted, status: 'not_converged', iterations: fit.iterations };
  return { ...unfitted, ...diagnosed(observations, fit) };
}

/** A day on which nothing was published says nothing about any term. */
function daysWithTrials(series: Observations): Observations {
  const { day, trials, successes } = series;
  let hasEmptyDay = false;
  for (let i = 0; i < day.length && !hasEmptyDay; i += 1) hasEmptyDay = trials[i] === 0;
  if (!hasEmptyDay) return series;
  // a word on a day without words is for the verdict to reject
  const kept = Array.from(day, (_, index) => index).filter((index) => trials[index] !== 0 || successes[index] !== 0);
  const pick = (figures: ArrayLike<number>) => kept.map((index) => Number(figures[index]));
  return { day: pick(day), trials: pick(trials), successes: pick(successes) };
}

function figuresOf({ day, trials, successes }: Observations) {
  let [daysWithTerm, allSuccesses, allTrials] = [0, 0, 0];
  for (let i = 0; i < day.length; i += 1) {
    if (Number(successes[i]) > 0) daysWithTerm += 1;
    allSuccesses += Number(successes[i]);
    allTrials += Number(trials[i]);
  }
  return { nDays: day.length, daysWithTerm, successes: allSuccesses, trials: allTrials };
}

function diagnosed(observations: Observations, fit: LogitFit): Partial<GrowthFit> & Pick<GrowthFit, 'status'> {
  const { intercept, slope, seIntercept, seSlope, deviance, iterations, converged } = fit;
  const isFlat = Math.abs(slope) < flatSlope;
  const rse = isFlat ? null : seSlope / Math.abs(slope);
  const dispersion = dispersionOf(observations, fit);
  return {
    status: isFlat ? 'flat' : 'ok',
    direction: isFlat ? null : slope > 0 ? 1 : -1,
    intercept,
    slope: isFlat ? 0 : slope,
    seIntercept,
    seSlope,
    rse,
    pValue: twoSidedP(slope / seSlope),
    deviance,
    nullDeviance: nullDeviance(observations),
    dispersion,
    adjustedRse: rse === null ? null : rse * Math.sqrt(Math.max(1, dispersion ?? 1)),
    iterations,
    converged,
  };
}

const withoutFit = {
  direction: null,
  intercept: null,
  slope: null,
  seIntercept: null,
  seSlope: null,
  rse: null,
  pValue: null,
  deviance: null,
  nullDeviance: null,
  dispersion: null,
  adjustedRse: null,
  iterations: null,
  converged: false,
} as const;
