import * as z from 'zod';
import type { Json, JsonObject } from '../json.ts';

/**
 * What the task that a flow names in `onFailure` is told: the detail of the event by which the service tells that an
 * execution has changed its status, as far as it is used. The service leaves `error` and `cause` out, or null.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-events.html
 */
export const failedExecution = z.object({
  executionArn: z.string(),
  name: z.string(),
  status: z.enum(['FAILED', 'TIMED_OUT']),
  /** In milliseconds since 1970, UTC; so is `stopDate`. */
  startDate: z.int(),
  stopDate: z.int(),
  error: z.string().nullish(),
  cause: z.string().nullish(),
});

/** An execution that failed or timed out, as its `onFailure` task is told. */
export type FailedExecution = z.output<typeof failedExecution>;

/**
 * The payload with which a task is told, in the envelope of every task: no state calls it, so it stands for its own.
 *
 * @param told.detail a {@link FailedExecution}; like the others it may be a stand-in that a rule fills in
 */
export function payloadOnFailure(
  taskName: string,
  told: { detail: Json; executionArn: string; name: string; startDate: string | number },
): JsonObject {
  const { detail, executionArn, name, startDate } = told;
  return {
    input: detail,
    context: { Execution: { Id: executionArn, Name: name, StartTime: startDate }, State: { Name: taskName } },
  };
}
