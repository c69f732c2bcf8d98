/** Merges iterables that are each ordered newest first into one; `timeOf` gives milliseconds. */
export async function* mergeNewestFirst<T>(
  sources: readonly AsyncIterable<T>[],
  timeOf: (item: T) => number,
): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
  try {
    for (;;) {
      const newest = heads.reduce<number | undefined>((best, head, index) => {
        const bestHead = best === undefined ? undefined : heads[best];
        if (head.done) return best;
        return !bestHead || bestHead.done || timeOf(head.value) > timeOf(bestHead.value) ? index : best;
      }, undefined);
      const head = newest === undefined ? undefined : heads[newest];
      const iterator = newest === undefined ? undefined : iterators[newest];
      if (newest === undefined || !iterator || !head || head.done) return;
      yield head.value;
      heads[newest] = await iterator.next();
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}
