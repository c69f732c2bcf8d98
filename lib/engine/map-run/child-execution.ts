import type { MapState } from '../../asl/types.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Cancellation } from '../cancellation.ts';
import { dataLimitExceeded, HistoryFull, historyFull, StateFailed } from '../failure.ts';
import type { Frame } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import type { History } from '../history.ts';
import { isTooLarge, textOf } from '../payload.ts';
import { executionContext, type Run, type RunIdentity, type World } from '../run.ts';
import type { StateVisit } from '../visit.ts';
import { childArn, childName } from './child-arn.ts';
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

/** How much of the input of a child that fails is kept, in characters: enough to tell which item it was. */
const keptInputLength = 1_000;

type RunChild = (input: Json, index: number) => Promise<ChildResult>;

/** A function that runs child executions; after a redrive those that had succeeded give what they gave before. */
export async function childRunner(frame: Frame, visit: StateVisit<MapState>, childRun: ChildRun): Promise<RunChild> {
  const { journal } = frame.run;
  const done = new Map<number, ChildEnd>();
  if (journal && childRun.isResumed) {
    for await (const end of journal.read(childRun.arn)) if (end.status === 'SUCCEEDED') done.set(end.index, end);
  }
  const identityOf = childIdentities(frame, childRun.arn);
  return (input, index) => {
    const identity = identityOf(input, index);
    const known = done.get(index);
    if (known) return Promise.resolve(resultOf(known, identity));
    const child = childOf(frame, { identity, childRun, index });
    return runChild(child, visit.state, { index, childRun, journal });
  };
}

function resultOf(end: ChildEnd, { executionArn, executionName, input }: RunIdentity): ChildResult {
  return { ...end, executionArn, name: executionName, input };
}

async function runChild(
  child: Frame,
  state: MapState,
  { index, childRun, journal }: { index: number; childRun: ChildRun; journal: MapRunJournal | undefined },
): Promise<ChildResult> {
  const { identity, world } = child.run;
  const startedAtMs = world.clock.now();
  let end: ChildEnd;
  try {
    if (isTooLarge(identity.input)) throw dataLimitExceeded(state.name);
    const output = await childRun.runGraph(child, state.processor, identity.input);
    end = { index, status: 'SUCCEEDED', output, startedAtMs, stoppedAtMs: world.clock.now() };
  } catch (error) {
    const inputText = textOf(identity.input).slice(0, keptInputLength);
    const failure = { ...failureOf(error, child), inputText };
    end = { index, status: 'FAILED', ...failure, startedAtMs, stoppedAtMs: world.clock.now() };
  } finally {
    child.cancellation.release();
  }
  journal?.append(childRun.arn, end);
  return resultOf(end, identity);
}

/** @throws whatever is no failure of the child itself */
function failureOf(error: unknown, child: Frame): Pick<ChildEnd, 'error' | 'cause'> {
  if (error instanceof HistoryFull) return { error: 'States.Runtime', cause: historyFull(child.run.maxEvents) };
  if (!(error instanceof StateFailed)) throw error;
  const { error: name, cause } = error.failure;
  return { ...(name !== undefined && { error: name }), ...(cause !== undefined && { cause }) };
}

/** Makes the identities of a Map Run's children, from what they have in common. */
function childIdentities(parent: Frame, mapRunArn: string): (input: Json, index: number) => RunIdentity {
  const { identity, world } = parent.run;
  // arn:…:mapRun:<state machine>/<label>:<id>
  const [stateMachineName = ''] = mapRunArn.split(':').slice(-2);
  const stateMachineArn = mapRunArn.replace(':mapRun:', ':stateMachine:').replace(/:[^:]*$/, '');
  const shared = { ...identity, stateMachineArn, stateMachineName };
  return (input, index) => {
    const executionName = childName({ mapRunArn, index });
    const executionArn = childArn({ mapRunArn, index });
    return { ...shared, executionName, executionArn, startTime: new Date(world.clock.now()).toISOString(), input };
  };
}

/** A child is an execution of its own: its context, history and variables know nothing of the parent's. */
function childOf(parent: Frame, about: { identity: RunIdentity; childRun: ChildRun; index: number }): Frame {
  const { identity, childRun, index } = about;
  const { journal } = parent.run;
  const run = new ChildExecution(identity, parent.run, journal && within(journal, `${childRun.arn}/${index}/`));
  return { run, path: '', cancellation: childRun.cancellation.child(), variables: {}, lastEventId: 0 };
}

/** A class, because there is one per item, and few ask for its context object. */
class ChildExecution implements Run {
  readonly identity: RunIdentity;
  readonly world: World;
  readonly history: History;
  readonly maxEvents: number;
  readonly journal?: MapRunJournal;

  constructor(identity: RunIdentity, parent: Run, journal: MapRunJournal | undefined) {
    this.identity = identity;
    this.world = parent.world;
    this.history = new EventCount();
    this.maxEvents = parent.maxEvents;
    if (journal) this.journal = journal;
  }

  get context(): JsonObject {
    return executionContext(this.identity);
  }
}

/** A child's history is kept by nobody; that it started was its first event. */
class EventCount implements History {
  length = 1;

  count(): number {
    this.length += 1;
    return this.length;
  }

  append(): number {
    return this.count();
  }

  settled(): undefined {
    return undefined;
  }
}

/** A Map Run inside a child is kept apart from those of other children. */
function within(journal: MapRunJournal, prefix: string): MapRunJournal {
  return {
    append: (mapRun, end) => journal.append(prefix + mapRun, end),
    read: (mapRun) => journal.read(prefix + mapRun),
  };
}
