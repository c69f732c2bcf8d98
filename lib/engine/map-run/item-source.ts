import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { Json } from '../../json.ts';

/** Hands out items one after another, to as many takers as there are; an item that is at hand is not waited for. */
export interface ItemSource {
  /** Undefined when there are no more. */
  next(): Awaitable<Json | undefined>;
}

/** The items of an array. */
export function sourceOf(items: readonly Json[]): ItemSource {
  let taken = 0;
  return { next: () => (taken < items.length ? items[taken++] : undefined) };
}

/** Items that come in chunks; no chunk is asked for before the one before it is used up. */
export function sourceOfChunks(chunks: AsyncIterable<readonly Json[]>): ItemSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let chunk: readonly Json[] = [];
  let taken = 0;
  let isDone = false;
  let filling: Promise<void> | undefined;
  const fill = async () => {
    const next = await iterator.next();
    chunk = next.done ? [] : next.value;
    taken = 0;
    isDone = next.done === true;
    filling = undefined;
  };
  const source: ItemSource = {
    next() {
      if (taken < chunk.length) return chunk[taken++];
      if (isDone) return undefined;
      filling ??= fill();
      return filling.then(() => source.next());
    },
  };
  return source;
}

/** What `change` makes of each item; it is told the item's place, from 0. */
export function mapSource(source: ItemSource, change: (item: Json, index: number) => Awaitable<Json>): ItemSource {
  let index = 0;
  return { next: () => andThen(source.next(), (item) => (item === undefined ? undefined : change(item, index++))) };
}
