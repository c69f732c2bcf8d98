import type { Clock } from '../clock.ts';
import { TaskError, UsageError } from '../errors.ts';
import type { Flow } from '../flow/flow.ts';
import { nextFireTime, type Schedule } from '../flow/schedule.ts';
import type { Json } from '../json.ts';
import type { Execution } from './execution.ts';
import type { Executions } from './executions.ts';

/** What became of a schedule that was due. */
export interface Fired {
  readonly flow: Flow;
  readonly dueAt: Date;
  readonly outcome: 'started' | 'skipped' | 'refused';
  /** The execution that was started, or that was in the way. */
  readonly executionName?: string;
  /** Why it was refused. */
  readonly reason?: string;
}

/** What schedules run with. */
export interface Schedules {
  readonly flows: readonly Flow[];
  readonly executions: Executions;
  readonly clock: Clock;
  /** Ends it all. */
  readonly signal: AbortSignal;
  /** @throws {UsageError} the flow must not be started now; its sentence becomes the reason */
  readonly beforeStart: (flow: Flow) => Promise<void>;
  readonly onFire: (fired: Fired) => void;
  /** Tells of every artifact that is published, by its name; without it, no flow is started by that. */
  readonly onPublished?: (listener: (artifactName: string) => void) => Disposable;
}

/** Timers take no more than 24.8 days, and a laptop that was closed should notice soon; in milliseconds. */
const longestSleepMs = 60 * 60 * 1_000;

/**
 * Starts flows when their schedules are due or an artifact that they wait for is published, until the signal aborts.
 *
 * What was due while nobody served is not made up for. A flow that still runs is passed over, waited for or started
 * beside, as its manifest's `overlap` says. The execution is named after the time, so that two of these start it once.
 */
export async function runSchedules(schedules: Schedules): Promise<void> {
  const all = schedules.flows.flatMap((flow) =>
    flow.schedules.map((schedule, index) => ({ flow, schedule, input: schedule.input, index })),
  );
  await Promise.all([...all.map((due) => runSchedule(schedules, due)), startOnEvents(schedules)]);
}

/** Ends with the signal; rejects when a start fails for another reason than the flow's own. */
async function startOnEvents(schedules: Schedules): Promise<void> {
  const { flows, clock, signal, onFire, onPublished } = schedules;
  if (!onPublished || signal.aborted) return;
  const ended = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => ended.resolve(), { once: true });
  const start = async (flow: Flow) => {
    const dueAt = new Date(clock.now());
    const input = { input: {}, index: flow.schedules.length };
    const fired = await fire(schedules, { flow, ...input }, dueAt);
    if (fired) onFire({ flow, dueAt, ...fired });
  };
  using _listening = onPublished((artifactName) => {
    for (const flow of flows) if (flow.startsOn.includes(artifactName)) start(flow).catch(ended.reject);
  });
  await ended.promise;
}

interface Due {
  readonly flow: Flow;
  readonly input: Json;
  /** Among the flow's schedules; events come after them. */
  readonly index: number;
}

async function runSchedule(schedules: Schedules, due: Due & { readonly schedule: Schedule }): Promise<void> {
  const { clock, signal, onFire } = schedules;
  let after = clock.now();
  while (!signal.aborted) {
    const dueAt = nextFireTime(due.schedule, new Date(after));
    if (!dueAt || !(await reached(dueAt, schedules))) return;
    const fired = await fire(schedules, due, dueAt);
    if (fired) onFire({ flow: due.flow, dueAt, ...fired });
    after = Math.max(dueAt.getTime(), clock.now());
  }
}

/** False when the signal came first. */
async function reached(time: Date, { clock, signal }: Schedules): Promise<boolean> {
  for (let left = time.getTime() - clock.now(); left > 0; left = time.getTime() - clock.now()) {
    const isAborted = await clock.sleep(Math.min(left, longestSleepMs), signal).then(
      () => false,
      () => true,
    );
    if (isAborted) return false;
  }
  return !signal.aborted;
}

type Outcome = Omit<Fired, 'flow' | 'dueAt'>;

/** Undefined when the signal came while it waited for its turn. */
async function fire(schedules: Schedules, due: Due, dueAt: Date): Promise<Outcome | undefined> {
  const { executions, beforeStart, signal } = schedules;
  const { flow, input, index } = due;
  try {
    await beforeStart(flow);
    if (flow.overlap === 'queue') await untilFree(schedules, flow);
    if (signal.aborted) return undefined;
    const running = flow.overlap === 'skip' ? await runningOf(executions, flow) : undefined;
    if (running) return { outcome: 'skipped', executionName: running.name };
    const executionName = nameFor(flow, dueAt, index);
    await executions.start(flow, input, { executionName });
    return { outcome: 'started', executionName };
  } catch (error) {
    // a store or source that fails now may be back the next time; anything else is a bug
    if (error instanceof UsageError || error instanceof TaskError) return { outcome: 'refused', reason: error.message };
    throw error;
  }
}

async function runningOf(executions: Executions, flow: Flow): Promise<Execution | undefined> {
  for await (const execution of executions.list(flow.name)) if (execution.status === 'RUNNING') return execution;
  return undefined;
}

async function untilFree({ executions, signal }: Schedules, flow: Flow): Promise<void> {
  for (;;) {
    const running = await runningOf(executions, flow);
    if (!running || signal.aborted) return;
    const end = executions.history(running.arn, { follow: true, signal });
    for await (const _event of end) if (signal.aborted) return;
  }
}

/** `asset-prices-20261120T1315Z`; the flow's second schedule adds `-2`. */
function nameFor(flow: Flow, dueAt: Date, index: number): string {
  const time = dueAt.toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
  return `${flow.name}-${time}Z${index === 0 ? '' : `-${index + 1}`}`;
}
