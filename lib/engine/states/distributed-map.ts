import { createHash } from 'node:crypto';
import type { MapState } from '../../asl/types.ts';
import type { MapRunLimits } from '../../execution/map-run.ts';
import type { Json } from '../../json.ts';
import type { Cancellation } from '../cancellation.ts';
import { Cancelled, StateFailed } from '../failure.ts';
import { type Frame, record, recordAside, scopeOf } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import { childRunner } from '../map-run/child-execution.ts';
import { childInputs } from '../map-run/child-inputs.ts';
import { createMapRuns, type LiveMapRun, type MapRunEnding } from '../map-run/map-runs.ts';
import { openResults } from '../map-run/result-writer.ts';
import { runChildren } from '../map-run/run-children.ts';
import { readTolerance } from '../map-run/tolerance.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';
import { readMaxConcurrency } from './max-concurrency.ts';

/** A Map Run has at most this many child executions at the same time. @see AWS Step Functions quotas */
export const maxChildConcurrency = 10_000;

/** Runs each item, or batch of items, in an execution of its own; the parent's history tells of the Map Run only. */
export async function runDistributedMap(frame: Frame, visit: StateVisit<MapState>, runGraph: RunGraph): Promise<Step> {
  const { state, input } = visit;
  const scope = scopeOf(frame, visit.visit, input);
  const maxConcurrency = await readMaxConcurrency(state, scope, maxChildConcurrency);
  const items = state.itemReader ? undefined : await state.items(scope);
  const isResumed = visit.resumed?.isStarted === true;
  if (!isResumed) record(frame, 'MapStateStarted', { length: Array.isArray(items) ? items.length : 0 });
  const limits = { maxConcurrency, ...(await readTolerance(state, scope)) };
  await state.itemReader?.maxItems?.(scope);
  const mapRun = { arn: mapRunArn(frame, visit), limits, items, isResumed, runGraph };
  const { redriveCount = 0 } = frame.run.identity;
  if (isResumed) record(frame, 'MapRunRedriven', { mapRunArn: mapRun.arn, redriveCount });
  else record(frame, 'MapRunStarted', { mapRunArn: mapRun.arn });
  const startedEventId = frame.lastEventId;
  const outputs = await runToEnd(frame, visit, mapRun);
  record(frame, 'MapRunSucceeded', {});
  recordAside(frame, 'MapStateSucceeded', {});
  // what comes after follows from the start of the Map Run, except in a machine's first state
  if (visit.visit.enteredAfterId > 0) frame.lastEventId = startedEventId;
  return finish(frame, visit, outputs);
}

/** What a Map Run is made of, its fields evaluated. */
interface MapRun {
  readonly arn: string;
  readonly limits: MapRunLimits;
  /** Absent when an `ItemReader` brings them. */
  readonly items: Json | undefined;
  readonly isResumed: boolean;
  readonly runGraph: RunGraph;
}

async function runToEnd(frame: Frame, visit: StateVisit<MapState>, mapRun: MapRun): Promise<Json> {
  const { executionArn, stateMachineArn } = frame.run.identity;
  const { world } = frame.run;
  const mapRuns = world.mapRuns ?? createMapRuns(world.clock);
  const live = mapRuns.open({ mapRunArn: mapRun.arn, executionArn, stateMachineArn }, mapRun.limits);
  const cancellation = frame.cancellation.child();
  const conclude = (status: MapRunEnding) => {
    for (const end of live.ended(status)) frame.run.journal?.append(mapRun.arn, end);
  };
  // told at once: tasks of children may take their time to notice
  cancellation.signal.addEventListener('abort', () => conclude('ABORTED'), { once: true });
  try {
    const outputs = await runAll(frame, visit, { ...mapRun, live, cancellation });
    conclude('SUCCEEDED');
    return outputs;
  } catch (error) {
    conclude(error instanceof Cancelled ? 'ABORTED' : 'FAILED');
    if (error instanceof StateFailed) {
      const { error: name, cause } = error.failure;
      const details = { ...(name !== undefined && { error: name }), ...(cause !== undefined && { cause }) };
      record(frame, 'MapRunFailed', details);
    }
    throw error;
  } finally {
    cancellation.cancel();
    cancellation.release();
  }
}

async function runAll(
  frame: Frame,
  visit: StateVisit<MapState>,
  mapRun: MapRun & { live: LiveMapRun; cancellation: Cancellation },
): Promise<Json> {
  const { state } = visit;
  const results = await openResults(state.resultWriter, scopeOf(frame, visit.visit, visit.input), {
    mapRunArn: mapRun.arn,
    stateMachineArn: frame.run.identity.stateMachineArn,
    stateName: state.name,
    objects: frame.run.world.objects,
  });
  try {
    const inputs = await childInputs(frame, visit, mapRun.items);
    const run = await childRunner(frame, visit, mapRun);
    return await runChildren({ inputs, live: mapRun.live, results, run });
  } catch (error) {
    // what there is by then is written down all the same
    await results.abandon();
    throw error;
  }
}

/** The same for every redrive, so that a Map Run is found again. */
function mapRunArn(frame: Frame, { state, visit }: StateVisit<MapState>): string {
  const { executionArn, stateMachineArn } = frame.run.identity;
  const place = `${executionArn} ${frame.path} ${visit.enteredEventId} ${visit.retryCount}`;
  const digest = createHash('sha256').update(place).digest('hex');
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return `${stateMachineArn.replace(':stateMachine:', ':mapRun:')}/${state.label ?? digest.slice(-8)}:${uuid}`;
}
