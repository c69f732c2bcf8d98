import { serviceLimits } from '../../asl/limits.ts';
import type { MapState } from '../../asl/types.ts';
import { type Frame, record, scopeOf } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import { iterationInput } from '../map-run/child-inputs.ts';
import { readTolerance } from '../map-run/tolerance.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';
import { runDistributedMap } from './distributed-map.ts';
import { runIterations } from './map-iterations.ts';
import { readMaxConcurrency } from './max-concurrency.ts';

/** An inline Map runs at most this many iterations at the same time. @see AWS Step Functions quotas */
export const maxInlineConcurrency = serviceLimits.inlineConcurrency;

/** Runs the processor once per item; its result is the array of their outputs. */
export function runMap(frame: Frame, visit: StateVisit<MapState>, runGraph: RunGraph): Promise<Step> {
  return visit.state.mode === 'INLINE'
    ? runInlineMap(frame, visit, runGraph)
    : runDistributedMap(frame, visit, runGraph);
}

async function runInlineMap(frame: Frame, visit: StateVisit<MapState>, runGraph: RunGraph): Promise<Step> {
  const { state, input } = visit;
  const scope = scopeOf(frame, visit.visit, input);
  const items = await state.items(scope);
  if (!Array.isArray(items)) throw new Error(`items of state '${state.name}' are no array`);
  const concurrency = await readMaxConcurrency(state, scope, maxInlineConcurrency);
  const { resumed } = visit;
  if (!resumed?.isStarted) record(frame, 'MapStateStarted', { length: items.length });
  else if (resumed.isReentered) record(frame, 'MapStateStarted', { length: items.length }, { continues: true });
  await readTolerance(state, scope); // read and checked, but only a distributed Map tolerates anything
  const outputs = await runIterations(frame, {
    mapName: state.name,
    items,
    concurrency,
    inputOf: (item, index) => iterationInput(frame, visit, { item, index }),
    plans: resumed?.children ?? new Map(),
    run: (iteration, iterationValue) => runGraph(iteration, state.processor, iterationValue),
  });
  const succeededEventId = record(frame, 'MapStateSucceeded', {});
  frame.lastEventId = succeededEventId - 1;
  return finish(frame, visit, outputs);
}
