import type * as z from 'zod';
import type { TaskContext } from './task-context.ts';

/** One task: the shape of what it takes and gives, and the function between them. */
export interface Task<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
  run(input: z.output<Input>, context: TaskContext): Promise<z.input<Output>>;
}

/**
 * Defines a task. What it receives has been parsed with `input`; what it returns is parsed with `output`.
 *
 * A task may run twice with the same input (a retry, a redrive), so a second run must not add to the first.
 */
export function defineTask<Input extends z.ZodType, Output extends z.ZodType>(
  shape: { readonly input: Input; readonly output: Output },
  run: (input: z.output<Input>, context: TaskContext) => Promise<z.input<Output>>,
): Task<Input, Output> {
  return { ...shape, run };
}
