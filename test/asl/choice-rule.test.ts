import { describe, expect, test } from 'vitest';
import { compileChoiceRule } from '../../lib/asl/choice-rule.ts';
import { StatesError, UsageError } from '../../lib/errors.ts';
import type { Json, JsonObject } from '../../lib/json.ts';

function applies(rule: JsonObject, input: Json): boolean {
  return compileChoiceRule(rule)({ input, context: {}, variables: {} });
}

const early = '2024-01-01T00:00:00Z';

describe('compares', () => {
  test.each<{ comparison: string; operand: Json; matching: Json[]; others: Json[] }>([
    { comparison: 'StringEquals', operand: 'b', matching: ['b'], others: ['B', 'a', 1, null, ['b']] },
    { comparison: 'StringLessThan', operand: 'b', matching: ['a', 'ab', ''], others: ['b', 'c', 1] },
    { comparison: 'StringLessThanEquals', operand: 'b', matching: ['a', 'b'], others: ['ba'] },
    { comparison: 'StringGreaterThan', operand: 'b', matching: ['ba', 'c'], others: ['b', 'a'] },
    { comparison: 'StringGreaterThanEquals', operand: 'b', matching: ['b', 'c'], others: ['a', null] },
    { comparison: 'NumericEquals', operand: 1, matching: [1, 1.0], others: ['1', true, 1.1, null] },
    { comparison: 'NumericLessThan', operand: 1, matching: [0.9, -5], others: [1, '0'] },
    { comparison: 'NumericLessThanEquals', operand: 1, matching: [1, 0], others: [2] },
    { comparison: 'NumericGreaterThan', operand: 1, matching: [1.1], others: [1, 0] },
    { comparison: 'NumericGreaterThanEquals', operand: 1, matching: [1, 2], others: [0, [2]] },
    { comparison: 'BooleanEquals', operand: true, matching: [true], others: [false, 'true', 1] },
    {
      comparison: 'TimestampEquals',
      operand: early,
      matching: [early, '2024-01-01T01:00:00+01:00', '2024-01-01T00:00:00.000Z'],
      others: ['2024-01-01', 1],
    },
    { comparison: 'TimestampLessThan', operand: early, matching: ['2023-12-31T23:59:59.999999999Z'], others: [early] },
    { comparison: 'TimestampLessThanEquals', operand: early, matching: [early], others: ['2024-01-01T00:00:00.1Z'] },
    {
      comparison: 'TimestampGreaterThan',
      operand: early,
      matching: ['2024-01-01T00:00:00.000000001Z'],
      others: [early, ''],
    },
    { comparison: 'TimestampGreaterThanEquals', operand: early, matching: [early], others: ['2023-12-31T23:59:59Z'] },
    { comparison: 'IsNull', operand: true, matching: [null], others: [0, '', false] },
    { comparison: 'IsNull', operand: false, matching: [0, ''], others: [null] },
    { comparison: 'IsNumeric', operand: true, matching: [0, 1.5], others: ['0', null] },
    { comparison: 'IsString', operand: true, matching: ['', early], others: [0, null] },
    { comparison: 'IsBoolean', operand: false, matching: [0, 'true', null], others: [true, false] },
    {
      comparison: 'IsTimestamp',
      operand: true,
      matching: [early, '2024-01-01T00:00:00+01:00'],
      others: ['2024-01-01T00:00:00', '2024-02-30T00:00:00Z', '2024-01-01', 1],
    },
    { comparison: 'IsPresent', operand: true, matching: [null, 0, ''], others: [] },
  ])('with $comparison $operand', ({ comparison, operand, matching, others }) => {
    const rule = { Variable: '$.value', [comparison]: operand, Next: 'Matched' };

    expect(matching.filter((value) => !applies(rule, { value }))).toEqual([]);
    expect(others.filter((value) => applies(rule, { value }))).toEqual([]);
  });

  test.each([
    { pattern: 'log-*.txt', matching: ['log-1.txt', 'log-.txt'], others: ['log-.tx', 'alog-.txt', 'log-1.txt2'] },
    { pattern: '*', matching: ['', 'anything'], others: [] },
    { pattern: 'a*b*a', matching: ['aba', 'axxbxxa'], others: ['aa', 'ab', 'a'] },
    { pattern: '\\*', matching: ['*'], others: ['a', '\\'] },
    { pattern: 'plain', matching: ['plain'], others: ['plainer'] },
  ])('with StringMatches $pattern', ({ pattern, matching, others }) => {
    const rule = { Variable: '$.value', StringMatches: pattern, Next: 'Matched' };

    expect(matching.filter((value) => !applies(rule, { value }))).toEqual([]);
    expect(others.filter((value) => applies(rule, { value }))).toEqual([]);
  });

  test('with a value from a path', () => {
    const rule = { Variable: '$.a', NumericLessThanPath: '$.b', Next: 'Matched' };

    expect(applies(rule, { a: 1, b: 2 })).toBe(true);
    expect(applies(rule, { a: 2, b: 2 })).toBe(false);
    expect(applies(rule, { a: 1, b: '2' })).toBe(false);
  });
});

describe('combines', () => {
  const isBig = { Variable: '$.n', NumericGreaterThan: 10 };
  const isEven = { Variable: '$.even', BooleanEquals: true };

  test.each<{ name: string; rule: JsonObject; matches: boolean }>([
    { name: 'And of true and false', rule: { And: [isBig, isEven] }, matches: false },
    { name: 'Or of true and false', rule: { Or: [isBig, isEven] }, matches: true },
    { name: 'Not of false', rule: { Not: isEven }, matches: true },
    { name: 'nested rules', rule: { And: [isBig, { Not: { Or: [isEven, { Not: isBig }] } }] }, matches: true },
  ])('$name', ({ rule, matches }) => {
    expect(applies({ ...rule, Next: 'Matched' }, { n: 11, even: false })).toBe(matches);
  });

  test('stops at the first part that decides', () => {
    const guarded = { And: [{ Variable: '$.n', IsPresent: true }, isBig], Next: 'Matched' };

    expect(applies(guarded, {})).toBe(false);
  });
});

test.each<{ rule: JsonObject; path: string }>([
  { rule: { Variable: '$.missing', StringEquals: 'a' }, path: '$.missing' },
  { rule: { Variable: '$.here', StringEqualsPath: '$.gone' }, path: '$.gone' },
])('fails when $path leads nowhere', ({ rule, path }) => {
  expect(() => applies(rule, { here: 'a' })).toThrow(
    new StatesError(
      'States.Runtime',
      `Invalid path '${path}': The choice state's condition path references an invalid value.`,
    ),
  );
});

test('asks whether a path leads anywhere without failing', () => {
  expect(applies({ Variable: '$.a.b', IsPresent: false }, {})).toBe(true);
  expect(applies({ Variable: '$.a[3]', IsPresent: true }, { a: [1] })).toBe(false);
});

test.each<JsonObject>([
  {},
  { Variable: '$.a' },
  { StringEquals: 'a' },
  { Variable: '$.a', StringResembles: 'a' },
  { Variable: '$.a', StringEqualsPath: 1 },
  { And: [] },
  { Not: 'a' },
])('refuses %j', (rule) => {
  expect(() => compileChoiceRule(rule)).toThrow(UsageError);
});
