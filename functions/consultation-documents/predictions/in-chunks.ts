/** The same values in their order, so many at a time. */
export async function* inChunks<T>(pieces: AsyncIterable<readonly T[]>, size: number): AsyncGenerator<T[]> {
  let waiting: T[] = [];
  for await (const piece of pieces) {
    waiting.push(...piece);
    for (; waiting.length >= size; waiting = waiting.slice(size)) yield waiting.slice(0, size);
  }
  if (waiting.length > 0) yield waiting;
}
