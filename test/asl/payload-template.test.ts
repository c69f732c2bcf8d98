import { describe, expect, test } from 'vitest';
import { compileExpression, compileTemplate } from '../../lib/asl/payload-template.ts';
import { StatesError, UsageError } from '../../lib/errors.ts';
import type { Json } from '../../lib/json.ts';

const roots = { input: { a: { b: 1 }, list: [1, 2], nothing: null }, context: { Name: 'x' }, variables: { rate: 2 } };

describe('fills in', () => {
  test.each<{ name: string; template: Json; result: Json }>([
    { name: 'a path', template: { 'c.$': '$.a.b' }, result: { c: 1 } },
    {
      name: 'the context object and variables',
      template: { 'c.$': '$$.Name', 'd.$': '$rate' },
      result: { c: 'x', d: 2 },
    },
    { name: 'an intrinsic call', template: { 'c.$': "States.Format('n={}', $.a.b)" }, result: { c: 'n=1' } },
    { name: 'members at any depth', template: { c: { d: { 'e.$': '$.a' } } }, result: { c: { d: { e: { b: 1 } } } } },
    { name: 'objects in arrays', template: { c: [1, { 'd.$': '$.nothing' }] }, result: { c: [1, { d: null }] } },
    { name: 'arrays in arrays', template: [[{ 'd.$': '$.list' }], null], result: [[{ d: [1, 2] }], null] },
    { name: 'an element past the end as null', template: { 'c.$': '$.list[5]' }, result: { c: null } },
    {
      name: 'nothing else',
      template: { c: '$.a', d: 'States.UUID()', e: null },
      result: { c: '$.a', d: 'States.UUID()', e: null },
    },
  ])('$name', ({ template, result }) => {
    expect(compileTemplate(template)(roots)).toEqual(result);
  });
});

test('gives a template without dynamic members as it is', () => {
  const template = { a: [{ b: 1 }] };

  expect(compileTemplate(template)(roots)).toBe(template);
});

test('names the field and the input when a path leads nowhere', () => {
  const template = compileTemplate({ deep: { 'value.$': '$.no_such' } });

  expect(() => template({ ...roots, input: { a: 1 } })).toThrow(
    new StatesError(
      'States.Runtime',
      `The JSONPath '$.no_such' specified for the field 'value.$' could not be found in the input '{"a":1}'`,
    ),
  );
});

test('names the context object when a path into it leads nowhere', () => {
  expect(() => compileExpression('v.$', '$$.Nope')(roots)).toThrow(
    `The JSONPath '$$.Nope' specified for the field 'v.$' could not be found in the input '{"Name":"x"}'`,
  );
});

test.each([{ 'a.$': 1 }, { 'a.$': 'plain text' }, { 'a.$': '$.a b' }, { 'a.$': 'States.Nope()' }])(
  'refuses %j',
  (template) => {
    expect(() => compileTemplate(template)).toThrow(UsageError);
  },
);
