import { type ArtifactContract, columns } from '../../lib/contract.ts';
import { tableKeeping } from './table-keeping.contract.ts';

/** @see the specification of consultation-documents, section 7.2 */
export const documentEmbeddings: ArtifactContract = {
  name: 'consultation-documents-embeddings-beginnings-openai-text-embedding-3-large',
  description: 'A vector for the beginning of each document’s text',
  columns: columns({
    document_uuid: 'string',
    embedding: 'float[]',
    embedding_model: 'string',
    text_sha256: 'string',
  }),
  key: { columns: ['document_uuid'], onDuplicate: 'fail' },
  rules: [{ name: 'embedding is not empty', holds: 'len(embedding) > 0', onFailure: 'fail' }],
  // vectors of another model leave when the model changes
  minRowsRatio: 0.9,
  keeps: tableKeeping,
};
