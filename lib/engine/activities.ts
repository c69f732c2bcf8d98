import type { Clock } from '../clock.ts';
import { Cancelled } from './failure.ts';
import { textOf } from './payload.ts';
import type { TaskCall, TaskResource } from './resources/task-resource.ts';

/** A task of an activity, as its worker gets it. */
export interface ActivityTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
}

/** The worker that asks for a task. */
export interface Worker {
  readonly workerName?: string | undefined;
  /** Aborts when the worker has hung up. */
  readonly signal: AbortSignal;
}

/** Brings the tasks of activities together with the workers that ask for them, first come, first served. */
export interface Activities {
  /** For Task states: a task waits until a worker takes it. */
  readonly resource: TaskResource;
  /** Waits up to a minute for a task; undefined when none came. */
  poll(activityArn: string, worker: Worker): Promise<ActivityTask | undefined>;
}

/** How long the service lets a worker wait, in milliseconds. @see API_GetActivityTask */
const pollDurationMs = 60_000;

interface WaitingTask {
  readonly call: TaskCall;
  readonly take: (workerName: string | undefined) => void;
}

type WaitingWorker = (task: WaitingTask) => void;

export function createActivities(clock: Clock): Activities {
  const tasks = createQueues<WaitingTask>();
  const workers = createQueues<WaitingWorker>();
  return {
    resource: {
      async call(call) {
        const { promise, resolve, reject } = Promise.withResolvers<string | undefined>();
        const arn = call.resource.arn;
        const waiting: WaitingTask = { call, take: resolve };
        const giveUp = () => {
          tasks.remove(arn, waiting);
          reject(new Cancelled());
        };
        call.signal.addEventListener('abort', giveUp, { once: true });
        const worker = workers.shift(arn);
        if (worker) worker(waiting);
        else tasks.push(arn, waiting);
        const workerName = await promise.finally(() => call.signal.removeEventListener('abort', giveUp));
        // an answer of nothing is what the engine takes for a worker without a name
        return workerName ?? null;
      },
    },
    async poll(arn, { workerName, signal }) {
      if (signal.aborted) return undefined;
      const task = tasks.shift(arn) ?? (await nextTask(arn, signal));
      task?.take(workerName);
      return task && { taskToken: task.call.taskToken ?? '', input: textOf(task.call.parameters) };
    },
  };

  async function nextTask(arn: string, signal: AbortSignal): Promise<WaitingTask | undefined> {
    const { promise, resolve } = Promise.withResolvers<WaitingTask | undefined>();
    const over = new AbortController();
    workers.push(arn, resolve);
    const leave = () => {
      workers.remove(arn, resolve);
      resolve(undefined);
    };
    signal.addEventListener('abort', leave, { once: true });
    clock.sleep(pollDurationMs, over.signal).then(leave, () => undefined); // it is cut short when a task has come
    const task = await promise;
    over.abort();
    signal.removeEventListener('abort', leave);
    return task;
  }
}

/** Queues by name. */
function createQueues<T>() {
  const queues = new Map<string, Set<T>>();
  return {
    push(name: string, item: T) {
      const queue = queues.get(name) ?? new Set();
      queues.set(name, queue.add(item));
    },
    shift(name: string): T | undefined {
      const queue = queues.get(name);
      const [first] = queue ?? [];
      if (first !== undefined) queue?.delete(first);
      return first;
    },
    remove(name: string, item: T) {
      queues.get(name)?.delete(item);
    },
  };
}
