import { isTerminal } from '../../execution/execution.ts';
import type { HistoryEvent } from '../../execution/history-event.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { stateMachineArn } from '../arns.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import { maxChildConcurrency } from '../states/distributed-map.ts';
import { countEnds } from './ended-children.ts';
import type { ChildEnd } from './journal.ts';
import type { MapRunRecord } from './map-runs.ts';

/** A Map Run as the history of its execution tells it. */
interface ToldMapRun {
  readonly mapRunArn: string;
  readonly stateName: string;
  readonly startDate: string;
  redriveCount: number;
  end?: { readonly status: MapRunRecord['status']; readonly stopDate: string };
}

/**
 * The Map Runs of an execution by what is kept of it, oldest first: for those of processes that are no more.
 *
 * Their limits are the numbers in the definition; what was evaluated or updated is not kept, and reads as no limit.
 *
 * @param known Map Runs that are told of elsewhere, and left out here
 */
export async function pastMapRuns(
  record: ExecutionRecord,
  events: AsyncIterable<HistoryEvent>,
  { known, endsOf }: { known: readonly MapRunRecord[]; endsOf(mapRunArn: string): AsyncIterable<ChildEnd> },
): Promise<MapRunRecord[]> {
  const knownArns = new Set(known.map(({ mapRunArn }) => mapRunArn));
  const told = (await readHistory(events)).filter(({ mapRunArn }) => !knownArns.has(mapRunArn));
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
      counts: await countEnds(endsOf(mapRunArn)),
    };
  });
  return await Promise.all(runs);
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
