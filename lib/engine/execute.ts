import type { Machine } from '../asl/types.ts';
import type { ExecutionStatus } from '../execution/execution.ts';
import type { Json } from '../json.ts';
import { Cancellation } from './cancellation.ts';
import { Cancelled, type Failure, HistoryFull, historyFull, StateFailed } from './failure.ts';
import { append, type Frame, record } from './frame.ts';
import { runGraph } from './graph.ts';
import type { Details, History } from './history.ts';
import type { MapRunJournal } from './map-run/journal.ts';
import { textOf } from './payload.ts';
import type { FramePlan } from './resume-plan.ts';
import { executionContext, maxHistoryEvents, type Run, type RunIdentity, type World } from './run.ts';

/** How an execution ended. */
export type ExecutionEnd =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | ({ readonly status: Exclude<ExecutionStatus, 'SUCCEEDED' | 'RUNNING'> } & Pick<Failure, 'error' | 'cause'>);

/** An execution that has been set going. */
export interface Running {
  readonly ended: Promise<ExecutionEnd>;
  /** Aborts it; it is over when `ended` resolves. */
  stop(reason: Pick<Failure, 'error' | 'cause'>): void;
}

/** Everything one execution is made of. */
export interface Start {
  readonly machine: Machine;
  readonly identity: RunIdentity;
  readonly history: History;
  readonly world: World;
  /** What had been done before, when an execution is redriven. */
  readonly plan?: FramePlan;
  /** @default 25,000, the service's limit for standard executions */
  readonly maxEvents?: number;
  /** Keeps what the child executions of distributed Maps did, for a redrive. */
  readonly journal?: MapRunJournal;
}

/** Runs a machine from its start to one of the ends that an execution can have; every event goes to the history. */
export function execute(start: Start): Running {
  const { machine, identity } = start;
  const frame = outermostFrame(start);
  const stopped = Promise.withResolvers<ExecutionEnd>();
  const { redriveCount = 0 } = identity;
  if (redriveCount > 0) {
    record(frame, 'ExecutionRedriven', { redriveCount });
  } else {
    append(frame, 'ExecutionStarted', { input: textOf(identity.input), roleArn: identity.roleArn });
  }
  const ended = Promise.race([toEnd(frame, machine), timedOut(frame, machine), stopped.promise]).then((end) =>
    conclude(frame, end),
  );
  return { ended, stop: (reason) => stopped.resolve({ status: 'ABORTED', ...reason }) };
}

function outermostFrame({ identity, history, world, plan, journal, maxEvents = maxHistoryEvents }: Start): Frame {
  const context = executionContext(identity);
  const run: Run = { identity, history, world, context, maxEvents, ...(journal && { journal }) };
  const lastEventId = history.length;
  return { run, path: '', cancellation: new Cancellation(), variables: {}, lastEventId, ...(plan && { plan }) };
}

async function toEnd(frame: Frame, machine: Machine): Promise<ExecutionEnd> {
  try {
    return { status: 'SUCCEEDED', output: await runGraph(frame, machine, frame.run.identity.input) };
  } catch (error) {
    if (error instanceof HistoryFull) {
      return { status: 'FAILED', error: 'States.Runtime', cause: historyFull(frame.run.maxEvents) };
    }
    if (error instanceof Cancelled) return new Promise(() => undefined); // whoever cancelled tells how it ended
    if (!(error instanceof StateFailed)) throw error;
    const { error: name, cause } = error.failure;
    return { status: 'FAILED', ...(name !== undefined && { error: name }), ...(cause !== undefined && { cause }) };
  }
}

async function timedOut(frame: Frame, machine: Machine): Promise<ExecutionEnd> {
  if (machine.timeoutSeconds === undefined) return new Promise(() => undefined); // never
  const { clock } = frame.run.world;
  await clock.sleep(machine.timeoutSeconds * 1_000, frame.cancellation.signal).catch((error: unknown) => {
    if (error instanceof Cancelled) return new Promise(() => undefined); // it ended before
    throw error;
  });
  return { status: 'TIMED_OUT' };
}

const endTypes = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  TIMED_OUT: 'ExecutionTimedOut',
  ABORTED: 'ExecutionAborted',
} as const;

async function conclude(frame: Frame, end: ExecutionEnd): Promise<ExecutionEnd> {
  frame.cancellation.cancel();
  // what ends an execution from outside follows from none of its states, and says nothing about them
  if (end.status === 'TIMED_OUT' || end.status === 'ABORTED') frame.lastEventId = 0;
  append(frame, endTypes[end.status], detailsOf(end));
  await frame.run.history.settled();
  return end;
}

/** Only the history names the error of an execution that took too long. */
function detailsOf(end: ExecutionEnd): Details {
  if (end.status === 'SUCCEEDED') return { output: textOf(end.output) };
  const { error = end.status === 'TIMED_OUT' ? 'States.Timeout' : undefined, cause } = end;
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
