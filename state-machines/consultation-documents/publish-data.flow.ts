import { attributeEmbeddings } from '../../functions/consultation-documents/attribute-embeddings.contract.ts';
import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { publishDataInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../../functions/consultation-documents/document-embeddings.contract.ts';
import { documentFeatures } from '../../functions/consultation-documents/document-features.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

const contracts = [consultationDocumentsPreprocessed, documentFeatures, documentEmbeddings, attributeEmbeddings];
const reads = contracts.map(({ name }) => name);
const target = { calls: ['DATASET_TARGET_URL'], optionalSecrets: ['DATASET_TARGET_TOKEN'] };

export const publishData = defineFlow({
  name: 'publish-data',
  description: 'Copies the dataset, features and vectors to a public place, with a card that describes them',
  group: 'consultation-documents',
  input: publishDataInput,
  tasks: {
    PlanPublication: { reads },
    UploadFile: { timeoutSeconds: 840, memoryMiB: 3_008, storageMiB: 10_240, reads, ...target },
    UploadCard: { reads, ...target },
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
});
