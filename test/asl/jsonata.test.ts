import { describe, expect, test } from 'vitest';
import { compileJsonata, QueryEvaluationError } from '../../lib/asl/jsonata.ts';
import { compileJsonataTemplate } from '../../lib/asl/jsonata-template.ts';
import type { Scope } from '../../lib/asl/types.ts';
import type { Json } from '../../lib/json.ts';

const scope: Scope = {
  input: { n: 5, items: [1, 2, 3], nested: [[1], [2]], one: ['x'] },
  context: { Execution: { Name: 'run' } },
  variables: { rate: 2 },
  result: { rows: 7 },
  now: () => Date.parse('2026-01-02T03:04:05.678Z'),
  chance: () => 0.5,
};

async function evaluate(expression: string): Promise<Json> {
  return compileJsonata(`{% ${expression} %}`, 'Output')(scope);
}

describe('an expression', () => {
  test.each<{ name: string; expression: string; value: Json }>([
    { name: 'the input', expression: '$states.input.n', value: 5 },
    { name: 'the context', expression: '$states.context.Execution.Name', value: 'run' },
    { name: 'the result', expression: '$states.result.rows', value: 7 },
    { name: 'a variable', expression: '$rate * 10', value: 20 },
    { name: 'an array as it is', expression: '$states.input.one', value: ['x'] },
    { name: 'nested arrays as they are', expression: '$states.input.nested', value: [[1], [2]] },
    {
      name: 'what a step makes of one element, without an array',
      expression: '$states.input.one.($ & "!")',
      value: 'x!',
    },
    { name: 'the clock', expression: '$millis()', value: 1767323045678 },
    { name: 'the clock as text', expression: '$now()', value: '2026-01-02T03:04:05.678Z' },
    { name: 'the clock in a picture', expression: "$now('[Y0001]-[M01]')", value: '2026-01' },
    { name: 'chance', expression: '$random()', value: 0.5 },
    { name: 'a partition', expression: '$partition([1,2,3,4,5], 2)', value: [[1, 2], [3, 4], [5]] },
    { name: 'a range with a step', expression: '$range(0, 10, 5)', value: [0, 5, 10] },
    {
      name: 'numbers that are not whole, rounded towards zero',
      expression: '$range(-1.7, 2, 1.9)',
      value: [-1, 0, 1, 2],
    },
    { name: 'chunks of everything', expression: '$partition([1,2])', value: [[1, 2]] },
    { name: 'a range of one as that one', expression: '$range(1, 1, 1)', value: 1 },
    { name: 'a hash', expression: "$hash('abc', 'MD5')", value: '900150983cd24fb0d6963f7d28e17f72' },
    { name: 'parsed JSON', expression: '$parse(\'{"a":[1]}\').a', value: [1] },
    { name: 'numbers beyond the largest as text', expression: '[1/0, -1/0]', value: ['Infinity', '-Infinity'] },
    { name: "the number that Java's generator has for a seed", expression: '$random(42)', value: 0.7275636800328681 },
    { name: 'members without a value left out', expression: '{"a": 1, "b": $states.input.none}', value: { a: 1 } },
  ])('gives $name', async ({ expression, value }) => {
    expect(await evaluate(expression)).toEqual(value);
  });

  test('makes a version 4 UUID', async () => {
    expect(await evaluate('$uuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test.each([
    { name: 'nothing', expression: '$states.input.none', cause: 'returned nothing (undefined).' },
    { name: 'a function', expression: 'function($x) { $x }', cause: 'returned an unsupported result type.' },
    {
      name: 'a value nested without end',
      expression: '$parse($join([1..20000].("["), "") & $join([1..20000].("]"), ""))',
      cause: 'returned an unsupported result type.',
    },
    {
      name: 'a mismatch of types',
      expression: '1 + "a"',
      cause: 'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    },
    { name: 'chunks of nothing', expression: '$partition([1], 0.9)', cause: 'returned nothing (undefined).' },
    { name: 'a range that leads away', expression: '$range(1, 2, -1)', cause: 'returned nothing (undefined).' },
    { name: 'no hash algorithm', expression: "$hash('a')", cause: 'returned nothing (undefined).' },
    {
      name: 'chunks of less than nothing',
      expression: '$partition([1], -1)',
      cause: 'threw an error during evaluation. D3137: Second argument must be zero or greater',
    },
    {
      name: 'chunks of no array',
      expression: '$partition(1, 1)',
      cause:
        'threw an error during evaluation. T0412: Argument 1 of function "partition" must be an array of undefined',
    },
    {
      name: 'an argument of another type',
      expression: "$range(1, '2', 1)",
      cause:
        'threw an error during evaluation. T0410: Argument 2 of function "range" does not match function signature',
    },
    {
      name: 'an argument too many',
      expression: "$parse('1', 2)",
      cause:
        'threw an error during evaluation. T0410: Argument 2 of function "parse" does not match function signature',
    },
    {
      name: 'an unknown hash algorithm',
      expression: "$hash('a', 'md5')",
      cause:
        "threw an error during evaluation. D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
    },
    {
      name: 'text that is no JSON',
      expression: "$parse('')",
      cause: 'threw an error during evaluation. D3137: Invalid JSON',
    },
    {
      name: '$eval, which the service does not have',
      expression: "$eval('1+1')",
      cause: 'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    },
    {
      name: 'endless recursion',
      expression: '($f := function($x) { 1 + $f($x) }; $f(1))',
      cause:
        'threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
    },
    {
      name: 'an endless loop',
      expression: '($f := function($x) { $f($x) }; $f(1))',
      cause: 'threw an error during evaluation: Expression evaluation timeout: Check for infinite loop',
    },
    {
      name: 'too much at once',
      expression: '$sum([1..900000])',
      cause:
        'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    },
  ])('fails the state on $name', async ({ expression, cause }) => {
    const failure = await evaluate(expression).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(QueryEvaluationError);
    expect(failure).toMatchObject({
      name: 'States.QueryEvaluationError',
      message: expect.stringContaining(`specified for the field 'Output' ${cause}`),
      location: 'Output',
    });
  });

  test('is refused for a syntax error when it is compiled', () => {
    expect(() => compileJsonata('{% 1 + %}', 'Output')).toThrow("JSONata expression '1 +' is not valid: S0207");
  });

  test('keeps evaluations apart that go on at the same time', async () => {
    const sum = compileJsonata('{% $sum($map($states.input, function($n) { $n * 2 })) %}', 'Output');

    const sums = await Promise.all([1, 2, 3].map((n) => sum({ ...scope, input: [n, n] })));

    expect(sums).toEqual([4, 8, 12]);
  });
});

describe('a template', () => {
  test('evaluates its expressions where they stand', async () => {
    const template = compileJsonataTemplate(
      { a: ['{% $rate %}', 'plain', null], b: { c: '{% $states.input.n %}' } },
      'Output',
    );

    expect(await template(scope)).toEqual({ a: [2, 'plain', null], b: { c: 5 } });
  });

  test('keeps members whose names mean something in JavaScript', async () => {
    const template = compileJsonataTemplate(JSON.parse('{"__proto__": "{% $rate %}", "toString": 1}'), 'Output');

    expect(JSON.stringify(await template(scope))).toBe('{"__proto__":2,"toString":1}');
  });

  test('gives a value without expressions at once, as it is', () => {
    const value = { a: [1, { b: 'plain' }] };

    expect(compileJsonataTemplate(value, 'Output')(scope)).toBe(value);
  });

  test('names the place of the expression that fails', async () => {
    const template = compileJsonataTemplate({ a: [1, '{% $none %}'] }, 'Arguments');

    await expect(template(scope)).rejects.toMatchObject({ location: 'Arguments/a[1]' });
  });
});
