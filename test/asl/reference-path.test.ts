import { expect, test } from 'vitest';
import { compileReferencePath } from '../../lib/asl/reference-path.ts';
import { StatesError, UsageError } from '../../lib/errors.ts';
import type { Json } from '../../lib/json.ts';

test.each<{ name: string; path: string; target: Json; result: Json }>([
  { name: 'replaces the whole value at $', path: '$', target: { a: 1 }, result: 'new' },
  { name: 'adds a property', path: '$.b', target: { a: 1 }, result: { a: 1, b: 'new' } },
  { name: 'replaces a property', path: "$['a']", target: { a: 1 }, result: { a: 'new' } },
  {
    name: 'makes the objects that are missing on the way',
    path: '$.a.b.c',
    target: {},
    result: { a: { b: { c: 'new' } } },
  },
  { name: 'replaces an element', path: '$.a[1]', target: { a: [1, 2, 3] }, result: { a: [1, 'new', 3] } },
  { name: 'reaches into an element', path: '$.a[0].b', target: { a: [{ c: 1 }] }, result: { a: [{ c: 1, b: 'new' }] } },
])('$name', ({ path, target, result }) => {
  const before = structuredClone(target);

  expect(compileReferencePath(path).write(target, 'new')).toEqual(result);
  expect(target).toEqual(before);
});

test('writes a property named __proto__ as data', () => {
  const written = compileReferencePath('$.__proto__').write({}, 1);

  expect(JSON.stringify(written)).toBe('{"__proto__":1}');
});

test.each([
  { name: 'a scalar', path: '$.a.b', target: { a: 1 } },
  { name: 'an array it asks a property of', path: '$.a.b', target: { a: [] } },
  { name: 'the end of an array', path: '$.a[1]', target: { a: [1] } },
])('fails when the path runs into $name', ({ path, target }) => {
  const write = () => compileReferencePath(path).write(target, 'new');

  expect(write).toThrow(StatesError);
  expect(write).toThrow(expect.objectContaining({ name: 'States.ResultPathMatchFailure' }));
});

test.each(['$.a[*]', '$..a', "$['a','b']", '$.a[0:1]', '$.a[?(@.b)]', 'a'])('refuses %s', (path) => {
  expect(() => compileReferencePath(path)).toThrow(UsageError);
});
