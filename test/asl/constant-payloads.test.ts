import { expect, test } from 'vitest';
import { constantPayloads } from '../../lib/asl/constant-payloads.ts';
import { parse } from '../../lib/asl/parse.ts';
import type { Json } from '../../lib/json.ts';

const value = { 'a"b': [1, { é: 'x' }], c: null, d: [], text: 'ü'.repeat(100) };

function payloadsOf(state: Record<string, Json>) {
  const states = { A: { Type: 'Pass', End: true, ...state } };
  return constantPayloads(parse(JSON.stringify({ StartAt: 'A', States: states })));
}

test('counts the bytes of what is written out, never more than there are', () => {
  const [payload] = payloadsOf({ Result: value });
  const bytes = Buffer.byteLength(JSON.stringify(value));

  expect(payload).toMatchObject({ stateName: 'A', field: 'Result' });
  expect(payload?.leastBytes).toBeLessThanOrEqual(bytes);
  expect(payload?.leastBytes).toBeGreaterThan(bytes - 5);
});

test.each<{ name: string; state: Record<string, Json>; leastBytes: number }>([
  { name: 'an expression', state: { QueryLanguage: 'JSONata', Output: { a: '{% $states.input %}' } }, leastBytes: 7 },
  { name: 'a path', state: { Parameters: { 'a.$': '$.something.long' } }, leastBytes: 7 },
])('counts $name as the shortest value there is', ({ state, leastBytes }) => {
  expect(payloadsOf(state)).toMatchObject([{ leastBytes }]);
});

test('leaves out a result that goes nowhere', () => {
  expect(payloadsOf({ Result: value, ResultPath: null })).toEqual([]);
});
