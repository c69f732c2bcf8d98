import type { Awaitable } from '../../asl/awaitable.ts';
import { isJsonObject, type Json } from '../../json.ts';
import type { TaskCall, TaskResource } from './task-resource.ts';

/** One invocation of a function. */
export interface FunctionCall {
  /** The state's call, of which this is the function's part. */
  readonly task: TaskCall;
  /** Name or ARN, as the state wrote it. */
  readonly functionName: string;
  /** The event the function gets. */
  readonly payload: Json;
}

/** Runs a function in this process; it fails by throwing, as {@link TaskResource} says. */
export type InvokeFunction = (call: FunctionCall) => Awaitable<Json>;

/**
 * `lambda:invoke`, and function ARNs as resource, on a function of this process.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export function lambdaResources(invoke: InvokeFunction): Record<'lambda:invoke' | 'lambda:function', TaskResource> {
  return {
    'lambda:function': {
      call: (task) => invoke({ task, functionName: task.resource.arn, payload: task.parameters }),
    },
    'lambda:invoke': {
      async call(task) {
        const parameters = isJsonObject(task.parameters) ? task.parameters : {};
        const functionName = String(parameters.FunctionName ?? '');
        const payload = await invoke({ task, functionName, payload: eventOf(parameters.Payload) });
        return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
      },
    },
  };
}

/** The event that a `Payload` stands for: text that is JSON is read, and nothing is an empty object. */
function eventOf(payload: Json | undefined): Json {
  if (payload === undefined || payload === null) return {};
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload; // text that is not JSON is itself the event
  }
}
