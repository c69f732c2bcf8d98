import { attributeEmbeddings } from '../../functions/consultation-documents/attribute-embeddings.contract.ts';
import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { consultationTopicPredictions } from '../../functions/consultation-documents/consultation-topic-predictions.contract.ts';
import { predictConsultationTopicsInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../../functions/consultation-documents/document-embeddings.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { reportTasks } from './report-tasks.ts';

const reads = [consultationDocumentsPreprocessed.name, documentEmbeddings.name, attributeEmbeddings.name];

export const predictConsultationTopics = defineFlow({
  name: 'predict-consultation-topics',
  description: 'Likely topics of consultations that nobody has reviewed, by a model, for people to review',
  group: 'consultation-documents',
  input: predictConsultationTopicsInput,
  tasks: {
    PinInputs: { reads },
    PredictConsultationTopics: {
      timeoutSeconds: 840,
      memoryMiB: 3_008,
      storageMiB: 8_192,
      calls: ['CONSULTATION_TOPIC_MODEL_URL'],
      optionalSecrets: ['MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD'],
      reads,
      writes: [consultationTopicPredictions.name],
    },
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
  artifacts: [consultationTopicPredictions],
});
