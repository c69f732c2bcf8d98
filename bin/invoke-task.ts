import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LogLine } from '../lib/execution/executions.ts';
import type { Flow } from '../lib/flow/flow.ts';
import { taskPath } from '../lib/flow/task-path.ts';
import type { Json } from '../lib/json.ts';
import { declaredAccess } from '../lib/task/declared-access.ts';
import type { Task } from '../lib/task/define-task.ts';
import { taskHandler } from '../lib/task/task-handler.ts';
import type { TaskWorld } from '../lib/task/task-world.ts';

/** A Task state's call, as the engine hands it out. */
export interface TaskCall {
  readonly flow: Flow;
  readonly taskName: string;
  readonly payload: Json;
  readonly signal: AbortSignal;
  readonly onLog: (line: LogLine) => void;
}

/** Runs a task's code in this process, under the same wrapper and with no more rights than its Lambda would have. */
export async function invokeTask(
  { flow, taskName, payload, signal, onLog }: TaskCall,
  { world, projectFolder }: { world: Omit<TaskWorld, 'flowName'>; projectFolder: string },
): Promise<Json> {
  const { file, exportName } = taskPath(flow, taskName);
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(projectFolder, file)).href);
  // `flow check` and the house test see to it that every task file exports its task under this name
  const task = module[exportName] as Task;
  const access = { name: taskName, manifest: flow.tasks[taskName] ?? {} };
  const handler = taskHandler(task, declaredAccess({ ...world, flowName: flow.name, onLog }, access));
  return await handler(payload, { signal });
}
