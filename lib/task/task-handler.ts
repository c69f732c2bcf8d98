import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Json } from '../json.ts';
import { openCall, type Pipeline } from './call.ts';
import { checkShapes } from './check-shapes.ts';
import type { Task } from './define-task.ts';
import { passByReference } from './pass-by-reference.ts';
import { reportOutcome } from './report-outcome.ts';
import { TaskTimeoutError } from './task-errors.ts';
import type { Invocation, TaskWorld } from './task-world.ts';
import { workFolder } from './work-folder.ts';

/** Calls a task with the payload of a Task state; see `taskEvent` for its shape. */
export type TaskHandler = (payload: unknown, invocation?: Invocation) => Promise<Json>;

/** How long before its end a call is stopped, so that the error can say so and the log is written. */
const stopEarlyMs = 1000;

/**
 * The one pipeline around every task, the same under Lambda and under the engine.
 *
 * Inwards: a work folder, references in the input resolved, the input parsed. Outwards: the output parsed and checked
 * for secrets, put away when large. A failure is logged once, with its causes and without secrets, and keeps its
 * class: `TaskError`s are for the state machine, everything else is a bug.
 */
export function taskHandler(task: Task, world: TaskWorld): TaskHandler {
  const pipeline: Pipeline = middy({ timeoutEarlyInMillis: stopEarlyMs, timeoutEarlyResponse: stopped });
  pipeline.use([reportOutcome(), workFolder(world.tempFolder), passByReference(), checkShapes(task)]);
  pipeline.handler(async (call, context, { signal }) => {
    const { signal: outerSignal }: Invocation = context;
    const signals = outerSignal ? [signal, outerSignal] : [signal];
    return await task.run(call.input, {
      ...call.context,
      workFolder: call.workFolder,
      signal: AbortSignal.any(signals),
    });
  });
  return async (payload, invocation = {}) => {
    const call = openCall(payload, world);
    // middy's types want a whole Lambda context; it reads getRemainingTimeInMillis alone
    const output = await pipeline(call, invocation as Context);
    return (output ?? null) as Json; // what the task's schema let pass goes into JSON
  };
}

function stopped(): never {
  throw new TaskTimeoutError(
    "the task was stopped one second before its time was up; raise timeoutSeconds in the flow's manifest, or give it less to do",
  );
}
