import { type ArtifactContract, columns } from '../../lib/contract.ts';

/**
 * The counts that the growth was fitted to, day by day.
 *
 * @see the specification of headline-trends, §9
 */
export const headlineTrendSeries: ArtifactContract = {
  name: 'headline_trend_series',
  description: 'Share of every frequent word among all words of the headlines, day by day',
  columns: columns({
    headline_term: 'string',
    publication_date: 'date',
    successes: 'int',
    trials: 'int',
    p_estimate: 'float',
  }),
  key: { columns: ['headline_term', 'publication_date'], onDuplicate: 'fail' },
  rules: [
    { name: 'no word occurs more often than all words', holds: 'successes BETWEEN 0 AND trials', onFailure: 'fail' },
    { name: 'the share is one', holds: 'p_estimate BETWEEN 0 AND 1', onFailure: 'fail' },
  ],
  minRowsRatio: 0.2,
};
