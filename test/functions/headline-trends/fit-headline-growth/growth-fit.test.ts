import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitGrowth, type GrowthFit } from '../../../../functions/headline-trends/fit-headline-growth/growth-fit.ts';
import { csvRows, hasData } from '../expected-trends.ts';

/** A series of `days` days with one count each, out of `trials` every day. */
function aSeries(trials: number, successes: readonly number[], day = successes.map((_, index) => index)) {
  return { day, trials: successes.map(() => trials), successes };
}

/** The counts that a curve predicts, rounded. */
function curve({ days, trials, b0, b1 }: { days: number; trials: number; b0: number; b1: number }) {
  const counts = Array.from({ length: days }, (_, t) => Math.round(trials / (1 + Math.exp(-(b0 + b1 * t)))));
  return aSeries(trials, counts);
}

const f8 = [1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 2];
const zeros = (count: number) => Array.from({ length: count }, () => 0);
const present = f8.flatMap((count, t) => (count > 0 ? [t] : []));

const known: readonly Known[] = [
  {
    name: 'F1, a doubling every day',
    series: aSeries(100, [1, 2, 4, 8, 16]),
    expected: [-4.6533351856, 0.7456397057, 0.173859192, 0.2331678298, 1.79676e-5],
    deviance: 0.0118666172,
  },
  {
    name: 'F2, two days',
    series: aSeries(100, [5, 20], [0, 10]),
    expected: [-2.9444389792, 0.1558144618, 0.0522519197, 0.3353470471, 2.86386e-3],
    deviance: 0,
  },
  {
    name: 'F3, half a year of growth',
    series: curve({ days: 181, trials: 1000, b0: -4, b1: 0.02 }),
    expected: [-4.0011246475, 0.0200072665, 0.0001671821, 0.0083560691, 0],
    deviance: 0.2472834721,
  },
  {
    name: 'F4, half a year of decline',
    series: curve({ days: 181, trials: 1000, b0: -3, b1: -0.015 }),
    expected: [-2.9986597982, -0.0150177874, 0.0004123917, 0.0274602151, 2.3e-290],
    deviance: 1.6914023488,
  },
  {
    name: 'F5, as F3 with more words',
    series: curve({ days: 181, trials: 100_000, b0: -4, b1: 0.02 }),
    expected: [-3.9999954633, 0.0199999816, 1.67143e-5, 8.35717e-4, 0],
    deviance: undefined,
    // its standard errors are printed with six digits
    precision: 3e-6,
  },
  {
    name: 'F6, a rare word',
    series: curve({ days: 181, trials: 1500, b0: -7, b1: 0.01 }),
    expected: [-6.9937177388, 0.0099545385, 0.0007858951, 0.0789484193, 9.07e-37],
    deviance: undefined,
  },
  {
    name: 'F8, mostly zeros',
    series: aSeries(50, f8),
    expected: [-5.5449819958, 0.095083919, 0.0572542906, 0.6021448337, 0.0967677],
    deviance: 13.0632550575,
  },
  {
    name: 'F9, F8 without its zeros',
    series: aSeries(
      50,
      f8.filter((count) => count > 0),
      present,
    ),
    expected: [-4.0305510331, 0.0194713574, 0.0531248028, 2.728356368, 0.7139763],
    deviance: undefined,
  },
];

interface Known {
  readonly name: string;
  readonly series: ReturnType<typeof aSeries>;
  readonly expected: readonly number[];
  readonly deviance: number | undefined;
  readonly precision?: number;
}

/** As many digits as the specification prints, and no fewer than its tolerance allows. */
function expectFigures(fit: GrowthFit, expected: readonly number[], precision = 1e-6): void {
  const actual = [fit.intercept, fit.slope, fit.seSlope, fit.rse];
  for (const [index, figure] of actual.entries()) {
    expect(Math.abs((figure ?? Number.NaN) / (expected[index] ?? 0) - 1)).toBeLessThan(precision);
  }
  const [p, expectedP = 0] = [fit.pValue ?? Number.NaN, expected[4]];
  // F4's is printed with two digits, F6's with three
  expect(expectedP === 0 ? p : Math.abs(p / expectedP - 1)).toBeLessThan(expectedP < 1e-30 ? 0.022 : 1e-4);
}

describe('fitGrowth', () => {
  it.each(known)('finds the known answer of $name', ({ series, expected, deviance, precision }) => {
    const fit = fitGrowth(series);

    expect(fit.status).toBe('ok');
    expectFigures(fit, expected, precision);
    if (deviance !== undefined) expect(Math.abs((fit.deviance ?? Number.NaN) - deviance)).toBeLessThan(1e-8);
  });

  it.skipIf(!hasData)('finds the known answer of F7, twelve real days of a word', () => {
    const rows = csvRows('fixtures/trump_2024-01-01_to_12.csv');

    const fit = fitGrowth({
      day: rows.map(({ publication_date = '' }) => Number(publication_date.slice(-2)) - 1),
      trials: rows.map(({ trials }) => Number(trials)),
      successes: rows.map(({ successes }) => Number(successes)),
    });

    expectFigures(fit, [-5.2455399391, 0.0910568318, 0.0270256093, 0.2967993587, 7.5365e-4]);
    expect(fit.deviance).toBeCloseTo(11.2214524862, 8);
  });

  it('comes near the parameters that the counts were made from', () => {
    const f3 = fitGrowth(curve({ days: 181, trials: 1000, b0: -4, b1: 0.02 }));
    const f5 = fitGrowth(curve({ days: 181, trials: 100_000, b0: -4, b1: 0.02 }));

    expect(Math.abs((f3.slope ?? 0) - 0.02)).toBeLessThanOrEqual(2e-5);
    expect(Math.abs((f3.intercept ?? 0) + 4)).toBeLessThanOrEqual(2e-3);
    expect(Math.abs((f5.slope ?? 0) - 0.02)).toBeLessThanOrEqual(1e-7);
  });

  it.each([
    { name: 'no word on any day', series: aSeries(100, zeros(10)), expected: { status: 'no_occurrences' } },
    { name: 'nothing but the word', series: aSeries(10, zeros(10).fill(10)), expected: { status: 'saturated' } },
    { name: 'a single point at the start', series: aSeries(100, [5], [0]), expected: { status: 'insufficient_days' } },
    { name: 'a single point later', series: aSeries(100, [5], [7]), expected: { status: 'insufficient_days' } },
    {
      name: 'three rows on one day',
      series: aSeries(100, [5, 6, 7], [3, 3, 3]),
      expected: { status: 'insufficient_days' },
    },
    { name: 'no day at all', series: aSeries(100, []), expected: { status: 'insufficient_days' } },
    {
      name: 'a clean step',
      series: aSeries(10, [0, 0, 0, 10, 10, 10]),
      expected: { status: 'separated', direction: 1 },
    },
    {
      name: 'an almost clean step',
      series: aSeries(10, [0, 0, 0, 1, 10, 10]),
      expected: { status: 'separated', direction: 1 },
    },
    {
      name: 'a spike on the last day',
      series: aSeries(1000, [...zeros(180), 60]),
      expected: { status: 'separated', direction: 1 },
    },
    {
      name: 'a spike on the first day',
      series: aSeries(1000, [60, ...zeros(180)]),
      expected: { status: 'separated', direction: -1 },
    },
  ])('gives no coefficients to $name', ({ series, expected }) => {
    const fit = fitGrowth(series);

    expect(fit).toMatchObject({ direction: null, ...expected });
    expect([fit.intercept, fit.slope, fit.seSlope, fit.rse, fit.pValue]).toEqual([null, null, null, null, null]);
  });

  it('calls a level series flat, and keeps how sure that is', () => {
    const fit = fitGrowth(aSeries(100, zeros(10).fill(5)));

    expect(fit).toMatchObject({ status: 'flat', slope: 0, rse: null, direction: null });
    expect(fit.intercept).toBeCloseTo(-2.9444389792, 9);
    expect(fit.seSlope).toBeCloseTo(0.0505156814, 8);
    expect(fit.pValue).toBeCloseTo(1, 9);
  });

  it('sees no growth in a spike in the middle, but much dispersion', () => {
    const beside = fitGrowth(aSeries(1000, [...zeros(92), 60, ...zeros(90)]));
    const centred = fitGrowth(aSeries(1000, [...zeros(91), 60, ...zeros(91)]));

    expect(beside).toMatchObject({ status: 'ok' });
    expect(Math.abs(beside.slope ?? 1)).toBeLessThan(0.005);
    expect(beside.dispersion).toBeGreaterThan(50);
    expect(centred).toMatchObject({ status: 'flat', slope: 0 });
  });

  it('says when the iterations did not suffice', () => {
    const fit = fitGrowth(aSeries(100, [1, 2, 4, 8, 16]), { maxIterations: 2 });

    expect(fit).toMatchObject({ status: 'not_converged', slope: null, iterations: 2, converged: false });
  });

  it.each([
    {
      name: 'a negative count',
      series: aSeries(10, [1, -1, 2]),
      reason: '-1 successes on day 1; a count is a whole number',
    },
    {
      name: 'half a word',
      series: aSeries(10, [1, 0.5, 2]),
      reason: '0.5 successes on day 1; a count is a whole number',
    },
    {
      name: 'more words than words',
      series: aSeries(10, [1, 11, 2]),
      reason: '11 successes out of 10 trials on day 1',
    },
  ])('rejects $name', ({ series, reason }) => {
    expect(fitGrowth(series)).toMatchObject({ status: 'rejected', reason, slope: null });
  });

  it('passes over days on which nothing was published', () => {
    const { day, trials, successes } = aSeries(50, f8);
    const withGap = { day: [...day, 20, 21], trials: [...trials, 0, 0], successes: [...successes, 0, 0] };

    expect(fitGrowth(withGap)).toEqual(fitGrowth({ day, trials, successes }));
  });

  it('does not depend on the order of days, on where they start, or on the scale of counts', () => {
    const series = fc
      .array(fc.record({ successes: fc.nat({ max: 20 }), others: fc.integer({ min: 1, max: 500 }) }), {
        minLength: 5,
        maxLength: 60,
      })
      .map((rows) => ({
        day: rows.map((_, index) => index),
        trials: rows.map(({ successes, others }) => successes + others),
        successes: rows.map(({ successes }) => successes),
      }))
      .filter((one) => fitGrowth(one).status === 'ok' && Math.abs(fitGrowth(one).slope ?? 0) > 1e-4);
    const near = (a: number | null, b: number) => Math.abs((a ?? Number.NaN) - b) <= 1e-6 * Math.max(1, Math.abs(b));

    void fc.assert(
      fc.property(series, fc.integer({ min: -400, max: 400 }), ({ day, trials, successes }, shift) => {
        const fit = fitGrowth({ day, trials, successes });
        const [b0 = 0, b1 = 0, se = 0] = [fit.intercept ?? 0, fit.slope ?? 0, fit.seSlope ?? 0];
        const reversed = fitGrowth({
          day: day.toReversed(),
          trials: trials.toReversed(),
          successes: successes.toReversed(),
        });
        const shifted = fitGrowth({ day: day.map((t) => t + shift), trials, successes });
        const doubled = fitGrowth({ day, trials: trials.map((n) => 2 * n), successes: successes.map((s) => 2 * s) });

        return (
          near(reversed.slope, b1) &&
          near(shifted.slope, b1) &&
          near(shifted.intercept, b0 - b1 * shift) &&
          near(doubled.slope, b1) &&
          near(doubled.seSlope, se / Math.SQRT2)
        );
      }),
      { numRuns: 100, seed: 20_261_120 },
    );
  });
});
