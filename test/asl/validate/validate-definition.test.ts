import { describe, expect, test } from 'vitest';
import { invalidDefinitionMessage } from '../../../lib/asl/validate/diagnostic.ts';
import { validateDefinition } from '../../../lib/asl/validate/validate-definition.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';

const done = { Type: 'Succeed' };
const pass = { Type: 'Pass', End: true };

function machine(state: JsonObject, others: JsonObject = {}, fields: JsonObject = {}): JsonObject {
  return { ...fields, StartAt: 'S', States: { S: state, ...others } };
}

/** Each finding as `code: message at location`. */
function findings(definition: Json, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  return validateDefinition(JSON.stringify(definition), { type }).map(
    ({ code, message, location }) => `${code}: ${message} at ${location}`,
  );
}

const schema = 'SCHEMA_VALIDATION_FAILED: ';

describe('accepts', () => {
  test.each<{ name: string; definition: JsonObject }>([
    { name: 'the smallest machine', definition: machine(pass) },
    {
      name: 'every kind of state',
      definition: machine(
        {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Parameters: { 'FunctionName.$': '$.name' },
          TimeoutSeconds: 5,
          Retry: [{ ErrorEquals: ['States.ALL'] }],
          Catch: [{ ErrorEquals: ['A'], Next: 'C' }],
          Next: 'M',
        },
        {
          M: {
            Type: 'Map',
            ItemsPath: '$.items',
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
              StartAt: 'I',
              States: { I: pass },
            },
            Label: 'items',
            Next: 'P',
          },
          P: { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: done } }], Next: 'W' },
          W: { Type: 'Wait', Timestamp: '2024-01-01T00:00:00Z', Next: 'C' },
          C: {
            Type: 'Choice',
            Choices: [
              {
                And: [{ Variable: '$.a', IsNull: true }, { Not: { Variable: '$v', NumericGreaterThan: 1 } }],
                Next: 'D',
              },
            ],
            Default: 'F',
          },
          F: { Type: 'Fail', CausePath: "States.Format('{}', $.a)" },
          D: done,
        },
      ),
    },
    {
      name: 'JSONata in a JSONPath machine',
      definition: machine({ ...pass, QueryLanguage: 'JSONata', Output: '{% $states.input %}' }),
    },
    {
      name: 'what looks like JSONata where it is text',
      definition: machine(
        {
          Type: 'Task',
          Comment: '{% a %}',
          Resource: 'arn:aws:lambda:x',
          Retry: [{ ErrorEquals: ['{% a %}'] }],
          Catch: [
            { Comment: '{% a %}', ErrorEquals: ['{% a %}'], Assign: { e: '{% $states.errorOutput %}' }, Next: 'M' },
          ],
          Output: '{% $states.result.a[b = $]^(c).(d){e: f} %}',
          Next: 'M',
        },
        {
          M: {
            Type: 'Map',
            ItemReader: {
              Resource: 'arn:aws:states:::s3:getObject',
              ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['{% a %}'] },
            },
            ItemProcessor: { StartAt: 'I', States: { I: pass } },
            End: true,
          },
        },
        { QueryLanguage: 'JSONata' },
      ),
    },
    {
      name: 'a nested loop',
      definition: machine({
        Type: 'Map',
        ItemProcessor: { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } } },
        End: true,
      }),
    },
    {
      name: 'a resource that is filled in later',
      definition: machine({ Type: 'Task', Resource: '${FetchArn}', End: true }),
    },
  ])('$name', ({ definition }) => {
    expect(findings(definition)).toEqual([]);
  });
});

describe('finds', () => {
  test.each<{ name: string; definition: Json; found: string[] }>([
    { name: 'no object', definition: [], found: [`${schema}Expected value of type [OBJECT] at /`] },
    {
      name: 'what a machine must have',
      definition: {},
      found: [`${schema}These fields are required: [States, StartAt] at /`],
    },
    {
      name: 'fields a machine does not have',
      definition: machine(pass, {}, { startat: 'S' }),
      found: [`${schema}Field 'startat' is not supported at /`],
    },
    {
      name: 'an unknown version',
      definition: machine(pass, {}, { Version: '2.0' }),
      found: [`${schema}Value should be one of the following: [1.0] at /Version`],
    },
    {
      name: 'no type',
      definition: machine({ End: true }),
      found: [`${schema}These fields are required: [Type] at /States/S`],
    },
    {
      name: 'fields of another type',
      definition: machine({ ...pass, TimeoutSeconds: 5 }),
      found: [`${schema}Field 'TimeoutSeconds' is not supported at /States/S`],
    },
    {
      name: 'neither Next nor End',
      definition: machine({ Type: 'Pass' }),
      found: [`${schema}This object should have only one of the following fields: [Next, End] at /States/S`],
    },
    {
      name: 'both Next and End',
      definition: machine({ ...pass, Next: 'D' }, { D: done }),
      found: [`${schema}There should only be one of the following fields: [Next, End] at /States/S`],
    },
    {
      name: 'a number out of range',
      definition: machine({ Type: 'Task', Resource: 'arn:aws:lambda:x', TimeoutSeconds: 0, End: true }),
      found: [`${schema}Minimum value is 1 at /States/S/TimeoutSeconds`],
    },
    {
      name: 'a number and its path',
      definition: machine({ Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true }),
      found: [
        `${schema}There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp] at /States/S`,
      ],
    },
    {
      name: 'a bad resource',
      definition: machine({ Type: 'Task', Resource: 'fetch', End: true }),
      found: [`${schema}Value is not a valid resource ARN at /States/S/Resource`],
    },
    {
      name: 'a bad path',
      definition: machine({ ...pass, InputPath: 'a.b' }),
      found: [`${schema}Value must be a valid JSONPath. at /States/S/InputPath`],
    },
    {
      name: 'a result path that is no reference',
      definition: machine({ ...pass, ResultPath: '$.a[*]' }),
      found: [`${schema}Value is not a Reference Path at /States/S/ResultPath`],
    },
    {
      name: 'a bad member of a template',
      definition: machine({ ...pass, Parameters: { deep: { 'x.$': 'a' } } }),
      found: [
        `${schema}The value for the field 'x.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/deep`,
      ],
    },
    {
      name: 'JSONata fields in JSONPath',
      definition: machine({ ...pass, Output: 1 }),
      found: [
        `${schema}The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S`,
      ],
    },
    {
      name: 'a language nobody knows',
      definition: machine({ ...pass, QueryLanguage: 'jsonata', InputPath: '$.a' }),
      found: [
        `${schema}The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage at /States/S`,
        `${schema}Value should be one of the following: [JSONPath, JSONata] at /States/S/QueryLanguage`,
      ],
    },
    {
      name: 'catch-all before others',
      definition: machine({
        Type: 'Task',
        Resource: 'arn:aws:lambda:x',
        Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }],
        End: true,
      }),
      found: [`${schema}States.ALL must appear alone and at end of list at /States/S/Retry[0]/ErrorEquals`],
    },
    {
      name: 'a catcher that leads nowhere',
      definition: machine({ Type: 'Task', Resource: 'arn:aws:lambda:x', Catch: [{ ErrorEquals: ['A'] }], End: true }),
      found: [`${schema}These fields are required: [Next] at /States/S/Catch[0]`],
    },
    {
      name: 'a rule with two comparisons',
      definition: machine(
        { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'D' }] },
        { D: done },
      ),
      found: [`${schema}There should only be one of the following fields: [IsNull, IsString] at /States/S/Choices[0]`],
    },
    {
      name: 'Next inside a combination',
      definition: machine(
        { Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'D' }, Next: 'D' }] },
        { D: done },
      ),
      found: [`${schema}Field 'Next' is not supported at /States/S/Choices[0]/Not`],
    },
    {
      name: 'an empty Parallel',
      definition: machine({ Type: 'Parallel', Branches: [], End: true }),
      found: [`${schema}Value cannot be empty at /States/S/Branches`],
    },
    {
      name: 'a distributed Map without execution type',
      definition: machine({
        Type: 'Map',
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'I', States: { I: pass } },
        End: true,
      }),
      found: [`${schema}These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig`],
    },
    {
      name: 'a CSV reader without headers',
      definition: machine({
        Type: 'Map',
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'CSV' } },
        Iterator: { StartAt: 'I', States: { I: pass } },
        End: true,
      }),
      found: [`${schema}The field 'CSVHeaderLocation' is required at /States/S/ItemReader/ReaderConfig`],
    },
    {
      name: 'a reserved variable',
      definition: machine({ ...pass, Assign: { states: 1 } }),
      found: ["RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states"],
    },
    {
      name: 'a bad variable name',
      definition: machine({ ...pass, Assign: { 'a-b.$': '$.a' } }),
      found: [
        "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at /States/S/Assign/a-b.$",
      ],
    },
    {
      name: 'JSONata that does not parse',
      definition: machine({ ...pass, Output: { v: '{% 1 + %}' } }, {}, { QueryLanguage: 'JSONata' }),
      found: ['INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/v'],
    },
    {
      name: 'JSONata that reads no document',
      definition: machine(
        { ...pass, Output: '{% $states.input.a & phone.home[b] %}' },
        {},
        { QueryLanguage: 'JSONata' },
      ),
      found: [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output",
      ],
    },
    {
      name: 'JSONata that reads no document in a function either',
      definition: machine(
        { ...pass, Output: { a: '{% $map($states.input.a, function($x){ b(c) & $ }) %}', b: '{% $$.d %}' } },
        {},
        { QueryLanguage: 'JSONata' },
      ),
      found: [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'b' at the top level is not supported. at /States/S/Output/a",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'c' at the top level is not supported. at /States/S/Output/a",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/S/Output/a",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' is not supported. at /States/S/Output/b",
      ],
    },
    {
      name: 'JSONata that reads what there is not yet, or not at all',
      definition: machine(
        {
          Type: 'Task',
          Resource: 'arn:aws:lambda:x',
          Arguments: '{% $states.result %}',
          Output: '{% $states.errorOutput %}',
          Catch: [{ ErrorEquals: ['A'], Output: '{% [$states.errorOutput, $states.result] %}', Next: 'D' }],
          End: true,
        },
        { D: done },
        { QueryLanguage: 'JSONata' },
      ),
      found: [
        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Arguments",
        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.errorOutput' does not exist. at /States/S/Output",
        "UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.result' does not exist. at /States/S/Catch[0]/Output",
      ],
    },
    {
      name: 'a call without arguments',
      definition: machine({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true }),
      found: [`${schema}Parameters field is required for resource ARN: arn:aws:states:::lambda:invoke at /States/S`],
    },
    {
      name: 'a call without the arguments it needs',
      definition: machine({
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { 'QueueUrl.$': '$.url' },
        End: true,
      }),
      found: [`${schema}The field 'MessageBody' is required but was missing at /States/S/Parameters`],
    },
    {
      name: 'a job that no service runs',
      definition: machine({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke.sync',
        Parameters: { FunctionName: 'f' },
        End: true,
      }),
      found: [
        `${schema}The resource provided arn:aws:states:::lambda:invoke.sync is not recognized at /States/S/Resource`,
      ],
    },
    {
      name: 'credentials for an activity',
      definition: machine({
        Type: 'Task',
        Resource: 'arn:aws:states:us-east-1:111111111111:activity:a',
        Credentials: { RoleArn: 'arn:aws:iam::111111111111:role/r' },
        End: true,
      }),
      found: [`${schema}The field 'Credentials' is not supported for activities at /States/S/Credentials`],
    },
    {
      name: 'a label that is used twice',
      definition: machine(
        { Type: 'Map', Label: 'l', Iterator: { StartAt: 'I', States: { I: pass } }, Next: 'M' },
        { M: { Type: 'Map', Label: 'l', Iterator: { StartAt: 'J', States: { J: pass } }, End: true } },
      ),
      found: ['DUPLICATE_LABEL_NAME: Duplicate Label name: l at /States/M'],
    },
    {
      name: 'an empty label',
      definition: machine({ Type: 'Map', Label: '', Iterator: { StartAt: 'I', States: { I: pass } }, End: true }),
      found: ["INVALID_LABEL_NAME: Label name '' is empty at /States/S/Label"],
    },
    {
      name: 'targets that are missing and no end',
      definition: machine({ Type: 'Pass', Next: 'Nope' }),
      found: [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /States/S/Next",
        'MISSING_END_STATE: Workflow has no terminal state at undefined',
      ],
    },
    {
      name: 'a start that is missing',
      definition: { StartAt: 'Nope', States: { A: pass } },
      found: [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt",
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
      ],
    },
    {
      name: 'unreachable states, also nested',
      definition: machine({
        Type: 'Parallel',
        Branches: [{ StartAt: 'B', States: { B: pass, Ghost: pass } }],
        End: true,
      }),
      found: ['MISSING_TRANSITION_TARGET: State "Ghost" is not reachable. at /States/S/Branches[0]/States/Ghost'],
    },
    {
      name: 'a name that is used twice',
      definition: machine({ Type: 'Parallel', Branches: [{ StartAt: 'S', States: { S: pass } }], End: true }),
      found: ['DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[0]/States/S'],
    },
  ])('$name', ({ definition, found }) => {
    expect(findings(definition)).toEqual(found);
  });

  test('what express machines cannot do', () => {
    const sync = machine({
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'job' },
      End: true,
    });

    expect(findings(sync)).toEqual([]);
    expect(findings(sync, 'EXPRESS')).toEqual([
      `${schema}Express state machine does not support '.sync' service integration  at /States/S/Resource`,
    ]);
  });
});

test.each(['', ' \n', 'null'])('finds no definition in %j', (text) => {
  expect(validateDefinition(text)).toEqual([
    { severity: 'ERROR', code: 'MISSING_DESCRIPTION', message: 'Received a null or empty workflow input.' },
  ]);
});

describe('tells where a text stops being JSON', () => {
  test.each([
    {
      text: '{a:1}',
      message: "Unexpected character ('a' (code 97)): was expecting double-quote to start field name",
      place: 'line: 1, column: 3',
    },
    {
      text: '{"a" 1}',
      message: "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value",
      place: 'line: 1, column: 7',
    },
    {
      text: '{"a":1\n"b":2}',
      message: "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
      place: 'line: 2, column: 2',
    },
    { text: '[1,]', message: "Unexpected character (']' (code 93)): expected a value", place: 'line: 1, column: 5' },
    {
      text: '["a',
      message: 'Unexpected end-of-input: was expecting closing quote for a string value',
      place: 'line: 1, column: 4',
    },
    {
      text: '[truthy]',
      message:
        "Unrecognized token 'truthy': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      place: 'line: 1, column: 8',
    },
    {
      text: '{} x',
      message: "Unexpected character ('x' (code 120)): expected the end of the input",
      place: 'line: 1, column: 5',
    },
  ])('$text', ({ text, message, place }) => {
    const location = `[Source: (String)"${text}"; ${place}]`;

    expect(validateDefinition(text)).toEqual([
      { severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: `${message}\n at ${location}`, location },
    ]);
  });
});

describe('refuses what is nested too deeply to be read', () => {
  const message =
    'Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)';

  test.each([
    { name: 'arrays', text: '['.repeat(20_000) + ']'.repeat(20_000) },
    { name: 'objects that never end', text: '{"a":'.repeat(20_000) },
  ])('$name', ({ text }) => {
    expect(validateDefinition(text)).toEqual([{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message }]);
  });

  test('but not brackets in a text', () => {
    expect(findings(machine({ ...pass, Comment: '["'.repeat(2_000) }))).toEqual([]);
  });
});

describe('refuses paths and calls that are nested without end', () => {
  const badPath = 'Value must be a valid JSONPath.';
  const badTemplate = "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call";
  const deep = 20_000;

  test.each<{ name: string; fields: JsonObject; message: string }>([
    { name: 'brackets', fields: { InputPath: `$[?(${'('.repeat(deep)}` }, message: badPath },
    { name: 'negations', fields: { InputPath: `$[?(${'!'.repeat(deep)}` }, message: badPath },
    { name: 'filters', fields: { InputPath: '$[?(@'.repeat(deep) }, message: badPath },
    { name: 'lists', fields: { InputPath: `$[?(${'['.repeat(deep)}` }, message: badPath },
    {
      name: 'calls',
      fields: { Parameters: { 'a.$': 'States.Array('.repeat(deep) } },
      message: badTemplate,
    },
  ])('$name', ({ fields, message }) => {
    expect(findings(machine({ ...pass, ...fields }))).toEqual([expect.stringContaining(message)]);
  });
});

test('refuses items that are neither an array nor an expression', () => {
  const map = { Type: 'Map', Items: { a: 1 }, ItemProcessor: { StartAt: 'I', States: { I: pass } }, End: true };

  expect(findings(machine(map, {}, { QueryLanguage: 'JSONata' }))).toEqual([
    `${schema}Expected value of type [ARRAY] at /States/S/Items`,
  ]);
});

test.each(['toString', '__proto__', 'constructor'])("takes the type '%s' for none, like any other word", (type) => {
  expect(findings(machine({ Type: type }))).toEqual([
    `${schema}The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type`,
  ]);
});

test('writes the refusal of a definition as one sentence', () => {
  const diagnostics = validateDefinition(JSON.stringify(machine({ Type: 'Pass', Next: 'Nope' })));

  expect(invalidDefinitionMessage(diagnostics)).toBe(
    "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /States/S/Next, " +
      "MISSING_END_STATE: Workflow has no terminal state at null'",
  );
});
