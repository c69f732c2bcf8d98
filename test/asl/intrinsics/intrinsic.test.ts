import { describe, expect, test } from 'vitest';
import { compileIntrinsic, intrinsicNames } from '../../../lib/asl/intrinsics/intrinsic.ts';
import { StatesError, UsageError } from '../../../lib/errors.ts';
import type { Json } from '../../../lib/json.ts';

const input = { text: 'a,b', list: [1, 2, 3], object: { a: 1, b: [true, null] }, nothing: null, 'a,b': 7 };

function call(text: string, chance = () => 0.5): Json {
  return compileIntrinsic(text)({ input, context: { Name: 'x-y' }, variables: { n: 4 }, chance });
}

describe('calls', () => {
  test.each<{ text: string; result: Json }>([
    { text: 'States.Array()', result: [] },
    { text: "States.Array(1, -2.5, 'x', true, null, $.nothing)", result: [1, -2.5, 'x', true, null, null] },
    { text: 'States.ArrayPartition($.list, 2)', result: [[1, 2], [3]] },
    { text: 'States.ArrayContains($.list, 3)', result: true },
    {
      text: 'States.ArrayContains(States.Array($.object), States.StringToJson(\'{"b":[true,null],"a":1}\'))',
      result: true,
    },
    { text: 'States.ArrayRange(1, 9, 3)', result: [1, 4, 7] },
    { text: 'States.ArrayRange(3, 1, -1)', result: [3, 2, 1] },
    { text: 'States.ArrayGetItem($.list, 0)', result: 1 },
    { text: 'States.ArrayLength($.list)', result: 3 },
    {
      text: 'States.ArrayUnique(States.Array(1, 2, 1, $.object, $.object))',
      result: [1, 2, { a: 1, b: [true, null] }],
    },
    { text: "States.Base64Encode('héllo')", result: 'aMOpbGxv' },
    { text: "States.Base64Decode('aMOpbGxv')", result: 'héllo' },
    { text: "States.Hash('input data', 'SHA-1')", result: 'aaff4a450a104cd177d28d18d74485e8cae074b7' },
    { text: 'States.JsonMerge($.object, States.StringToJson(\'{"a":2}\'), false)', result: { a: 2, b: [true, null] } },
    { text: "States.StringToJson(' ')", result: null },
    { text: 'States.JsonToString($.object)', result: '{"a":1,"b":[true,null]}' },
    { text: 'States.MathAdd(1.49, -1.5)', result: 0 },
    { text: 'States.MathAdd($n, 2.5)', result: 7 },
    { text: 'States.MathRandom(10, 20)', result: 15 },
    { text: 'States.MathRandom(1, 2, 42)', result: 1 },
    { text: "States.StringSplit('a;b,,c', ',;')", result: ['a', 'b', 'c'] },
    { text: "States.Format('{} and {}', 'a', 1.5)", result: 'a and 1.5' },
    { text: "States.Format('{}', $.object)", result: '{a=1, b=[true, null]}' },
    { text: "States.Format('\\{\"n\": {}\\} it\\'s \\\\', 1)", result: '{"n": 1} it\'s \\' },
    { text: 'States.Format($.text)', result: 'a,b' },
    { text: 'States.UUID()', result: '88888888-8888-4888-a888-888888888888' },
    { text: "States.ArrayGetItem(States.StringSplit($$.Name, '-'), States.MathAdd(2, -1))", result: 'y' },
    { text: "States.Format('{}', $['a,b'])", result: '7' },
    { text: "States.ArrayLength($.list[?(@ > 1 && @ != ',)')])", result: 2 },
    { text: 'States.ArrayLength($.object.b[*].nope)', result: 0 },
  ])('$text', ({ text, result }) => {
    expect(call(text)).toEqual(result);
  });
});

test('draws the same number for the same seed', () => {
  const draw = (seed: number) => call(`States.MathRandom(0, 1000000, ${seed})`);

  expect(draw(3)).toBe(draw(3));
  expect(draw(3)).not.toBe(draw(4));
});

test('names the whole call and the path when an argument leads nowhere', () => {
  const text = "States.Format('{}', States.Format('{}', $.list[9]))";

  expect(() => call(text)).toThrow(
    new StatesError(
      'States.Runtime',
      `The function '${text}' had the following error: The JsonPath argument for the field '$.list[9]' ` +
        `could not be found in the input '${JSON.stringify(input)}'`,
    ),
  );
});

test.each([
  'States.ArrayGetItem($.list, 3)',
  'States.ArrayLength($.text)',
  'States.ArrayPartition($.list, 0)',
  'States.ArrayRange(0, 5000, 1)',
  'States.ArrayRange(0, 5, 0)',
  "States.Base64Decode('*')",
  "States.Hash('a', 'MD4')",
  'States.JsonMerge($.object, $.object, true)',
  "States.MathAdd('1', 1)",
  'States.MathRandom(5, 5)',
  "States.StringToJson('{')",
  "States.Format('{} {}', 1)",
])('fails with States.IntrinsicFailure: %s', (text) => {
  expect(() => call(text)).toThrow(expect.objectContaining({ name: 'States.IntrinsicFailure' }));
});

test.each([
  'States.Nope()',
  'States.UUID(1)',
  'States.UUID',
  'States.UUID() + 1',
  "States.Format('a)",
  'States.StringToJson(\'{"a": "\\"b"}\')',
  'States.Array(1 2)',
  'States.Array(1,)',
  'States.Array(plain)',
  'States.Array($.a[)',
  "'States.UUID()'",
])('refuses %s', (text) => {
  expect(() => compileIntrinsic(text)).toThrow(UsageError);
});

test('knows every function that the service documents', () => {
  expect(intrinsicNames).toHaveLength(18);
});
