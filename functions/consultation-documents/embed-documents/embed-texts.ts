import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { embedTextsOf } from '../embeddings/embed-texts.ts';
import { documentTexts } from '../embeddings/embedded-texts.ts';

/** Embeds one batch. */
export const embedTexts = embedTextsOf(documentTexts);

export const handler = lambdaHandler(embedTexts);
