import type { Observations } from '../../functions/headline-trends/fit-headline-growth/logit-fit.ts';
import { seededChance } from '../../samples/seeded-chance.ts';

const millisecondsPerDay = 86_400_000;
const wordsPerHeadline = 8.5;
const vocabularySize = 16_000;

/** Series of rare words that grow or shrink by up to 2 % a day. */
export function generatedSeries(count: number, days: number): Observations[] {
  const chance = seededChance(5_004);
  const share = () => chance.between(0, 1_000_000) / 1_000_000;
  const day = Float64Array.from({ length: days }, (_, index) => index);
  const trials = Float64Array.from(day, () => chance.between(800, 1_700));
  return Array.from({ length: count }, () => {
    const [intercept, slope] = [-8 + 3 * share(), (share() - 0.5) * 0.04];
    const mean = (t: number) => (trials[t] ?? 0) / (1 + Math.exp(-(intercept + slope * (t - days / 2))));
    return { day, trials, successes: Float64Array.from(day, (t) => poisson(mean(t), share)) };
  });
}

/** Articles as the API gives them, spread over days from 2024 on; words as rare as words are. */
export function generatedArticles(count: number, days: number): unknown[] {
  const chance = seededChance(27_000);
  return Array.from({ length: count }, (_, index) => {
    const at = Date.parse('2024-01-01T00:00:00Z') + Math.floor((index / count) * days * millisecondsPerDay);
    const words = Array.from({ length: chance.between(5, wordsPerHeadline * 2 - 5) }, () => word(chance));
    return {
      _id: `nyt://article/${index}`,
      web_url: `https://www.nytimes.example/${index}.html`,
      headline: { main: words.join(' ') },
      pub_date: new Date(at).toISOString().replace(/\.\d+Z$/, '+0000'),
      byline: { original: 'By Ada Finch' },
      news_desk: 'National',
      document_type: 'article',
      word_count: 700,
    };
  });
}

/** By Zipf's law: the tenth word is a tenth as frequent as the first. */
function word(chance: ReturnType<typeof seededChance>): string {
  const rank = Math.floor(vocabularySize ** (chance.between(0, 999_999) / 1_000_000));
  const letters = Array.from({ length: 4 }, (_, position) =>
    String.fromCharCode(97 + (Math.floor(rank / 26 ** position) % 26)),
  );
  return `W${letters.join('')}`;
}

/** Knuth's way, good for the small means of rare words. */
function poisson(mean: number, share: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = share(); product > limit; product *= share()) count += 1;
  return count;
}
