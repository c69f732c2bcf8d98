import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { predictDocumentTypesInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../../functions/consultation-documents/document-embeddings.contract.ts';
import { documentFeatures } from '../../functions/consultation-documents/document-features.contract.ts';
import { documentTypePredictions } from '../../functions/consultation-documents/document-type-predictions.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

const reads = [consultationDocumentsPreprocessed.name, documentFeatures.name, documentEmbeddings.name];

export const predictDocumentTypes = defineFlow({
  name: 'predict-document-types',
  description: 'Likely types of documents that have none, by a model, for people to review',
  group: 'consultation-documents',
  input: predictDocumentTypesInput,
  tasks: {
    PinInputs: { reads },
    PredictDocumentTypes: {
      timeoutSeconds: 840,
      memoryMiB: 3_008,
      storageMiB: 8_192,
      calls: ['DOCUMENT_TYPE_MODEL_URL'],
      optionalSecrets: ['MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD'],
      reads,
      writes: [documentTypePredictions.name],
    },
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
  artifacts: [documentTypePredictions],
});
