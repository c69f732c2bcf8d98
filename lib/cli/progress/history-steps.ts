import * as z from 'zod';
import type { HistoryEvent } from '../../execution/history-event.ts';
import type { StateVisit } from './execution-tree.ts';

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
export interface Position {
  readonly siblings: StateVisit[];
  readonly enclosing: Position | undefined;
  readonly visit?: StateVisit;
  readonly iteration?: number;
}

/** The fields of events' details that the tree is made from. */
export const Details = z.object({
  name: z.string().optional(),
  index: z.number().optional(),
  length: z.number().optional(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  resourceType: z.string().optional(),
  mapRunArn: z.string().optional(),
});
export type Details = z.infer<typeof Details>;

const StartedExecution = z.object({ ExecutionArn: z.string() });

/** Where an event lies, and what it changed. */
export interface Outcome {
  readonly position: Position;
  readonly changes: Change[];
}
/** Applies one event, given the position of the one that it follows from. */
export type Step = (previous: Position, details: Details, event: HistoryEvent) => Outcome;

const scheduled = /^(Task|LambdaFunction|Activity)Scheduled$/;
const succeeded = /^(Task|LambdaFunction|Activity|MapRun)Succeeded$/;
const failed =
  /^(Task|LambdaFunction|Activity)(Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$|^(MapState|ParallelState|MapRun)Failed$|^EvaluationFailed$/;

/** What an event of that type does to the tree; undefined when it changes nothing. */
export function stepOf(type: string): Step | undefined {
  if (type.endsWith('StateEntered')) return enter;
  if (type.endsWith('StateExited')) return exit;
  if (type.endsWith('StateAborted')) return abort;
  if (type === 'ParallelStateStarted') return (previous) => ({ position: inside(previous), changes: [] });
  if (type === 'MapStateStarted') return startMap;
  if (type === 'MapRunStarted') return startMapRun;
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
    mapRunArns: [],
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

function startMapRun(previous: Position, { mapRunArn }: Details): Outcome {
  if (mapRunArn !== undefined) previous.visit?.mapRunArns.push(mapRunArn);
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
  if (type === 'MapIterationFailed') visit.iterations.failed += 1;
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
  const named = error ?? defaultError(type);
  // a state that fails because of what ran in it has been told why
  const before = named === undefined ? visit.failure : undefined;
  visit.failure = { error: named ?? before?.error ?? 'States.TaskFailed', cause: cause ?? before?.cause ?? '' };
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
