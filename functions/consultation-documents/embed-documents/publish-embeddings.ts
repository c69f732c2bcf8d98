import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { documentTexts } from '../embeddings/embedded-texts.ts';
import { publishEmbeddingsOf } from '../embeddings/publish-embeddings.ts';

/** Publishes the vectors of all. */
export const publishEmbeddings = publishEmbeddingsOf(documentTexts);

export const handler = lambdaHandler(publishEmbeddings);
