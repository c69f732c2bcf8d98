import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What one job may use before it is ended. */
export interface JobLimits {
  readonly seconds: number;
  /** Of the thread's heap, and of the buffers that belong to it. */
  readonly memoryMiB: number;
}

/** A job's answer, or how it was ended. */
export type JobOutcome<Answer> =
  | { readonly answer: Answer }
  | { readonly ended: 'timed_out' | 'out_of_memory' | 'crashed'; readonly detail: string };

/** A thread that does one job after the other; one that hangs or grows is ended, and the next job gets a new thread. */
export interface LimitedWorker<Job, Answer> extends AsyncDisposable {
  run(job: Job, signal: AbortSignal): Promise<JobOutcome<Answer>>;
}

/**
 * Does the jobs of the threads that {@link openLimitedWorker} starts under this role; does nothing elsewhere.
 *
 * To be called at the top of the module whose `import.meta.url` they are started with. In a bundle, that is the whole
 * bundle: the role tells its threads apart.
 */
export function serveJobs<Job, Answer>(role: string, work: (job: Job) => Promise<Answer>): void {
  if (isMainThread || workerData !== role) return;
  parentPort?.postMessage(ready);
  parentPort?.on('message', async (job: Job) => {
    parentPort?.postMessage({ answer: await work(job) });
  });
}

/** What a thread says when its code is loaded, which counts for no job. */
const ready = 'ready';

/** How often a busy thread's memory is looked at. */
const lookEveryMs = 100;

/** A worker whose thread is started with its first job. */
export function openLimitedWorker<Job, Answer>(
  start: { readonly url: string; readonly role: string },
  limits: JobLimits,
): LimitedWorker<Job, Answer> {
  let thread: Worker | undefined;
  const stop = async () => {
    const stopped = thread;
    thread = undefined;
    await stopped?.terminate();
  };
  return {
    async run(job, signal) {
      signal.throwIfAborted();
      thread ??= await startThread(start, limits);
      const outcome = await doJob<Job, Answer>(thread, job, { limits, signal });
      if (!('answer' in outcome)) await stop();
      signal.throwIfAborted();
      return outcome;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function startThread({ url, role }: { url: string; role: string }, { memoryMiB }: JobLimits): Promise<Worker> {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMiB };
  // what libraries print is no log line of a task: it is read by no one
  const thread = new Worker(new URL(url), { workerData: role, resourceLimits, stdout: true, stderr: true });
  thread.setMaxListeners(0);
  const [first] = await once(thread, 'message');
  if (first !== ready) throw new Error(`the thread '${role}' says '${first}' instead of '${ready}'`);
  return thread;
}

async function doJob<Job, Answer>(
  thread: Worker,
  job: Job,
  { limits, signal }: { limits: JobLimits; signal: AbortSignal },
): Promise<JobOutcome<Answer>> {
  const done = new AbortController();
  // real time, not the task's clock: it bounds a computation of this machine
  const timeUp = AbortSignal.timeout(limits.seconds * 1000);
  const ends: Promise<JobOutcome<Answer>>[] = [
    heard(thread, done.signal),
    aborted(timeUp, done.signal).then(() => ({ ended: 'timed_out', detail: `not done after ${limits.seconds} s` })),
    aborted(signal, done.signal).then(() => ({ ended: 'crashed', detail: 'stopped' })),
    outgrown(thread, limits.memoryMiB, done.signal),
  ];
  thread.postMessage(job);
  try {
    return await Promise.race(ends);
  } finally {
    done.abort();
  }
}

/** What the thread says, or how it died. */
function heard<Answer>(thread: Worker, done: AbortSignal): Promise<JobOutcome<Answer>> {
  return new Promise((resolve) => {
    const answered = (outcome: JobOutcome<Answer>) => resolve(outcome);
    const failed = (error: Error & { code?: string }) => {
      const ended = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'crashed';
      resolve({ ended, detail: error.message });
    };
    const exited = (code: number) => resolve({ ended: 'crashed', detail: `the thread exited with code ${code}` });
    thread.once('message', answered).once('error', failed).once('exit', exited);
    done.addEventListener('abort', () => thread.off('message', answered).off('error', failed).off('exit', exited), {
      once: true,
    });
  });
}

function aborted(signal: AbortSignal, done: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, signal: done });
  });
}

/** Resolves when the thread's buffers outgrow the limit; V8 itself bounds the heap only. */
async function outgrown<Answer>(thread: Worker, memoryMiB: number, done: AbortSignal): Promise<JobOutcome<Answer>> {
  while (!done.aborted) {
    await aborted(AbortSignal.timeout(lookEveryMs), done);
    const { external_memory: bufferBytes = 0 } = await thread.getHeapStatistics().catch(() => ({ external_memory: 0 }));
    const bufferMiB = Math.round(bufferBytes / 2 ** 20);
    if (bufferMiB > memoryMiB) return { ended: 'out_of_memory', detail: `${bufferMiB} MiB of buffers` };
  }
  return { ended: 'crashed', detail: 'no longer watched' };
}
