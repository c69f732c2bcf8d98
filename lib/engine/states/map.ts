import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { MapState } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import { type Frame, record, scopeOf } from '../frame.ts';
import type { RunGraph } from '../graph.ts';
import { finish, type StateVisit, type Step } from '../visit.ts';
import { runIterations } from './map-iterations.ts';

/** An inline Map runs at most this many iterations at the same time. @see AWS Step Functions quotas */
const maxInlineConcurrency = 40;

/** Runs the processor once per item; its result is the array of their outputs. */
export async function runMap(frame: Frame, visit: StateVisit<MapState>, runGraph: RunGraph): Promise<Step> {
  const { state, input } = visit;
  const scope = scopeOf(frame, visit.visit, input);
  const items = await state.items(scope);
  if (!Array.isArray(items)) throw new Error(`items of state '${state.name}' are no array`);
  const maxConcurrency = (await state.maxConcurrency?.(scope)) ?? 0;
  const { resumed } = visit;
  if (!resumed?.isStarted) record(frame, 'MapStateStarted', { length: items.length });
  else if (resumed.isReentered) record(frame, 'MapStateStarted', { length: items.length }, { continues: true });
  const outputs = await runIterations(frame, {
    mapName: state.name,
    items,
    concurrency: Math.min(maxConcurrency > 0 ? maxConcurrency : maxInlineConcurrency, maxInlineConcurrency),
    inputOf: (item, index) => iterationInput(frame, visit, { item, index }),
    plans: resumed?.children ?? new Map(),
    run: (iteration, iterationValue) => runGraph(iteration, state.processor, iterationValue),
  });
  const succeededEventId = record(frame, 'MapStateSucceeded', {});
  frame.lastEventId = succeededEventId - 1;
  return finish(frame, visit, outputs);
}

function iterationInput(
  frame: Frame,
  { state, visit, input }: StateVisit<MapState>,
  { item, index }: { item: Json; index: number },
): Awaitable<Json> {
  if (!state.itemSelector) return item;
  const withItem = { ...frame, mapContext: { Item: { Index: index, Value: item } } };
  return andThen(state.itemSelector(scopeOf(withItem, visit, input)), (selected) => {
    if (selected === undefined) throw new StateFailed({ error: 'States.Runtime' });
    return selected;
  });
}
