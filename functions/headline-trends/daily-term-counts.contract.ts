import { type ArtifactContract, columns } from '../../lib/contract.ts';

/**
 * How often each word occurs in the headlines of each day.
 *
 * @see the specification of headline-trends, §4.4
 */
export const dailyTermCounts: ArtifactContract = {
  name: 'daily_term_counts',
  description: 'How often each word occurs in the headlines of each day, and how many words the day has',
  columns: columns({
    publication: 'string',
    publication_date: 'date',
    headline_term: 'string',
    stop_word: 'bool',
    frequency: 'int',
    total_frequency: 'int',
  }),
  // by the original's rules two stop words stand twice
  key: { columns: ['publication', 'publication_date', 'headline_term'], onDuplicate: 'warn' },
  rules: [
    { name: 'a word that is listed occurs', holds: 'frequency > 0', onFailure: 'fail' },
    { name: 'no word occurs more often than all words', holds: 'frequency <= total_frequency', onFailure: 'fail' },
  ],
};
