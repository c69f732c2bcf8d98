import fc from 'fast-check';
import type { Json } from '../../lib/json.ts';
import { json } from './expressions.ts';

/** Names of fields of all types of states. */
export const fieldNames = [
  ...['Type', 'Next', 'End', 'Default', 'StartAt', 'States', 'Choices', 'Branches', 'ItemProcessor', 'ProcessorConfig'],
  ...[
    'Iterator',
    'Retry',
    'Catch',
    'ErrorEquals',
    'Assign',
    'Output',
    'Arguments',
    'Items',
    'ItemsPath',
    'ItemSelector',
  ],
  ...['InputPath', 'OutputPath', 'ResultPath', 'ResultSelector', 'Parameters', 'Result', 'Resource', 'Condition'],
  ...[
    'TimeoutSeconds',
    'TimeoutSecondsPath',
    'HeartbeatSeconds',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    'Credentials',
  ],
  ...['ToleratedFailureCount', 'ToleratedFailurePercentage', 'ToleratedFailurePercentagePath', 'ItemBatcher', 'Label'],
  ...['ItemReader', 'ReaderConfig', 'ResultWriter', 'WriterConfig', 'MaxItems', 'MaxItemsPerBatch', 'BatchInput'],
  ...['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'Variable', 'And', 'Or', 'Not', 'IsPresent', 'Mode'],
  ...['QueryLanguage', 'Comment', 'Version', 'Error', 'ErrorPath', 'Cause', 'CausePath', 'BackoffRate', 'MaxAttempts'],
  ...['IntervalSeconds', 'MaxDelaySeconds', 'JitterStrategy', 'NumericEquals', 'StringMatches', 'TimestampEqualsPath'],
];

/** Numbers at the edges of what fields take. */
export const oddNumbers = [0, -0, -1, 0.5, 1e-7, 100, 2 ** 31, 2 ** 53, 1e21, 1e308, 99_999_999, 100_000_000];

/** Paths and intrinsic calls, most of them broken. */
export const oddPaths = [
  ...['$', '$.', '$..', '$[', '$[0', '$[-1]', '$.a[?(', '$.a[?(@.b==', '$$', '$$.Nothing', '$x[', '$.a..b', '$[99999]'],
  ...[
    "$['",
    '$.a[0:1:0]',
    '$.*',
    '$[*][*]',
    "States.Format('{}')",
    'States.ArrayRange(1,9,0)',
    'States.',
    'States.X()',
  ],
  ...["States.Format('{", 'States.Array(States.Array(', "States.MathRandom(1, 'a')", 'States.JsonMerge(1,2,3)'],
  ...[`$[?(${'('.repeat(20_000)}`, `$${'[0]'.repeat(20_000)}`, 'States.Array('.repeat(20_000)],
];

/** JSONata that is broken, endless, huge, or gives what JSON cannot hold. */
export const oddExpressions = [
  ...['{% %}', '{%%}', '{% ( %}', '{% $ %}', '{% $$ %}', '{% $states %}', '{% $states.result %}', '{% $eval("1") %}'],
  ...['{% $states.input.* ~> $sum %}', '{% /(/ %}', '{% "\\ud800" %}', '{% $pad("x", 1e9) %}', '{% [1..1e7] %}'],
  ...['{% -1 %}', '{% 1.5 %}', '{% 1e300 %}', '{% "" %}', '{% [] %}', '{% {} %}', '{% {"__proto__": 1} %}'],
  ...['{% $toMillis("x") %}', '{% $fromMillis(1e300) %}', '{% $match("a", /(a*)*b/) %}', '{% $split("a", "") %}'],
  ...['{% $sort([2,1], function($a) { $x }) %}', '{% $formatNumber(1, "#") %}', '{% $lookup($states, "__proto__") %}'],
  ...[
    '{% $lookup({}, "constructor") %}',
    '{% $states.input.constructor %}',
    '{% $constructor %}',
    '{% $string(1e400) %}',
  ],
  `{% ${'('.repeat(20_000)} %}`,
  '{% $parse($join([1..20000].("["), "") & $join([1..20000].("]"), "")) %}',
];

/** Anything that a field may not expect. */
export const odd: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    'Task',
    'Map',
    'Parallel',
    'Choice',
    'Wait',
    'Pass',
    'Fail',
    'Succeed',
    'DISTRIBUTED',
    'EXPRESS',
  ),
  fc.constantFrom<Json>(null, true, false, '', [], {}, [[]], [null], { '': null }),
  fc.constantFrom<Json>(...oddNumbers),
  fc.constantFrom<Json>(...oddPaths),
  fc.constantFrom<Json>(...oddExpressions),
  fc.constantFrom(2, 50, 950, 20_000).map(nestedArray),
  fc.constantFrom(81, 300, 300_000).map((length) => 'x'.repeat(length)),
  fc.constantFrom('a/b', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '\ud800', '💥'),
  json,
);

/** Kept as a text, because JSON.stringify itself gives up on a few thousand levels. */
function nestedArray(depth: number): Json {
  return { $nested: depth };
}
