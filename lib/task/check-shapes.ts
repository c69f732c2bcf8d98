import type * as z from 'zod';
import { InvalidDataError } from '../errors.ts';
import { shapeProblems } from '../source/shape-problems.ts';
import type { Station } from './call.ts';
import type { Task } from './define-task.ts';

/** Parses what goes into the task and what comes out of it, and lets no secret out. */
export function checkShapes(task: Task): Station {
  return {
    before: ({ event: call }) => {
      call.input = parse(task.input, call.input, `the input of ${call.context.stateName}`);
    },
    after: (request) => {
      const { context, redactor } = request.event;
      const output = parse(task.output, request.response, `the output of ${context.stateName}`);
      const text = JSON.stringify(output) ?? 'null';
      if (redactor.redact(text) !== text) {
        throw new Error(`the output of ${context.stateName} holds a secret: ${redactor.redact(text).slice(0, 200)}`);
      }
      request.response = output;
    },
  };
}

function parse(schema: z.ZodType, value: unknown, what: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidDataError(`${what} is not valid: ${shapeProblems(parsed.error)}`);
}
