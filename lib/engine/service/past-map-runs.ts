import { isTerminal } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';
import type { MapRunCounts } from '../../execution/map-run.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { stateMachineArn } from '../arns.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import type { ChildEnd } from '../map-run/journal.ts';
import type { MapRunRecord } from '../map-run/map-runs.ts';
import { maxChildConcurrency } from '../states/distributed-map.ts';

/** A Map Run as the history of its execution tells it. */
interface ToldMapRun {
  readonly mapRunArn: string;
  readonly stateName: string;
  readonly startDate: string;
  redriveCount: number;
  end?: { readonly status: MapRunRecord['status']; readonly stopDate: string };
}

/**
 * The Map Runs of an execution by what is kept of it, newest first: for those of processes that are no more.
 *
 * Their limits are the numbers in the definition; what was evaluated or updated is not kept, and reads as no limit.
 *
 * @param endsOf how the children of a Map Run ended
 */
export async function pastMapRuns(
  record: ExecutionRecord,
  events: AsyncIterable<HistoryEvent>,
  endsOf: (mapRunArn: string) => Promise<readonly ChildEnd[]>,
): Promise<MapRunRecord[]> {
  const told = await readHistory(events);
  const definition: Json = JSON.parse(record.definition);
  const runs = told.map(async ({ mapRunArn, stateName, startDate, redriveCount, end }): Promise<MapRunRecord> => {
    const ended = end ?? (isTerminal(record) ? { status: 'ABORTED', stopDate: record.stopDate } : undefined);
    return {
      mapRunArn,
      executionArn: record.arn,
      stateMachineArn: stateMachineArn(record.flowName),
      startDate,
      redriveCount,
      status: ended?.status ?? 'RUNNING',
      ...(ended?.stopDate !== undefined && { stopDate: ended.stopDate }),
      ...limitsOf(stateNamed(stateName, definition)),
      counts: countsOf(await endsOf(mapRunArn)),
    };
  });
  return (await Promise.all(runs)).reverse();
}

const ends: Readonly<Record<string, MapRunRecord['status']>> = {
  MapRunSucceeded: 'SUCCEEDED',
  MapRunFailed: 'FAILED',
  MapRunAborted: 'ABORTED',
};

/** The events of a Map Run follow from one another; that is what tells whose end an end is. */
async function readHistory(events: AsyncIterable<HistoryEvent>): Promise<ToldMapRun[]> {
  const runs = new Map<string, ToldMapRun>();
  const runOf = new Map<number, ToldMapRun>();
  const stateOf = new Map<number, string>();
  for await (const { id, previousEventId, type, timestamp, details } of events) {
    const stateName = type === 'MapStateEntered' ? String(details.name) : stateOf.get(previousEventId);
    if (stateName !== undefined && type.startsWith('Map')) stateOf.set(id, stateName);
    if (type === 'MapRunStarted' || type === 'MapRunRedriven') {
      const mapRunArn = String(details.mapRunArn);
      const before = runs.get(mapRunArn);
      const run = before ?? { mapRunArn, stateName: stateName ?? '', startDate: timestamp, redriveCount: 0 };
      if (before) before.redriveCount += 1;
      delete run.end;
      runs.set(mapRunArn, run);
      runOf.set(id, run);
    }
    const status = ends[type];
    const run = runOf.get(previousEventId);
    if (status && run) run.end = { status, stopDate: timestamp };
  }
  return [...runs.values()];
}

/** The definition of a Map state of this name, wherever it is nested. */
function stateNamed(name: string, graph: Json): JsonObject {
  if (typeof graph !== 'object' || graph === null) return {};
  const found = isJsonObject(graph) && isJsonObject(graph.States) ? graph.States[name] : undefined;
  if (isJsonObject(found) && found.Type === 'Map') return found;
  const inner = Object.values(graph).map((value: Json) => stateNamed(name, value));
  return inner.find((state) => state.Type === 'Map') ?? {};
}

function limitsOf(state: JsonObject): Pick<MapRunRecord, 'maxConcurrency'> & Partial<MapRunRecord> {
  const { MaxConcurrency, ToleratedFailureCount, ToleratedFailurePercentage } = state;
  return {
    maxConcurrency: (typeof MaxConcurrency === 'number' && MaxConcurrency) || maxChildConcurrency,
    ...(typeof ToleratedFailureCount === 'number' && { toleratedFailureCount: ToleratedFailureCount }),
    ...(typeof ToleratedFailurePercentage === 'number' && { toleratedFailurePercentage: ToleratedFailurePercentage }),
  };
}

/** A child that was redriven counts as it ended last. */
function countsOf(childEnds: readonly ChildEnd[]): MapRunCounts {
  const last = [...new Map(childEnds.map((end) => [end.index, end])).values()];
  const count = (status: ChildEnd['status']) => last.filter((end) => end.status === status).length;
  return {
    pending: 0,
    running: 0,
    succeeded: count('SUCCEEDED'),
    failed: count('FAILED'),
    timedOut: count('TIMED_OUT'),
    aborted: count('ABORTED'),
    total: last.length,
    resultsWritten: last.length,
  };
}
