import type { Awaitable } from '../../asl/awaitable.ts';
import { UsageError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import type { ResourceName } from './resource-name.ts';

/** One attempt of a Task state to have something done outside. */
export interface TaskCall {
  readonly resource: ResourceName;
  /** `Parameters` or `Arguments`, evaluated; the effective input when there are none. */
  readonly parameters: Json;
  readonly executionArn: string;
  readonly executionName: string;
  readonly stateName: string;
  /** Tells this visit to the state from every other of its execution, also after a redrive. */
  readonly visitId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly credentials?: Json;
  /** Set for tasks that may be ended through a token. */
  readonly taskToken?: string;
  /** Aborts when the task times out or its execution is stopped. */
  readonly signal: AbortSignal;
}

/**
 * Something that Task states can call.
 *
 * It fails by throwing: a `TaskFailed` with the error's name and cause, or any `Error`, whose `name` and message are
 * then told the way a Lambda function's are.
 */
export interface TaskResource {
  /** Answers the result, or what was started; an activity answers the name of the worker that took the task. */
  call(call: TaskCall): Awaitable<Json>;
  /** For `.sync`: resolves with the task's result when what `call` answered has come to its end. */
  finish?(call: TaskCall, submitted: Json): Promise<Json>;
}

/** The resources of a world by `service:api`, such as `lambda:invoke` or `aws-sdk:s3:getObject`. */
export interface ResourceRegistry {
  find(name: ResourceName): TaskResource | undefined;
}

/**
 * A registry of named resources; `fallback` is asked for all that have no name.
 *
 * @param resources by `service:api`; `*` in place of the api stands for all of a service
 */
export function createResources(
  resources: Readonly<Record<string, TaskResource>>,
  fallback?: (name: ResourceName) => TaskResource | undefined,
): ResourceRegistry {
  return {
    find: (name) => resources[`${name.service}:${name.api}`] ?? resources[`${name.service}:*`] ?? fallback?.(name),
  };
}

/** @throws {UsageError} no such resource; the message shows how to register one */
export function resourceFor(registry: ResourceRegistry, name: ResourceName): TaskResource {
  const resource = registry.find(name);
  if (resource) return resource;
  const key = `${name.service}:${name.api}`;
  throw new UsageError(`no local stand-in for the task resource '${key}' (${name.arn})`, {
    hint: `register one: createResources({ '${key}': { call: async ({ parameters }) => … } })`,
  });
}
