import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { attributeTexts } from '../embeddings/embedded-texts.ts';
import { publishEmbeddingsOf } from '../embeddings/publish-embeddings.ts';

/** Publishes the vectors of all. */
export const publishEmbeddings = publishEmbeddingsOf(attributeTexts);

export const handler = lambdaHandler(publishEmbeddings);
