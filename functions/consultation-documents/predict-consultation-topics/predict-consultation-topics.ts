import * as z from 'zod';
import { publicationSchema } from '../../../lib/artifact/publish.ts';
import { InvalidDataError } from '../../../lib/errors.ts';
import { openSql } from '../../../lib/table/sql.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import { consultationTopicPredictions } from '../consultation-topic-predictions.contract.ts';
import { inChunks } from '../predictions/in-chunks.ts';
import { likelyTopics } from '../predictions/label-scores.ts';
import { type ConsultationTopicModel, servedModel } from '../predictions/prediction-model.ts';
import { type Predictions, publishPredictions } from '../predictions/publish-predictions.ts';
import { documentTypes, topics } from '../vocabularies.ts';
import { consultationFilters, consultationRecords, consultationVectorsQuery } from './consultation-records.ts';
import { predictionInputs } from './prediction-inputs.ts';

const recordsPerRequest = 50;
const topicModelMetadata = z.object({ document_types: z.array(z.enum(documentTypes)).min(1) });

/** Asks the model for the topics of consultations that nobody has reviewed; those without a likely one are left out. */
export const predictConsultationTopics = defineTask(
  { input: predictionInputs, output: publicationSchema },
  async ({ preprocessed, documentEmbeddings, attributeEmbeddings }, context) => {
    const model: ConsultationTopicModel = await servedModel(context, {
      what: 'the model of consultation topics',
      urlSetting: 'CONSULTATION_TOPIC_MODEL_URL',
      labels: topics,
    });
    const types = documentTypesOf(model);
    await using sql = await openSql({ workFolder: context.workFolder, signal: context.signal });
    const sources = {
      preprocessedFile: await downloadInput(context, preprocessed),
      documentEmbeddingsFile: await downloadInput(context, documentEmbeddings),
      attributeEmbeddingsFile: await downloadInput(context, attributeEmbeddings),
    };
    const outputs: Predictions['outputs'][number][] = [];
    let embeddingModel = 'none';
    const vectors = sql.batches(consultationVectorsQuery(sources, types));
    for await (const records of inChunks(consultationRecords(vectors), recordsPerRequest)) {
      embeddingModel = records[0]?.embeddingModel ?? embeddingModel;
      const scores = await model.predict(records.map(({ embedding }) => ({ embedding })));
      for (const [index, { consultation }] of records.entries()) {
        const output = likelyTopics(scores[index] ?? {});
        if (output.length > 0) outputs.push({ subject: consultation, output });
      }
    }
    context.log.info('predicted', { consultations: outputs.length, model: model.description.name });
    return await publishPredictions(context, consultationTopicPredictions, {
      model: model.description,
      embeddingModel,
      inputs: [preprocessed, documentEmbeddings, attributeEmbeddings],
      filters: { ...consultationFilters, consultation_topics_label_source_not: 'manual', document_type: [...types] },
      outputs,
    });
  },
);

export const handler = lambdaHandler(predictConsultationTopics);

/** A topic model looks only at documents of the types that it was trained with. */
function documentTypesOf({ description }: ConsultationTopicModel): readonly string[] {
  const metadata = topicModelMetadata.safeParse(description.metadata);
  if (metadata.success) return metadata.data.document_types;
  throw new InvalidDataError(
    `the metadata of the model '${description.name}' must list the document_types it was trained with, of ${documentTypes.join(', ')}`,
  );
}
