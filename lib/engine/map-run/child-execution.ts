import type { MapState } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import type { Cancellation } from '../cancellation.ts';
import { dataLimitExceeded, HistoryFull, historyFull, StateFailed } from '../failure.ts';
import type { Frame } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import type { History } from '../history.ts';
import { isTooLarge } from '../payload.ts';
import { executionContext, type Run } from '../run.ts';
import type { StateVisit } from '../visit.ts';
import type { ChildEnd, MapRunJournal } from './journal.ts';
import type { ChildResult } from './results.ts';

/** What child executions of one Map Run have in common. */
export interface ChildRun {
  /** ARN of the Map Run. */
  readonly arn: string;
  readonly cancellation: Cancellation;
  readonly isResumed: boolean;
  readonly runGraph: RunGraph;
}

type RunChild = (input: Json, index: number) => Promise<ChildResult>;

/** A function that runs child executions; after a redrive those that had succeeded give what they gave before. */
export async function childRunner(frame: Frame, visit: StateVisit<MapState>, childRun: ChildRun): Promise<RunChild> {
  const { journal } = frame.run;
  const done = new Map<number, ChildEnd>();
  if (journal && childRun.isResumed) {
    for (const end of await journal.read(childRun.arn)) if (end.status === 'SUCCEEDED') done.set(end.index, end);
  }
  const { clock } = frame.run.world;
  return async (input, index) => {
    const startedAtMs = clock.now();
    const child = childOf(frame, { visit, childRun, input, index });
    const { executionArn, executionName } = child.run.identity;
    const known = done.get(index);
    if (known) {
      child.cancellation.release();
      return { ...known, executionArn, name: executionName, input };
    }
    const ended = await runToEnd(child, visit.state, { input, childRun });
    const end: ChildEnd = { index, ...ended, startedAtMs, stoppedAtMs: clock.now() };
    journal?.append(childRun.arn, end);
    return { ...end, executionArn, name: executionName, input };
  };
}

type End = Omit<ChildEnd, 'index' | 'startedAtMs' | 'stoppedAtMs'>;

async function runToEnd(
  child: Frame,
  state: MapState,
  { input, childRun }: { input: Json; childRun: ChildRun },
): Promise<End> {
  try {
    if (isTooLarge(input)) throw dataLimitExceeded(state.name);
    return { status: 'SUCCEEDED', output: await childRun.runGraph(child, state.processor, input) };
  } catch (error) {
    if (error instanceof HistoryFull)
      return { status: 'FAILED', error: 'States.Runtime', cause: historyFull(child.run.maxEvents) };
    if (!(error instanceof StateFailed)) throw error;
    const { error: name, cause } = error.failure;
    return { status: 'FAILED', ...(name !== undefined && { error: name }), ...(cause !== undefined && { cause }) };
  } finally {
    child.cancellation.release();
  }
}

/** A child is an execution of its own: its context, history and variables know nothing of the parent's. */
function childOf(
  parent: Frame,
  about: { visit: StateVisit<MapState>; childRun: ChildRun; input: Json; index: number },
): Frame {
  const { childRun, input, index } = about;
  const { identity, world, journal } = parent.run;
  // arn:…:mapRun:<state machine>/<label>:<id>
  const [machineAndLabel = '', id = ''] = childRun.arn.split(':').slice(-2);
  const name = `${id}-${index}`;
  const prefix = identity.executionArn.slice(0, identity.executionArn.indexOf(':execution:'));
  const childIdentity = {
    ...identity,
    executionName: name,
    executionArn: `${prefix}:execution:${machineAndLabel}:${name}`,
    startTime: new Date(world.clock.now()).toISOString(),
    input,
    stateMachineArn: `${prefix}:stateMachine:${machineAndLabel}`,
    stateMachineName: machineAndLabel,
  };
  const run: Run = {
    identity: childIdentity,
    world,
    history: countEvents(),
    get context() {
      return executionContext(childIdentity);
    },
    maxEvents: parent.run.maxEvents,
    ...(journal && { journal: within(journal, `${childRun.arn}/${index}/`) }),
  };
  return { run, path: '', cancellation: childRun.cancellation.child(), variables: {}, lastEventId: 0 };
}

/** A child's history is kept by nobody; that it started was its first event. */
function countEvents(): History {
  let length = 1;
  const count = () => {
    length += 1;
    return length;
  };
  return {
    get length() {
      return length;
    },
    count,
    append: count,
    settled: () => undefined,
  };
}

/** A Map Run inside a child is kept apart from those of other children. */
function within(journal: MapRunJournal, prefix: string): MapRunJournal {
  return {
    append: (mapRun, end) => journal.append(prefix + mapRun, end),
    read: (mapRun) => journal.read(prefix + mapRun),
  };
}
