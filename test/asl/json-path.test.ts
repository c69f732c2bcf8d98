import { describe, expect, test } from 'vitest';
import { compileJsonPath, isJsonPath } from '../../lib/asl/json-path.ts';
import type { Roots } from '../../lib/asl/roots.ts';
import { StatesError, UsageError } from '../../lib/errors.ts';
import type { Json } from '../../lib/json.ts';

const shop: Json = {
  books: [
    { title: 'Sands', price: 8.5, tags: ['sea'], stock: { count: 3 } },
    { title: 'Moon', price: 12, tags: [], stock: { count: 0 } },
    { title: 'Iron', price: 23, tags: ['war', 'sea'] },
  ],
  owner: { name: 'Ada', 'street name': 'Main', note: null },
  limit: 10,
};

function roots(input: Roots['input'], others: Partial<Roots> = {}): Roots {
  return { input, context: {}, variables: {}, ...others };
}

describe('reads', () => {
  test.each([
    { name: 'the whole document', path: '$', value: shop },
    { name: 'a property', path: '$.limit', value: 10 },
    { name: 'a property that is null', path: '$.owner.note', value: null },
    { name: 'a property in brackets', path: "$['owner']['street name']", value: 'Main' },
    { name: 'a property in brackets after a dot', path: "$.['limit']", value: 10 },
    { name: 'an element', path: '$.books[1].title', value: 'Moon' },
    { name: 'an element from the end', path: '$.books[-1].title', value: 'Iron' },
    { name: 'an element past the end as null', path: '$.books[9]', value: null },
    { name: 'every element', path: '$.books[*].title', value: ['Sands', 'Moon', 'Iron'] },
    { name: 'every member', path: '$.owner.*', value: ['Ada', 'Main', null] },
    { name: 'a slice', path: '$.books[1:3].title', value: ['Moon', 'Iron'] },
    { name: 'a slice from the end', path: '$.books[-1:].title', value: ['Iron'] },
    { name: 'a slice from the start', path: '$.books[:1].title', value: ['Sands'] },
    { name: 'a union of indexes', path: '$.books[2,0].title', value: ['Iron', 'Sands'] },
    {
      name: 'a union of names as a smaller object',
      path: "$.owner['name','note']",
      value: { name: 'Ada', note: null },
    },
    { name: 'a union of names before the end', path: "$['books','owner'].name", value: ['Ada'] },
    { name: 'every property of a name, however deep', path: '$..count', value: [3, 0] },
    { name: 'elements that fulfil a condition', path: '$.books[?(@.price > 10)].title', value: ['Moon', 'Iron'] },
    { name: 'a condition without blanks', path: "$.books[?(@.title=='Iron')].price", value: [23] },
    { name: 'a condition on the document', path: '$.books[?(@.price < $.limit)].title', value: ['Sands'] },
    { name: 'elements that have a property', path: '$.books[?(@.stock)].title', value: ['Sands', 'Moon'] },
    { name: 'elements that lack one', path: '$.books[?(!@.stock)].title', value: ['Iron'] },
    {
      name: 'a condition of several parts',
      path: "$.books[?((@.price < 9 || @.price > 20) && 'sea' in @.tags)].title",
      value: ['Sands', 'Iron'],
    },
    { name: 'a pattern', path: '$.books[?(@.title =~ /m.*/i)].title', value: ['Moon'] },
    { name: 'a list in a condition', path: "$.books[?(@.title in ['Moon', 'Sun'])].price", value: [12] },
    { name: 'emptiness', path: '$.books[?(@.tags empty true)].title', value: ['Moon'] },
    { name: 'the number of elements', path: '$.books.length()', value: 3 },
    { name: 'the sum of what a wildcard matches', path: '$.books[*].price.sum()', value: 43.5 },
    { name: 'nothing behind a missing part as an empty array', path: '$.shelf.books[*]', value: [] },
    { name: 'nothing behind a missing part of a slice', path: '$.shelf[1:].title', value: [] },
  ])('$name', ({ path, value }) => {
    expect(compileJsonPath(path).read(roots(shop))).toEqual(value);
  });

  test('the context object and variables', () => {
    const seen = roots({}, { context: { Execution: { Id: 'arn' } }, variables: { rate: { usd: 2 } } });

    expect(compileJsonPath('$$.Execution.Id').read(seen)).toBe('arn');
    expect(compileJsonPath('$rate.usd').read(seen)).toBe(2);
    expect(compileJsonPath('$rate').read(seen)).toEqual({ usd: 2 });
  });

  test('a hundred thousand matches without running out of stack', () => {
    const path = compileJsonPath('$.items[*].id');
    const items = Array.from({ length: 100_000 }, (_, id) => ({ id }));

    expect(path.read(roots({ items }))).toHaveLength(100_000);
  });
});

describe('tells in the words of the service', () => {
  test.each([
    { path: '$.nothing', reason: "No results for path: $['nothing']" },
    { path: '$.owner.nothing', reason: "No results for path: $['owner']['nothing']" },
    { path: '$.no.such.path', reason: "Missing property in path $['no']" },
    { path: '$.books[0].no.path', reason: "Missing property in path $['books'][0]['no']" },
    { path: '$.limit[0]', reason: 'Filter: [0] can only be applied to arrays. Current context is: 10' },
    {
      path: '$.limit.usd',
      reason:
        "Expected to find an object with property ['usd'] in path $['limit'] but found " +
        "'com.fasterxml.jackson.databind.node.IntNode'. This is not a json object according to the JsonProvider: " +
        "'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
    },
  ])('why $path leads nowhere', ({ path, reason }) => {
    const read = () => compileJsonPath(path).read(roots(shop));

    expect(read).toThrow(new StatesError('States.Runtime', `Invalid path '${path}' : ${reason}`));
  });
});

test('finds nothing past the end of an array, at missing properties and in unknown variables', () => {
  expect(compileJsonPath('$.books[9]').find(roots(shop))).toBeUndefined();
  expect(compileJsonPath('$.shelf').find(roots(shop))).toBeUndefined();
  expect(compileJsonPath('$toString').find(roots(shop))).toBeUndefined();
  expect(compileJsonPath('$.owner.note').find(roots(shop))).toBeNull();
});

test('does not see what objects inherit', () => {
  expect(compileJsonPath('$.constructor').find(roots({}))).toBeUndefined();
  expect(compileJsonPath('$.owner.__proto__').find(roots(shop))).toBeUndefined();
});

test('knows which paths name one value', () => {
  const isDefinite = (path: string) => compileJsonPath(path).isDefinite;

  expect(['$', '$.a[0]', "$['a','b']", '$.a[*].length()'].map(isDefinite)).toEqual([true, true, true, true]);
  expect(['$.a[*]', '$..a', '$.a[0:1]', '$.a[?(@.b)]'].map(isDefinite)).toEqual([false, false, false, false]);
});

test.each(['', 'a.b', '$.', '$.a..', '$[', '$.a[', '$.a b', "$['a", '$.a[?(@.b)', '$.a.explode()', '$.a[?(alert(1))]'])(
  'refuses %j',
  (path) => {
    expect(isJsonPath(path)).toBe(false);
    expect(() => compileJsonPath(path)).toThrow(UsageError);
  },
);
