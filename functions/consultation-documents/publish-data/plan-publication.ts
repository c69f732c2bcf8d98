import * as z from 'zod';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { pinInput } from '../../../lib/task/pinned-input.ts';
import { attributeEmbeddings } from '../attribute-embeddings.contract.ts';
import { consultationDocumentsPreprocessed } from '../consultation-documents-preprocessed.contract.ts';
import { publishDataInput } from '../derived-flow-inputs.contract.ts';
import { documentEmbeddings } from '../document-embeddings.contract.ts';
import { documentFeatures } from '../document-features.contract.ts';
import { fileToPublish } from './published-file.ts';

/** Pins the versions to copy, one file for each table and format. */
export const planPublication = defineTask(
  { input: publishDataInput, output: z.object({ files: z.array(fileToPublish) }) },
  async (input, context) => {
    const wanted = [
      [consultationDocumentsPreprocessed, input.preprocessedVersion, 'preprocess-consultation-documents'],
      [documentFeatures, input.featuresVersion, 'extract-document-features'],
      [documentEmbeddings, input.documentEmbeddingsVersion, 'embed-documents'],
      [attributeEmbeddings, input.attributeEmbeddingsVersion, 'embed-consultations'],
    ] as const;
    const tables = await Promise.all(
      wanted.map(([{ name }, version, madeBy]) => pinInput(context, { name, version, madeBy })),
    );
    const chosen = input.formats ?? ['parquet' as const];
    return { files: tables.flatMap((table) => chosen.map((format) => ({ table, format }))) };
  },
);

export const handler = lambdaHandler(planPublication);
