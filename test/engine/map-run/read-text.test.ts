import { expect, test } from 'vitest';
import { readLines } from '../../../lib/engine/map-run/read-text.ts';

async function linesOf(...pieces: string[]): Promise<string[]> {
  async function* inPieces(): AsyncGenerator<string> {
    yield* pieces;
  }
  return (await Array.fromAsync(readLines(inPieces()))).flat();
}

test.each([
  { name: 'several in one piece', pieces: ['a\nb\nc\n'], lines: ['a', 'b', 'c'] },
  { name: 'one in many pieces', pieces: ['a', 'b', 'c\n', 'd'], lines: ['abc', 'd'] },
  { name: 'breaks at the ends of pieces', pieces: ['a\n', '\nb', '\n'], lines: ['a', '', 'b'] },
  { name: 'the breaks of Windows', pieces: ['a\r', '\nb\r\n', 'c\r'], lines: ['a', 'b', 'c'] },
  { name: 'nothing', pieces: ['', ''], lines: [] },
])('reads lines: $name', async ({ pieces, lines }) => {
  const read = await linesOf(...pieces);

  expect(read).toEqual(lines);
});

test('reads a line in time that grows with its length', async () => {
  const pieces = Array.from({ length: 20_000 }, () => 'x'.repeat(1_000));

  const [line = ''] = await linesOf(...pieces, '\n');

  expect(line).toHaveLength(20_000_000);
});
