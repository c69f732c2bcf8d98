import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { pinInput } from '../../../lib/task/pinned-input.ts';
import { attributeEmbeddings } from '../attribute-embeddings.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { predictConsultationTopicsInput } from '../derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';
import { predictionInputs } from './prediction-inputs.ts';

/** Pins the versions that this execution predicts from. */
export const pinInputs = defineTask(
  { input: predictConsultationTopicsInput, output: predictionInputs },
  async (input, context) => ({
    preprocessed: await pinInput(context, {
      name: consultationDocumentsPreprocessed.name,
      version: input.preprocessedVersion,
      madeBy: 'preprocess-consultation-documents',
    }),
    documentEmbeddings: await pinInput(context, {
      name: documentEmbeddings.name,
      version: input.documentEmbeddingsVersion,
      madeBy: 'embed-documents',
    }),
    attributeEmbeddings: await pinInput(context, {
      name: attributeEmbeddings.name,
      version: input.attributeEmbeddingsVersion,
      madeBy: 'embed-consultations',
    }),
  }),
);

export const handler = lambdaHandler(pinInputs);
