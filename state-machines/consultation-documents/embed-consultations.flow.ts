import { attributeEmbeddings } from '../../functions/consultation-documents/attribute-embeddings.contract.ts';
import { derivedTableInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { embeddingTasks } from './embedding-tasks.ts';

export const embedConsultations = defineFlow({
  name: 'embed-consultations',
  description: 'Vectors for title, description and organisation of each consultation, by language',
  group: 'consultation-documents',
  input: derivedTableInput,
  tasks: embeddingTasks(attributeEmbeddings),
  onFailure: 'ReportFailure',
  artifacts: [attributeEmbeddings],
});
