import { derivedTableInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../../functions/consultation-documents/document-embeddings.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { embeddingTasks } from './embedding-tasks.ts';

export const embedDocuments = defineFlow({
  name: 'embed-documents',
  description: 'A vector for the beginning of each document’s text, made once for each version of it',
  group: 'consultation-documents',
  input: derivedTableInput,
  tasks: embeddingTasks(documentEmbeddings),
  onFailure: 'ReportFailure',
  artifacts: [documentEmbeddings],
});
