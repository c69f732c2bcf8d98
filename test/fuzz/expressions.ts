import fc from 'fast-check';
import type { Json, JsonObject } from '../../lib/json.ts';

/** JSONata as states hold it: most of it gives a value, a little of it fails, all of it compiles. */
export const jsonataExpression = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      '{% $states.input %}',
      '{% $states.context.Execution.Input %}',
      '{% $exists($states.input.a) %}',
      '{% $states.context %}',
      '{% {"a": $states.input, "items": [1..3], "n": 2} %}',
      '{% [1..5].{"n": $, "items": [$]} %}',
      '{% $map([1..3], function($v) { $v * 2 }) %}',
      '{% ($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(5)) %}',
      '{% $partition([1..7], 3) %}',
      '{% $merge([{"a": 1}, {"items": []}]) %}',
      '{% $string($states.input) %}',
      '{% $parse("{\\"a\\": [1, null]}") %}',
      '{% $hash("a", "SHA-256") & $uuid() %}',
      '{% $now() %}',
      '{% $count($states.input.**) %}',
      '{% null %}',
      '{% 3 %}',
    ),
  },
  fc.constantFrom(
    '{% $states.input.a.missing %}',
    '{% $states.context.Map.Item.Value %}',
    '{% $random() < 0.4 ? {"a": 1} : $error("by chance") %}',
    '{% $x %}',
    '{% 1 / 0 %}',
    '{% function($v) { $v } %}',
    '{% ($deeper := function($n) { 1 + $deeper($n + 1) }; $deeper(1)) %}',
  ),
);

/** Paths of the three roots; not all of them find something. */
export const jsonPath = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('$', '$$', '$$.Execution.Input') },
  fc.constantFrom('$.a', '$.items', '$.items[0]', '$.missing', '$.a.b[2]', '$$.Map.Item.Value', '$x', '$x.a'),
);

/** Paths that may find many values, and intrinsic functions: what payload templates take besides. */
export const templateExpression = fc.oneof(
  { weight: 3, arbitrary: jsonPath },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '$..a',
      "States.Format('{} and {}', 'one', 1)",
      'States.Array(1, $, null)',
      'States.ArrayRange(1, 5, 2)',
      'States.JsonToString($)',
      "States.StringToJson('[1]')",
      'States.MathAdd(1, 2)',
      "States.Hash('a', 'MD5')",
      'States.UUID()',
    ),
  },
  fc.constantFrom(
    '$.items[*]',
    '$.items[?(@.n > 1)]',
    '$.items[0:2]',
    'States.ArrayPartition($.items, 2)',
    "States.StringToJson('[')",
    'States.JsonMerge($, $.a, false)',
  ),
);

/** Member names that are something else in JavaScript, between ordinary ones. */
export const memberName = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'n', 'items') },
  fc.constantFrom('__proto__', 'constructor', 'toString', '', 'é', 'a.b', "it's"),
);

/** Any JSON value of a modest size. */
export const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<Json>(null, true, 0, -1, 1.5, 1e300, 'text', '', '2026-01-01T00:00:00Z'),
    fc.array(tie('value'), { maxLength: 3 }),
    membersOf(tie('value')),
  ),
})).value;

/** An object that may hold members such as `__proto__` as its own. */
export function membersOf(value: fc.Arbitrary<Json>): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(memberName, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

/** What an execution is started with: the members that expressions above read, more often than not. */
export const input: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record<JsonObject>(
      { a: json, items: fc.array(json, { maxLength: 4 }), n: fc.nat(3), t: fc.constant('2026-01-01T00:00:05Z') },
      { requiredKeys: ['items', 'n', 't'] },
    ),
  },
  json,
);

/** A value of a JSONata state: fixed, computed, or partly both. */
export const jsonataValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: jsonataExpression },
  json,
  membersOf(fc.oneof(jsonataExpression, json)),
  fc.array(fc.oneof(jsonataExpression, json), { maxLength: 2 }),
);

/** A payload template of a JSONPath state. */
export const payloadTemplate: fc.Arbitrary<JsonObject> = fc
  .array(
    fc.oneof(
      fc.tuple(
        memberName.map((name) => `${name}.$`),
        templateExpression,
      ),
      fc.tuple(memberName, json),
    ),
    { maxLength: 3 },
  )
  .map((entries) => Object.fromEntries(entries));
