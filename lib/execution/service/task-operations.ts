import * as z from 'zod';
import * as fields from './fields.ts';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export const sendTaskSuccessRequest = z.object({ taskToken: fields.taskToken, output: fields.payloadText });
export type SendTaskSuccessRequest = z.infer<typeof sendTaskSuccessRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export const sendTaskFailureRequest = z.object({
  taskToken: fields.taskToken,
  error: fields.errorName.optional(),
  cause: fields.errorCause.optional(),
});
export type SendTaskFailureRequest = z.infer<typeof sendTaskFailureRequest>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export const sendTaskHeartbeatRequest = z.object({ taskToken: fields.taskToken });
export type SendTaskHeartbeatRequest = z.infer<typeof sendTaskHeartbeatRequest>;

/** What workers tell about tasks that wait for their token to come back. */
export interface TaskOperations {
  sendTaskSuccess(request: SendTaskSuccessRequest): Promise<void>;
  sendTaskFailure(request: SendTaskFailureRequest): Promise<void>;
  sendTaskHeartbeat(request: SendTaskHeartbeatRequest): Promise<void>;
}
