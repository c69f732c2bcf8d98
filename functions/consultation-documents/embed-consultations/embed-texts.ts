import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { embedTextsOf } from '../embeddings/embed-texts.ts';
import { attributeTexts } from '../embeddings/embedded-texts.ts';

/** Embeds one batch. */
export const embedTexts = embedTextsOf(attributeTexts);

export const handler = lambdaHandler(embedTexts);
