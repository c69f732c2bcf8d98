import * as z from 'zod';
import type { Json } from '../json.ts';

/** The context object has it in ISO 8601; events about executions have milliseconds since 1970. */
const startTime = z.union([z.iso.datetime({ offset: true }), z.int()]);

/** Where the context has no name (an emulator's, of an execution started without one), its ARN ends in it. */
const execution = z
  .object({ Id: z.string().default(''), Name: z.string().nullish(), StartTime: startTime })
  .transform(({ Id, Name, StartTime }) => ({ Name: Name ?? Id.slice(Id.lastIndexOf(':') + 1), StartTime }))
  .refine(({ Name }) => Name !== '', { error: 'neither Name nor Id is given', path: ['Name'] });

/** The parts of the ASL context object (`$states.context`) that a task needs; further keys are let pass. */
const stateContext = z.object({
  Execution: execution,
  State: z.object({ Name: z.string(), RetryCount: z.int().min(0).default(0) }),
  Map: z.object({ Item: z.object({ Index: z.int().min(0) }) }).optional(),
});

const json = z.custom<Json>((value) => value !== undefined, 'missing');

/**
 * What a Task state sends to its task: `{ "input": …, "context": "{% $states.context %}" }`; a task that is told of
 * failures gets the same from elsewhere.
 *
 * @see payloadOnFailure
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export const taskEvent = z.object({ input: json, context: stateContext });
