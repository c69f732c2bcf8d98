import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { documentTexts } from '../embeddings/embedded-texts.ts';
import { planTextsOf } from '../embeddings/plan-texts.ts';

/** Lists what has no vector yet, in batches. */
export const planTexts = planTextsOf(documentTexts);

export const handler = lambdaHandler(planTexts);
