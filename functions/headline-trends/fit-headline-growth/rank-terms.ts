import { benjaminiHochberg } from './benjamini-hochberg.ts';
import type { GrowthFit } from './growth-fit.ts';

/** A term's fit among those of all terms of a run. */
export interface RankedFit extends GrowthFit {
  readonly term: string;
  readonly qValue: number | null;
  /** From 1; null for what is not sure enough, or does not grow. */
  readonly rankGrowing: number | null;
  readonly rankShrinking: number | null;
}

/** How sure a slope must be to be ranked. */
export interface RankingRule {
  /** Largest relative standard error, itself excluded. */
  readonly maxRse: number;
  /** Fewest days with words. */
  readonly minDays: number;
  /** Whether the standard error counts as widened for dispersion. */
  readonly isAdjusted: boolean;
}

/** What the results that readers know were ranked by; fourteen days are two of each weekday. */
export const defaultRanking: RankingRule = { maxRse: 0.3, minDays: 14, isAdjusted: false };

/** Time as words, which the original takes out by hand; `may` among them. */
const monthNames: ReadonlySet<string> = new Set([
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]);

/**
 * Ranks the fits of a run by slope: growing from the steepest on, shrinking from the steepest on, ties by term.
 *
 * @see the specification of headline-trends, §5.6 and §9
 */
export function rankTerms(
  fits: readonly (GrowthFit & { readonly term: string })[],
  rule: RankingRule = defaultRanking,
): RankedFit[] {
  const qValues = benjaminiHochberg(fits.map(({ pValue }) => pValue));
  const sure = fits.filter((fit) => isSure(fit, rule));
  const growing = ranks(sure.filter(({ direction }) => direction === 1));
  const shrinking = ranks(sure.filter(({ direction }) => direction === -1));
  return fits.map((fit, index) => ({
    ...fit,
    qValue: qValues[index] ?? null,
    rankGrowing: growing.get(fit.term) ?? null,
    rankShrinking: shrinking.get(fit.term) ?? null,
  }));
}

function isSure(fit: GrowthFit & { term: string }, { maxRse, minDays, isAdjusted }: RankingRule): boolean {
  const rse = isAdjusted ? fit.adjustedRse : fit.rse;
  return fit.status === 'ok' && rse !== null && rse < maxRse && fit.nDays >= minDays && !monthNames.has(fit.term);
}

function ranks(fits: readonly { term: string; slope: number | null }[]): Map<string, number> {
  const steepness = ({ slope }: { slope: number | null }) => Math.abs(slope ?? 0);
  const sorted = fits.toSorted((a, b) => steepness(b) - steepness(a) || (a.term < b.term ? -1 : 1));
  return new Map(sorted.map(({ term }, index) => [term, index + 1]));
}
