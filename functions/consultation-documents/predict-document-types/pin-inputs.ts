import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { pinInput } from '../../../lib/task/pinned-input.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { predictDocumentTypesInput } from '../derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { predictionInputs } from './prediction-inputs.ts';

/** Pins the versions that this execution predicts from. */
export const pinInputs = defineTask(
  { input: predictDocumentTypesInput, output: predictionInputs },
  async (input, context) => ({
    preprocessed: await pinInput(context, {
      name: consultationDocumentsPreprocessed.name,
      version: input.preprocessedVersion,
      madeBy: 'preprocess-consultation-documents',
    }),
    features: await pinInput(context, {
      name: documentFeatures.name,
      version: input.featuresVersion,
      madeBy: 'extract-document-features',
    }),
    documentEmbeddings: await pinInput(context, {
      name: documentEmbeddings.name,
      version: input.documentEmbeddingsVersion,
      madeBy: 'embed-documents',
    }),
  }),
);

export const handler = lambdaHandler(pinInputs);
