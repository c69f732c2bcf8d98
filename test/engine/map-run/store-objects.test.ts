import { expect, test } from 'vitest';
import { objectsInStore } from '../../../lib/engine/map-run/store-objects.ts';
import { memoryStore } from '../../support/memory-store.ts';

test('lets a store stand for every bucket', async () => {
  const store = memoryStore();
  const objects = objectsInStore(store);

  const { sizeBytes } = await objects.write('any', 'results/a.json', pieces('[1', ',2]'));
  const listed = await Array.fromAsync(objects.list('other', 'results/'));
  const read = await Array.fromAsync(objects.read('other', 'results/a.json'));

  expect(sizeBytes).toBe(5);
  expect(listed.map(({ key, sizeBytes: size }) => [key, size])).toEqual([['results/a.json', 5]]);
  expect(Buffer.concat(read).toString()).toBe('[1,2]');
});

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}
