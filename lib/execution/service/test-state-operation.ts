import * as z from 'zod';
import * as fields from './fields.ts';

const count = z.int().min(0);

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export const testStateRequest = z.object({
  definition: fields.definitionText,
  stateName: fields.name.optional(),
  roleArn: fields.arn.optional(),
  input: fields.payloadText.optional(),
  inspectionLevel: z.enum(['INFO', 'DEBUG', 'TRACE']).default('INFO'),
  revealSecrets: z.boolean().default(false),
  variables: fields.payloadText.optional(),
  context: fields.payloadText.optional(),
  mock: z
    .object({
      result: fields.payloadText.optional(),
      errorOutput: z.object({ error: fields.errorName.optional(), cause: fields.errorCause.optional() }).optional(),
      fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).optional(),
    })
    .optional(),
  stateConfiguration: z
    .object({
      retrierRetryCount: count.optional(),
      errorCausedByState: fields.name.optional(),
      mapIterationFailureCount: count.optional(),
      mapItemReaderData: fields.payloadText.optional(),
    })
    .optional(),
});
export type TestStateRequest = z.infer<typeof testStateRequest>;

export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** JSON texts, counts, and `errorDetails`, which is an object of numbers. */
  readonly inspectionData?: Readonly<Record<string, string | number | Readonly<Record<string, number>>>>;
}

/** Tries out one state. */
export interface TestStateOperation {
  testState(request: TestStateRequest): Promise<TestStateResponse>;
}
