import type { MiddlewareObj, MiddyfiedHandler } from '@middy/core';
import { InvalidDataError } from '../errors.ts';
import { type Redactor, redactor } from '../secret/redactor.ts';
import { shapeProblems } from '../source/shape-problems.ts';
import type { TaskContext } from './task-context.ts';
import { taskEvent } from './task-event.ts';
import { taskLogger } from './task-logger.ts';
import type { TaskWorld } from './task-world.ts';

/** One call of a task on its way through the pipeline. */
export interface Call {
  /** As the state sent it; then with references resolved; then as the task's schema parsed it. */
  input: unknown;
  /** Empty until the work folder is made. */
  workFolder: string;
  readonly startedAtMs: number;
  readonly context: Omit<TaskContext, 'signal' | 'workFolder'>;
  readonly redactor: Redactor;
}

/** The pipeline that a call goes through, and one station of it. */
export type Pipeline = MiddyfiedHandler<Call, unknown>;
export type Station = MiddlewareObj<Call, unknown>;

/**
 * Reads the payload of a Task state and gives the call what is its own: its logger, and the memory of its secrets.
 *
 * @throws {InvalidDataError} the payload is not `{ input, context }`
 */
export function openCall(payload: unknown, world: TaskWorld): Call {
  const parsed = taskEvent.safeParse(payload);
  if (!parsed.success) {
    throw new InvalidDataError(
      `the payload is not { input, context: $states.context }: ${shapeProblems(parsed.error)}`,
    );
  }
  const { input, context } = parsed.data;
  const redaction = redactor();
  const caller = {
    environment: world.environment,
    flowName: world.flowName,
    executionName: context.Execution.Name,
    stateName: context.State.Name,
    attempt: context.State.RetryCount + 1,
    ...(context.Map ? { mapIndex: context.Map.Item.Index } : {}),
  };
  return {
    input,
    workFolder: '',
    startedAtMs: world.clock.now(),
    redactor: redaction,
    context: {
      ...caller,
      executionStartedAt: new Date(context.Execution.StartTime),
      codeVersion: world.codeVersion,
      artifacts: world.artifacts,
      secrets: redaction.watch(world.secrets),
      settings: world.settings,
      events: world.events,
      clock: world.clock,
      log: taskLogger({
        keys: {
          flow: caller.flowName,
          execution: caller.executionName,
          state: caller.stateName,
          attempt: caller.attempt,
          ...(context.Map ? { mapIndex: context.Map.Item.Index } : {}),
        },
        redact: redaction.redact,
        clock: world.clock,
        ...(world.onLog ? { onLog: world.onLog } : {}),
      }),
    },
  };
}
