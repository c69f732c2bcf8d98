import * as z from 'zod';
import type { Json } from '../json.ts';

/** The parts of the ASL context object (`$states.context`) that a task needs; further keys are let pass. */
const stateContext = z.object({
  Execution: z.object({ Name: z.string(), StartTime: z.iso.datetime({ offset: true }) }),
  State: z.object({ Name: z.string(), RetryCount: z.int().min(0).default(0) }),
  Map: z.object({ Item: z.object({ Index: z.int().min(0) }) }).optional(),
});

const json = z.custom<Json>((value) => value !== undefined, 'missing');

/**
 * What a Task state sends to its task: `{ "input": …, "context": "{% $states.context %}" }`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
export const taskEvent = z.object({ input: json, context: stateContext });

/** A parsed {@link taskEvent}. */
export type TaskEvent = z.output<typeof taskEvent>;
