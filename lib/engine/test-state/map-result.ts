import type { MapState, Scope } from '../../asl/types.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import { seeInput, seeResult } from './inspection.ts';
import { TestStateRefused } from './test-state-request.ts';
import { mocked, type Trial } from './trial.ts';

/**
 * What a Map state's mocked iterations come to: its items are looked up and selected, but none is processed.
 *
 * @throws {StateFailed} the mock fails, or more iterations have failed than the state tolerates
 */
export async function mapResult(state: MapState, trial: Trial): Promise<Json> {
  const { scope, seen, configuration } = trial;
  seeInput(seen, state, scope);
  const items = await itemsOf(state, trial);
  if (state.data.language === 'JSONPath' && !state.itemReader) seen.afterItemsPath = items;
  if (state.itemSelector) seen.afterItemSelector = await selectedItems(state, scope, items);
  seen.maxConcurrency = (await state.maxConcurrency?.(scope)) ?? 0;
  const count = await state.toleratedFailureCount?.(scope);
  const percentage = await state.toleratedFailurePercentage?.(scope);
  if (count !== undefined) seen.toleratedFailureCount = count;
  if (percentage !== undefined) seen.toleratedFailurePercentage = percentage;
  const failed = configuration.mapIterationFailureCount ?? 0;
  if (failed > items.length) {
    throw new TestStateRefused(
      'Map iteration failure count must be less than or equal to the number of Map iterations.',
    );
  }
  const result = mocked(trial.mock);
  checkThreshold(failed, { count, percentage, itemCount: items.length });
  seeResult(seen, state, { scope, result });
  return result;
}

/** An item reader reads nothing here; what it would have read comes along with the request. */
async function itemsOf(state: MapState, { scope, configuration }: Trial): Promise<readonly Json[]> {
  if (!state.itemReader) {
    const items = await state.items(scope);
    return Array.isArray(items) ? items : [];
  }
  if (configuration.mapItemReaderData === undefined) {
    throw new TestStateRefused('ItemReader data must be specified when testing a Map state with ItemReader specified.');
  }
  return readItems(configuration.mapItemReaderData);
}

/** Data in another form than a JSON array counts as one item for each line. */
function readItems(data: string): readonly Json[] {
  try {
    const items: Json = JSON.parse(data);
    return Array.isArray(items) ? items : [items];
  } catch (error) {
    if (error instanceof SyntaxError) return data.split('\n').filter((line) => line.trim() !== '');
    throw error;
  }
}

async function selectedItems(state: MapState, scope: Scope, items: readonly Json[]): Promise<Json[]> {
  const selected: Json[] = [];
  const context = isJsonObject(scope.context) ? scope.context : {};
  for (const [index, item] of items.entries()) {
    const inIteration = { ...scope, context: { ...context, Map: { Item: { Index: index, Value: item } } } };
    selected.push((await state.itemSelector?.(inIteration)) ?? item);
  }
  return selected;
}

/** Only a Map that names a threshold is failed by the number of its failed iterations. */
function checkThreshold(
  failed: number,
  limits: { count: number | undefined; percentage: number | undefined; itemCount: number },
): void {
  const { count, percentage, itemCount } = limits;
  const isOverPercentage = percentage !== undefined && itemCount > 0 && (failed / itemCount) * 100 > percentage;
  if ((count === undefined || failed <= count) && !isOverPercentage) return;
  const cause = 'The specified tolerated failure threshold was exceeded';
  throw new StateFailed({ error: 'States.ExceedToleratedFailureThreshold', cause });
}
