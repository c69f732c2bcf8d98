import { type ArtifactContract, columns } from '../../lib/contract.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** @see the specification of consultation-documents, section 7.3 */
export const attributeEmbeddings: ArtifactContract = {
  name: 'consultation-attributes-embeddings-beginnings-openai-text-embedding-3-large',
  description: 'A vector for title, description and organisation of each consultation, by language',
  columns: columns({
    consultation_identifier: 'string',
    attribute_language: 'string',
    attribute_name: 'string',
    text: 'string',
    embedding: 'float[]',
    embedding_model: 'string',
    text_sha256: 'string',
  }),
  key: { columns: ['consultation_identifier', 'attribute_language', 'attribute_name'], onDuplicate: 'fail' },
  rules: [
    { name: 'embedding is not empty', holds: 'len(embedding) > 0', onFailure: 'fail' },
    {
      name: 'attribute is a known one',
      holds: "attribute_name IN ('consultation_title', 'consultation_description', 'organisation_name')",
      onFailure: 'fail',
    },
  ],
  // vectors of another model leave when the model changes
  minRowsRatio: 0.9,
  keeps: tableKeeping,
};
