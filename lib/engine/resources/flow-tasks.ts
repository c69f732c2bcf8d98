import type { LogLine } from '../../execution/executions.ts';
import type { FlowDefinition } from '../../flow/check-flow.ts';
import type { Flow } from '../../flow/flow.ts';
import type { Json } from '../../json.ts';
import { functionArn } from '../arns.ts';
import { TaskFailed } from '../task-failure.ts';
import { type FunctionCall, lambdaResources } from './lambda.ts';
import type { TaskResource } from './task-resource.ts';

/** One call of a flow's task. */
export interface TaskInvocation {
  readonly flow: Flow;
  /** As in the manifest: PascalCase. */
  readonly taskName: string;
  readonly payload: Json;
  /** Aborts when the state times out or the execution is stopped. */
  readonly signal: AbortSignal;
  /** Takes each line that the task logs; the engine adds the state's name. */
  onLog(line: LogLine): void;
}

/** Runs a task; the `name` of the error it throws is what `Retry` and `Catch` see. */
export type InvokeTask = (invocation: TaskInvocation) => Promise<Json>;

/** The Lambda resources of a world whose functions are the tasks of these flows. */
export function taskResources(
  flows: readonly FlowDefinition[],
  invokeTask: InvokeTask,
  onLog: (executionArn: string, line: LogLine) => void,
): Record<string, TaskResource> {
  const tasks = new Map(
    flows.flatMap(({ flow }) =>
      Object.keys(flow.tasks).flatMap((taskName) => {
        const arn = functionArn(flow.name, taskName);
        const name = arn.slice(arn.lastIndexOf(':') + 1);
        return [arn, name].map((functionName) => [functionName, { flow, taskName }] as const);
      }),
    ),
  );
  return lambdaResources((call) => {
    // Lambda takes a function by ARN or by name, with or without the one version there is
    const found = tasks.get(call.functionName.replace(/:\$LATEST$/, ''));
    if (!found) throw noSuchFunction(call);
    const { executionArn, stateName, signal } = call.task;
    const log = (line: LogLine) => onLog(executionArn, { ...line, state: line.state ?? stateName });
    return invokeTask({ ...found, payload: call.payload, signal, onLog: log });
  });
}

function noSuchFunction({ functionName }: FunctionCall): TaskFailed {
  const cause = `Function not found: ${functionName}:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Proxy: null)`;
  return new TaskFailed({ error: 'Lambda.ResourceNotFoundException', cause });
}
