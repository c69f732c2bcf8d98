import type { Execution, ExecutionStatus } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';
import type { ExecutionTree, StateVisit } from './execution-tree.ts';
import { type Change, Details, type Position, stepOf } from './history-steps.ts';

/**
 * Builds the tree of one execution from its history, event by event.
 *
 * Mostly `previousEventId` alone tells which branch or iteration an event belongs to, so every event must be handed
 * in, in order.
 */
export function executionTreeBuilder({ arn, name, flowName }: Pick<Execution, 'arn' | 'name' | 'flowName'>) {
  const tree: ExecutionTree = { executionArn: arn, executionName: name, flowName, status: 'RUNNING', states: [] };
  const root: Position = { siblings: tree.states, enclosing: undefined };
  const positions = new Map<number, Position>();
  /** A Map Run that is redriven follows from the redrive, and goes on where it was. */
  const mapRuns = new Map<string, Position>();
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
    const details = Details.parse(event.details);
    const { mapRunArn = '' } = details;
    const previous = mapRuns.get(mapRunArn) ?? positions.get(event.previousEventId) ?? root;
    const step = stepOf(event.type);
    const { position, changes } = step ? step(previous, details, event) : { position: previous, changes: [] };
    positions.set(event.id, position);
    if (mapRunArn !== '') mapRuns.set(mapRunArn, position);
    return [...changes, ...endOrReopen(event, details)];
  };
  return { tree, apply };
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
