import { describe, expect, test } from 'vitest';
import { variableReferences } from '../../lib/asl/variable-references.ts';
import type { JsonObject } from '../../lib/json.ts';

function references(state: JsonObject): readonly string[] | undefined {
  return variableReferences({ StartAt: 'S', States: { S: state } }).S;
}

describe('finds variables of a JSONPath state', () => {
  test.each<{ name: string; state: JsonObject; variables: string[] | undefined }>([
    { name: 'in paths', state: { Type: 'Pass', InputPath: '$b.x', OutputPath: '$a[0]' }, variables: ['a', 'b'] },
    { name: 'in templates', state: { Type: 'Pass', Parameters: { x: [{ 'y.$': '$a' }], z: '$b' } }, variables: ['a'] },
    {
      name: 'in intrinsic calls',
      state: { Type: 'Pass', Assign: { 'x.$': "States.Format('{} $c', States.Array($b, $.d), $a.e)" } },
      variables: ['a', 'b'],
    },
    {
      name: 'in choice rules',
      state: { Type: 'Choice', Choices: [{ Not: { Variable: '$a', NumericEqualsPath: '$b', Next: 'S' } }] },
      variables: ['a', 'b'],
    },
    {
      name: 'but not in the input or the context',
      state: { Type: 'Pass', Parameters: { 'a.$': '$$.Map', 'b.$': '$.c' } },
      variables: undefined,
    },
  ])('$name', ({ state, variables }) => {
    expect(references(state)).toEqual(variables);
  });
});

describe('finds variables of a JSONata state', () => {
  test.each<{ name: string; expression: string; variables: string[] | undefined }>([
    { name: 'by themselves', expression: '$b + $a.x[0]', variables: ['a', 'b'] },
    { name: 'in predicates and arguments', expression: '$sum($a[price > $limit].price)', variables: ['a', 'limit'] },
    { name: 'in object constructors', expression: '{ "x": $a, $b: 1 }', variables: ['a', 'b'] },
    {
      name: 'but not parameters of functions',
      expression: '$map($a, function($v, $i) { $v + $i + $b })',
      variables: ['a', 'b'],
    },
    {
      name: 'but not what it binds',
      expression: '( $x := $a; $f := function($n) { $f($n - 1) }; $x + $f(2) )',
      variables: ['a'],
    },
    { name: 'but not functions that are handed on', expression: '$map($a, $string)', variables: ['a'] },
    { name: 'but not $states', expression: '$states.input.a ~> $uppercase()', variables: undefined },
  ])('$name', ({ expression, variables }) => {
    expect(references({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toEqual(variables);
  });
});

test('lists nested states under their own names', () => {
  const inner = (path: string) => ({ StartAt: 'I', States: { [`In ${path}`]: { Type: 'Pass', InputPath: path } } });

  const found = variableReferences({
    StartAt: 'P',
    States: {
      P: { Type: 'Parallel', ResultSelector: { 'x.$': '$p' }, Branches: [inner('$a'), inner('$b')], Next: 'M' },
      M: { Type: 'Map', MaxConcurrencyPath: '$m', ItemProcessor: inner('$c'), End: true },
    },
  });

  expect(found).toEqual({ P: ['p'], M: ['m'], 'In $a': ['a'], 'In $b': ['b'], 'In $c': ['c'] });
});
