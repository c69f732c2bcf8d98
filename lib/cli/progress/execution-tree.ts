import * as z from 'zod';
import type { Execution, ExecutionStatus } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';

/** How far a state is: `CAUGHT` failed for good and was left through a Catch. */
export type StateStatus = 'RUNNING' | 'SUCCEEDED' | 'CAUGHT' | 'FAILED' | 'ABORTED';

/** One visit to a state, as far as the history tells. */
export interface StateVisit {
  readonly name: string;
  /** ASL type: `Task`, `Map`, … */
  readonly type: string;
  status: StateStatus;
  readonly enteredAt: string;
  exitedAt?: string;
  /** Tries of a Task; 1 without retries, 0 for states that call nothing. */
  attempts: number;
  /** The last failure inside the state, also when a retry healed it. */
  failure?: Failure;
  /** How far a Map is. */
  iterations?: { total: number; started: number; succeeded: number; failed: number };
  /** States inside branches and iterations, in the order they were entered. */
  readonly inner: StateVisit[];
  /** Iteration of the enclosing Map, counting from 0. */
  readonly iteration?: number;
  /** What tasks answered with: JSON text, in order. */
  readonly outputs: string[];
  /** The execution that this state started and waits for. */
  child?: ExecutionTree;
}

/** ASL error name and its text. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** An execution as a tree: its states, and below them the executions they started. */
export interface ExecutionTree {
  readonly executionArn: string;
  readonly executionName: string;
  readonly flowName: string;
  status: ExecutionStatus;
  startedAt?: string;
  stoppedAt?: string;
  failure?: Failure;
  readonly states: StateVisit[];
}

/** What an event changed, for those who report as it happens. */
export type Change =
  | {
      readonly kind: 'entered' | 'exited' | 'retried' | 'failed' | 'iterated';
      readonly visit: StateVisit;
      readonly at: string;
    }
  | {
      readonly kind: 'started-execution';
      readonly visit: StateVisit;
      readonly executionArn: string;
      readonly at: string;
    }
  | { readonly kind: 'ended'; readonly at: string };

/** Where in the tree an event lies: the list that new states join, and the state that it is about. */
interface Position {
  readonly siblings: StateVisit[];
  readonly enclosing: Position | undefined;
  readonly visit?: StateVisit;
  readonly iteration?: number;
}

const Details = z.object({
  name: z.string().optional(),
  index: z.number().optional(),
  length: z.number().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  resourceType: z.string().optional(),
});
type Details = z.infer<typeof Details>;

const StartedExecution = z.object({ ExecutionArn: z.string() });

/**
 * Builds the tree of one execution from its history, event by event.
 *
 * Only `previousEventId` tells which branch or iteration an event belongs to, so every event must be handed in, in order.
 */
export function executionTreeBuilder({ arn, name, flowName }: Pick<Execution, 'arn' | 'name' | 'flowName'>) {
  const tree: ExecutionTree = { executionArn: arn, executionName: name, flowName, status: 'RUNNING', states: [] };
  const root: Position = { siblings: tree.states, enclosing: undefined };
  const positions = new Map<number, Position>();
  let leftOpen: StateVisit[] = [];

  const endOrReopen = (event: HistoryEvent, details: Details): Change[] => {
    if (event.type === 'ExecutionStarted') tree.startedAt = event.timestamp;
    if (event.type === 'ExecutionRedriven') reopen(tree, leftOpen);
    const status = endings.get(event.type);
    if (!status) return [];
    leftOpen = openVisits(tree.states);
    end(tree, leftOpen, { status, at: event.timestamp, details });
    return [{ kind: 'ended', at: event.timestamp }];
  };

  const apply = (event: HistoryEvent): Change[] => {
    const previous = positions.get(event.previousEventId) ?? root;
    const details = Details.parse(event.details);
    const step = stepOf(event.type);
    const { position, changes } = step ? step(previous, details, event) : { position: previous, changes: [] };
    positions.set(event.id, position);
    return [...changes, ...endOrReopen(event, details)];
  };
  return { tree, apply };
}

interface Outcome {
  readonly position: Position;
  readonly changes: Change[];
}
type Step = (previous: Position, details: Details, event: HistoryEvent) => Outcome;

const scheduled = /^(Task|LambdaFunction|Activity)Scheduled$/;
const succeeded = /^(Task|LambdaFunction|Activity|MapRun)Succeeded$/;
const failed =
  /^(Task|LambdaFunction|Activity)(Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$|^(MapState|ParallelState|MapRun)Failed$|^EvaluationFailed$/;

function stepOf(type: string): Step | undefined {
  if (type.endsWith('StateEntered')) return enter;
  if (type.endsWith('StateExited')) return exit;
  if (type.endsWith('StateAborted')) return abort;
  if (type === 'ParallelStateStarted') return (previous) => ({ position: inside(previous), changes: [] });
  if (type === 'MapStateStarted') return startMap;
  if (type === 'MapIterationStarted') return startIteration;
  if (type.startsWith('MapIteration')) return endIteration;
  if (scheduled.test(type)) return schedule;
  if (type === 'TaskSubmitted' || succeeded.test(type)) return takeOutput;
  if (failed.test(type)) return fail;
  return undefined;
}

function enter(previous: Position, { name }: Details, { type, timestamp }: HistoryEvent): Outcome {
  const visit: StateVisit = {
    name: name ?? '?',
    type: type.slice(0, -'StateEntered'.length),
    status: 'RUNNING',
    enteredAt: timestamp,
    attempts: 0,
    inner: [],
    outputs: [],
    ...(previous.iteration !== undefined && { iteration: previous.iteration }),
  };
  previous.siblings.push(visit);
  return { position: { ...previous, visit }, changes: [{ kind: 'entered', visit, at: timestamp }] };
}

function exit(previous: Position, { name }: Details, { timestamp }: HistoryEvent): Outcome {
  const position = outward(previous, name);
  const { visit } = position;
  if (!visit) return { position: previous, changes: [] };
  visit.status = visit.status === 'FAILED' ? 'CAUGHT' : 'SUCCEEDED';
  visit.exitedAt = timestamp;
  return { position, changes: [{ kind: 'exited', visit, at: timestamp }] };
}

function abort(previous: Position, _: Details, { timestamp }: HistoryEvent): Outcome {
  if (previous.visit) Object.assign(previous.visit, { status: 'ABORTED', exitedAt: timestamp });
  return { position: previous, changes: [] };
}

function startMap(previous: Position, { length }: Details): Outcome {
  if (previous.visit) previous.visit.iterations = { total: length ?? 0, started: 0, succeeded: 0, failed: 0 };
  return { position: previous, changes: [] };
}

function startIteration(previous: Position, { name, index }: Details): Outcome {
  const map = outward(previous, name);
  if (map.visit?.iterations) map.visit.iterations.started += 1;
  return { position: inside(map, index), changes: [] };
}

function endIteration(previous: Position, { name }: Details, { type, timestamp }: HistoryEvent): Outcome {
  const position = outward(previous, name);
  const { visit } = position;
  if (!visit?.iterations) return { position, changes: [] };
  if (type === 'MapIterationSucceeded') visit.iterations.succeeded += 1;
  else visit.iterations.failed += 1;
  return { position, changes: [{ kind: 'iterated', visit, at: timestamp }] };
}

function schedule(previous: Position, _: Details, { timestamp }: HistoryEvent): Outcome {
  const { visit } = previous;
  if (!visit) return { position: previous, changes: [] };
  visit.attempts += 1;
  visit.status = 'RUNNING';
  delete visit.exitedAt;
  return { position: previous, changes: visit.attempts > 1 ? [{ kind: 'retried', visit, at: timestamp }] : [] };
}

function takeOutput(previous: Position, details: Details, { type, timestamp }: HistoryEvent): Outcome {
  const { visit } = previous;
  if (!visit || details.output === undefined) return { position: previous, changes: [] };
  if (type !== 'TaskSubmitted') {
    visit.outputs.push(details.output);
    return { position: previous, changes: [] };
  }
  const started =
    details.resourceType === 'states' ? StartedExecution.safeParse(JSON.parse(details.output)) : undefined;
  if (!started?.success) return { position: previous, changes: [] };
  const executionArn = started.data.ExecutionArn;
  return { position: previous, changes: [{ kind: 'started-execution', visit, executionArn, at: timestamp }] };
}

function fail(previous: Position, { error, cause }: Details, { type, timestamp }: HistoryEvent): Outcome {
  const { visit } = previous;
  if (!visit) return { position: previous, changes: [] };
  visit.status = 'FAILED';
  visit.failure = {
    error: error ?? defaultError(type) ?? visit.failure?.error ?? 'States.TaskFailed',
    cause: cause ?? '',
  };
  return { position: previous, changes: [{ kind: 'failed', visit, at: timestamp }] };
}

function defaultError(type: string): string | undefined {
  return type.endsWith('TimedOut') ? 'States.Timeout' : undefined;
}

/** The position of a branch or an iteration inside the state at `position`. */
function inside(position: Position, iteration?: number): Position {
  return {
    siblings: position.visit?.inner ?? position.siblings,
    enclosing: position,
    ...(iteration !== undefined && { iteration }),
  };
}

/** From `position` outwards, the first that is about the state of that name. */
function outward(position: Position, name: string | undefined): Position {
  let candidate: Position | undefined = position;
  while (candidate && candidate.visit?.name !== name) candidate = candidate.enclosing;
  return candidate ?? position;
}

const endings: ReadonlyMap<string, ExecutionStatus> = new Map([
  ['ExecutionSucceeded', 'SUCCEEDED'],
  ['ExecutionFailed', 'FAILED'],
  ['ExecutionTimedOut', 'TIMED_OUT'],
  ['ExecutionAborted', 'ABORTED'],
]);

/** An execution that ends leaves the states it was in without an event of their own. */
function openVisits(visits: readonly StateVisit[]): StateVisit[] {
  return visits.flatMap((visit) => [...(visit.exitedAt === undefined ? [visit] : []), ...openVisits(visit.inner)]);
}

function end(
  tree: ExecutionTree,
  open: readonly StateVisit[],
  ending: { status: ExecutionStatus; at: string; details: Details },
): void {
  const { status, at, details } = ending;
  tree.status = status;
  tree.stoppedAt = at;
  if (details.error !== undefined) tree.failure = { error: details.error, cause: details.cause ?? '' };
  for (const visit of open) {
    // whoever waited for a retry when the execution was stopped did not fail for good
    if (visit.status === 'RUNNING' || status !== 'FAILED') visit.status = status === 'FAILED' ? 'FAILED' : 'ABORTED';
    visit.exitedAt = at;
  }
}

/**
 * Ends the tree of an execution whose history breaks off: the process that ran it is gone, and only the execution's
 * description tells how it counts.
 */
export function endCutOff(tree: ExecutionTree, execution: Execution): void {
  const { status, error, cause, stopDate, startDate } = execution;
  if (tree.status !== 'RUNNING' || status === 'RUNNING') return;
  const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  end(tree, openVisits(tree.states), { status, at: stopDate ?? startDate, details });
}

function reopen(tree: ExecutionTree, visits: readonly StateVisit[]): void {
  tree.status = 'RUNNING';
  delete tree.stoppedAt;
  delete tree.failure;
  for (const visit of visits) {
    visit.status = 'RUNNING';
    delete visit.exitedAt;
  }
}

/** An execution and all that it started, directly or not, in the order they were started. */
export function executionsIn(tree: ExecutionTree): ExecutionTree[] {
  return [tree, ...visitsIn(tree).flatMap(({ child }) => (child ? executionsIn(child) : []))];
}

/** Every visit of one execution, also inside branches and iterations; not those of executions it started. */
export function visitsIn({ states }: Pick<ExecutionTree, 'states'>): StateVisit[] {
  return states.flatMap((visit) => [visit, ...visitsIn({ states: visit.inner })]);
}
