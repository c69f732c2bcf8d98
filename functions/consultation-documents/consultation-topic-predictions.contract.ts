import { type ArtifactContract, columns } from '../../lib/contract.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { topics } from './vocabularies.ts';

/** @see the specification of consultation-documents, section 7.5 */
export const consultationTopicPredictions: ArtifactContract = {
  name: 'consultation-topic-predictions',
  description: 'Likely topics of consultations that nobody has reviewed, each with its score; people review them',
  columns: columns({
    consultation_identifier: 'string',
    rank: 'int',
    label: 'string',
    score: 'float',
    model: 'string',
  }),
  key: { columns: ['consultation_identifier', 'label'], onDuplicate: 'fail' },
  rules: [
    { name: 'score is above one half', holds: 'score >= 0.5 AND score <= 1', onFailure: 'fail' },
    { name: 'label is a topic', holds: `label IN (${topics.map(quoteText).join(', ')})`, onFailure: 'fail' },
  ],
  // consultations leave when people have reviewed them
  minRowsRatio: 0,
};
