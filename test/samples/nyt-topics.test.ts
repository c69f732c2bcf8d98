import { describe, expect, it } from 'vitest';
import { fitGrowth } from '../../functions/headline-trends/fit-headline-growth/growth-fit.ts';
import { rankTerms } from '../../functions/headline-trends/fit-headline-growth/rank-terms.ts';
import { sampleNytArticles } from '../../samples/nyt-articles.ts';
import { growthOf, type Season, seasons } from '../../samples/nyt-topics.ts';

const articles = sampleNytArticles();

/** Counts the words of a season as the models do, without a warehouse. */
function countWords({ firstDay, asAt }: Season) {
  const days = new Map<string, string[]>();
  for (const { headline, pub_date } of articles) {
    const day = pub_date.slice(0, 10);
    if (day < firstDay || day >= asAt) continue;
    const words = String(Reflect.get(Object(headline), 'main') ?? '').split(' ');
    const terms = words
      .filter((word) => !/\d/.test(word))
      .map((word) =>
        word
          .replaceAll('’s', '')
          .replaceAll(/[^a-z]/gi, '')
          .toLowerCase(),
      );
    days.set(day, [...(days.get(day) ?? []), ...terms.filter((term) => term !== '')]);
  }
  return [...days.values()];
}

function fitsOf(season: Season) {
  const days = countWords(season);
  const day = days.map((_, index) => index);
  const trials = days.map((words) => words.length);
  return [...new Set(days.flat())]
    .map((term) => ({
      term,
      day,
      trials,
      successes: days.map((words) => words.filter((word) => word === term).length),
    }))
    .filter(({ successes }) => successes.reduce((sum, count) => sum + count, 0) >= 50)
    .map((series) => ({ term: series.term, ...fitGrowth(series) }));
}

describe('the made-up headlines', () => {
  it('are the same in every run', () => {
    // as one text: comparing so many objects takes seconds
    expect(JSON.stringify(sampleNytArticles()) === JSON.stringify(articles)).toBe(true);
  });

  it('fill eighteen months without a day off', () => {
    const days = new Set(articles.map(({ pub_date }) => pub_date.slice(0, 10)));

    expect([days.size, [...days][0], [...days].at(-1)]).toEqual([547, '2024-01-01', '2025-06-30']);
    expect(articles.map(({ pub_date }) => pub_date)).toEqual(articles.map(({ pub_date }) => pub_date).sort());
  });

  describe.each(seasons)('before $asAt', (season) => {
    const built = growthOf(season);
    const fits = fitsOf(season);

    it('have the ten topics that grow, and the ten that shrink, in the order built in', () => {
      const ranked = rankTerms(fits);
      const top = (rank: 'rankGrowing' | 'rankShrinking') =>
        ranked
          .filter((fit) => (fit[rank] ?? 11) <= 10)
          .sort((a, b) => Number(a[rank]) - Number(b[rank]))
          .map(({ term }) => term);

      expect(top('rankGrowing')).toEqual(built.slice(0, 10).map(({ term }) => term));
      expect(top('rankShrinking')).toEqual(
        built
          .slice(-10)
          .toReversed()
          .map(({ term }) => term),
      );
    });

    it.each(built)('have $term grow by $ratePerDay a day', ({ term, ratePerDay }) => {
      const slope = fits.find((fit) => fit.term === term)?.slope;

      expect(slope).toBeGreaterThan(ratePerDay - 0.0005);
      expect(slope).toBeLessThan(ratePerDay + 0.0005);
    });
  });
});
