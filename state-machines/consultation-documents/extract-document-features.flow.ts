import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { extractDocumentFeaturesInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { documentFeatures } from '../../functions/consultation-documents/document-features.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

const reads = [consultationDocumentsPreprocessed.name, documentFeatures.name];

export const extractDocumentFeatures = defineFlow({
  name: 'extract-document-features',
  description: 'Pages, tables, images and format of each document’s PDF, measured once for each version of the file',
  group: 'consultation-documents',
  input: extractDocumentFeaturesInput,
  tasks: {
    PlanFeatures: { timeoutSeconds: 840, memoryMiB: 3_008, storageMiB: 4_096, reads },
    MeasureFiles: {
      timeoutSeconds: 840,
      memoryMiB: 3_008,
      calls: ['PLATFORM_FILES_URL'],
      settings: ['PLATFORM_FILES_ENDPOINT_URL'],
      optionalSecrets: ['PLATFORM_FILES_ACCESS_KEY', 'PLATFORM_FILES_SECRET_KEY'],
    },
    PublishFeatures: {
      timeoutSeconds: 840,
      memoryMiB: 3_008,
      storageMiB: 1_024,
      reads,
      writes: [documentFeatures.name],
    },
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
  artifacts: [documentFeatures],
});
