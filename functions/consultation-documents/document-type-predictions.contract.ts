import { type ArtifactContract, columns } from '../../lib/contract.ts';
import { quoteText } from '../../lib/table/quote.ts';
import { documentTypes } from './vocabularies.ts';

/** @see the specification of consultation-documents, section 7.4 */
export const documentTypePredictions: ArtifactContract = {
  name: 'document-type-predictions',
  description: 'Likely types of documents that have none, each with its score; people review them',
  columns: columns({ document_uuid: 'string', rank: 'int', label: 'string', score: 'float', model: 'string' }),
  key: { columns: ['document_uuid', 'label'], onDuplicate: 'fail' },
  rules: [
    { name: 'score is a probability', holds: 'score BETWEEN 0 AND 1', onFailure: 'fail' },
    {
      name: 'label is a type',
      holds: `label IN (${documentTypes.map(quoteText).join(', ')})`,
      onFailure: 'fail',
    },
  ],
  // documents leave when people have given them a type
  minRowsRatio: 0,
};
