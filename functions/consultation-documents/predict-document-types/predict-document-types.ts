import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import { documentTypePredictions } from '../document-type-predictions.contract.ts';
import { inChunks } from '../predictions/in-chunks.ts';
import { rankedTypes } from '../predictions/label-scores.ts';
import { type DocumentTypeModel, servedModel } from '../predictions/prediction-model.ts';
import { type Predictions, publishPredictions } from '../predictions/publish-predictions.ts';
import { documentTypes } from '../vocabularies.ts';
import { documentFilters, documentRecordsQuery } from './document-records.ts';
import { predictionInputs } from './prediction-inputs.ts';

const recordsPerRequest = 100;

/** Asks the model for the types of documents that have none, and publishes what it says of all types, highest first. */
export const predictDocumentTypes = defineTask(
  { input: predictionInputs, output: publicationSchema },
  async ({ preprocessed, features, documentEmbeddings }, context) => {
    const model: DocumentTypeModel = await servedModel(context, {
      what: 'the model of document types',
      urlSetting: 'DOCUMENT_TYPE_MODEL_URL',
      labels: documentTypes,
    });
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
    const query = documentRecordsQuery({
      preprocessedFile: await downloadInput(context, preprocessed),
      featuresFile: await downloadInput(context, features),
      embeddingsFile: await downloadInput(context, documentEmbeddings),
    });
    const outputs: Predictions['outputs'][number][] = [];
    let embeddingModel = 'none';
    for await (const rows of inChunks(sql.batches(query), recordsPerRequest)) {
      embeddingModel = String(rows[0]?.embedding_model ?? embeddingModel);
      const scores = await model.predict(rows.map(({ document_uuid: _, embedding_model: __, ...record }) => record));
      for (const [index, row] of rows.entries()) {
        outputs.push({ subject: String(row.document_uuid), output: rankedTypes(scores[index] ?? {}) });
      }
    }
    context.log.info('predicted', { documents: outputs.length, model: model.description.name });
    return await publishPredictions(context, documentTypePredictions, {
      model: model.description,
      embeddingModel,
      inputs: [preprocessed, features, documentEmbeddings],
      filters: { document_type: null, ...documentFilters },
      outputs,
    });
  },
);

export const handler = lambdaHandler(predictDocumentTypes);
