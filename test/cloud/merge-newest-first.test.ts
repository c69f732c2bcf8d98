import { expect, it } from 'vitest';
import { mergeNewestFirst } from '../../lib/cloud/merge-newest-first.ts';

async function* from(...times: number[]) {
  yield* times;
}

it.each([
  { name: 'nothing', sources: [], merged: [] },
  { name: 'one source', sources: [[3, 1]], merged: [3, 1] },
  { name: 'sources that interleave', sources: [[9, 4, 1], [8, 7], [5]], merged: [9, 8, 7, 5, 4, 1] },
  { name: 'an empty source among others', sources: [[], [2], []], merged: [2] },
])('merges $name', async ({ sources, merged }) => {
  const all = mergeNewestFirst(
    sources.map((times) => from(...times)),
    (time) => time,
  );

  expect(await Array.fromAsync(all)).toEqual(merged);
});
