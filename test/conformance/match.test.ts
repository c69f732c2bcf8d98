import { describe, expect, test } from 'vitest';
import type { Json } from '../../lib/json.ts';
import { difference } from './match.ts';
import { historyDifference } from './match-history.ts';

describe('matches', () => {
  test.each<{ name: string; expected: Json; actual: Json }>([
    { name: 'members in any order', expected: { a: 1, b: [1.0] }, actual: { b: [1], a: 1.0 } },
    { name: 'any characters for a token', expected: 'a-<<uuid>>-<<time>>!', actual: 'a-1b-2 3!' },
    { name: 'a scalar for a token alone', expected: ['<<x>>', '<<y>>', '<<z>>'], actual: [1, null, true] },
    { name: 'anything for any', expected: '<<any>>', actual: { a: [] } },
    { name: 'tokens in keys', expected: { 'x<<id>>': 1 }, actual: { x27: 1 } },
    { name: 'JSON text', expected: { $jsonText: { a: '<<x>>' } }, actual: '{"a":1}' },
    {
      name: 'the named members of JSON text',
      expected: { $jsonText: { a: 1 }, $subset: true },
      actual: '{"b":2,"a":1}',
    },
    { name: 'raw text', expected: { $notJson: 'a {' }, actual: 'a {' },
    {
      name: 'whatever the keys hold that cannot be reproduced',
      expected: { SdkHttpMetadata: 1 },
      actual: { LogResult: 2 },
    },
  ])('$name', ({ expected, actual }) => {
    expect(difference(expected, actual)).toBeUndefined();
  });
});

describe('tells apart', () => {
  test.each<{ name: string; expected: Json; actual: Json | undefined; told: string }>([
    { name: 'values', expected: { a: [1, 2] }, actual: { a: [1, 3] }, told: '/a[1]: expected 2, got 3' },
    { name: 'types', expected: '1', actual: 1, told: '/: expected "1", got 1' },
    { name: 'an empty text and a token', expected: 'a<<x>>', actual: 'a', told: '/: expected "a<<x>>", got "a"' },
    { name: 'an object and a token', expected: '<<x>>', actual: {}, told: '/: expected "<<x>>", got {}' },
    { name: 'missing members', expected: { a: 1 }, actual: {}, told: '/a: is missing, expected 1' },
    { name: 'members too many', expected: {}, actual: { a: 1 }, told: '/a: not expected, got 1' },
    { name: 'lengths', expected: [1], actual: [1, 2], told: '/: expected [1], got [1,2]' },
    {
      name: 'JSON text and other text',
      expected: { $jsonText: {} },
      actual: 'no',
      told: '/: expected {"$jsonText":{}}, got "no"',
    },
    { name: 'nothing at all', expected: null, actual: undefined, told: '/: expected null, got nothing' },
  ])('$name', ({ expected, actual, told }) => {
    expect(difference(expected, actual)).toBe(told);
  });
});

describe('histories', () => {
  const event = (id: number, type: string, details: Record<string, Json> = {}) => ({
    id,
    previousEventId: id - 1,
    timestamp: '2026-01-01T00:00:00.000Z',
    type,
    details,
  });
  const ours = [event(1, 'A', { input: '{"x":1}', roleArn: 'r' }), event(2, 'B', { name: 'n' })];

  test('are flat, with JSON texts read', () => {
    expect(
      historyDifference(
        [
          { type: 'A', input: { x: 1 } },
          { type: 'B', name: 'n' },
        ],
        ours,
        'total',
      ),
    ).toBeUndefined();
  });

  test('are in order where the order is total only', () => {
    const expected: Json[] = [
      { type: 'B', name: 'n' },
      { type: 'A', input: { x: 1 } },
    ];

    expect(historyDifference(expected, ours, 'total')).toContain('event 1/type');
    expect(historyDifference(expected, ours, 'partial')).toBeUndefined();
  });

  test('are matched even when the first partner found is needed by another event', () => {
    const expected: Json[] = [
      { type: 'B', name: '<<x>>' },
      { type: 'B', name: 'n' },
    ];

    expect(
      historyDifference(expected, [event(1, 'B', { name: 'n' }), event(2, 'B', { name: 'm' })], 'partial'),
    ).toBeUndefined();
  });

  test.each(['total', 'partial'])('have neither too few nor too many events when the order is %s', (order) => {
    expect(historyDifference([{ type: 'A', input: { x: 1 } }], ours, order)).toContain('not expected');
    expect(
      historyDifference(
        [...Array(3)].map(() => ({ type: 'B', name: 'n' })),
        ours,
        order,
      ),
    ).toBeDefined();
  });
});
