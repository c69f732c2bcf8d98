import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { MapState } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { failureOf, StateFailed } from '../failure.ts';
import { type Frame, scopeOf } from '../frame.ts';
import type { StateVisit } from '../visit.ts';
import { inBatches } from './batches.ts';
import { readItems } from './item-reader.ts';
import { type ItemSource, mapSource, sourceOf } from './item-source.ts';

/**
 * The inputs of a Map Run's child executions: items, selected one by one, and put into batches when asked for.
 *
 * @param items what the Map's own array holds; undefined when its `ItemReader` brings them
 */
export async function childInputs(
  frame: Frame,
  visit: StateVisit<MapState>,
  items: Json | undefined,
): Promise<ItemSource> {
  const { state, input } = visit;
  const scope = scopeOf(frame, visit.visit, input);
  const source =
    state.itemReader && items === undefined
      ? await readItems(state.itemReader, scope, frame.run.world.objects)
      : sourceOf(Array.isArray(items) ? items : []);
  const selected = state.itemSelector ? select(source, frame, visit) : source;
  if (!state.itemBatcher) return selected;
  const { maxItemsPerBatch, maxInputBytesPerBatch, batchInput } = state.itemBatcher;
  const maxItems = await maxItemsPerBatch?.(scope);
  const maxBytes = await maxInputBytesPerBatch?.(scope);
  const shared = await batchInput?.(scope);
  return inBatches(selected, {
    ...(maxItems !== undefined && { maxItems }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(shared !== undefined && { batchInput: shared }),
  });
}

/** What one iteration gets: the item, or what the `ItemSelector` makes of it. */
export function iterationInput(
  frame: Frame,
  { state, visit, input }: StateVisit<MapState>,
  { item, index }: { item: Json; index: number },
): Awaitable<Json> {
  if (!state.itemSelector) return item;
  const { itemSelector } = state;
  const withItem = { ...frame, mapContext: { Item: { Index: index, Value: item } } };
  const scope = scopeOf(withItem, visit, input);
  return andThen(state.selectorInput(scope), (selectorInput) =>
    itemSelector(selectorInput === input ? scope : scopeOf(withItem, visit, selectorInput)),
  );
}

function select(items: ItemSource, frame: Frame, visit: StateVisit<MapState>): ItemSource {
  return mapSource(items, async (item, index) => {
    try {
      return await iterationInput(frame, visit, { item, index });
    } catch (error) {
      // told here, because it ends the Map Run and not only the state
      if (error instanceof StatesError) throw new StateFailed(failureOf(error, visit.visit));
      throw error;
    }
  });
}
