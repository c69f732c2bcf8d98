import fc from 'fast-check';
import type { QueryLanguage } from '../../lib/asl/types.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { json, jsonataExpression, jsonataValue, jsonPath, payloadTemplate } from './expressions.ts';

/** States that follow one another, before they have names; transitions count positions in the same line. */
export interface GraphPlan {
  readonly states: readonly StatePlan[];
}

/** One state to be: its own fields, and what {@link writeMachine} turns into transitions and nested states. */
export interface StatePlan {
  readonly hint: string;
  readonly fields: JsonObject;
  readonly choices?: readonly Exit[];
  readonly hasDefault?: boolean;
  readonly catches?: readonly Exit[];
  readonly branches?: readonly GraphPlan[];
  readonly processor?: { readonly config: JsonObject; readonly graph: GraphPlan };
}

/** A way out of a state to one of the states behind it, or rarely one before it. */
export interface Exit {
  readonly fields: JsonObject;
  readonly to: number;
  readonly isBackward: boolean;
}

/** A machine to be, and an input for it. */
export interface MachinePlan {
  readonly language: QueryLanguage;
  readonly fields: JsonObject;
  readonly graph: GraphPlan;
}

/** Deepest nesting of Parallel and Map states. */
const maxDepth = 4;

const hint = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('Fetch', 'Decide', 'Both', 'Each') },
  fc.constantFrom('a/b', 'x[0]', 'y{1}', 'é ü', '__proto__', '100%'),
);

const errorEquals = fc.constantFrom(
  ['Custom.Error'],
  ['States.TaskFailed'],
  ['States.Timeout', 'States.HeartbeatTimeout'],
  ['States.QueryEvaluationError', 'States.ParameterPathFailure'],
  ['States.DataLimitExceeded'],
);

/** Only the last entry may take every error. */
function endingWithAll<T extends JsonObject>(entries: readonly T[], takesAll: boolean): JsonObject[] {
  return entries.map((entry, index) =>
    takesAll && index === entries.length - 1 ? { ...entry, ErrorEquals: ['States.ALL'] } : entry,
  );
}

const retry = fc
  .tuple(
    fc.array(
      fc.record<JsonObject>(
        {
          ErrorEquals: errorEquals,
          IntervalSeconds: fc.nat(5),
          MaxAttempts: fc.nat(3),
          BackoffRate: fc.constantFrom(1, 1.5, 10),
          MaxDelaySeconds: fc.integer({ min: 1, max: 20 }),
          JitterStrategy: fc.constantFrom('FULL', 'NONE'),
        },
        { requiredKeys: ['ErrorEquals'] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    fc.boolean(),
  )
  .map(([entries, takesAll]) => endingWithAll(entries, takesAll));

function exit(fields: fc.Arbitrary<JsonObject>): fc.Arbitrary<Exit> {
  return fc.record({
    fields,
    to: fc.nat(9),
    isBackward: fc.oneof({ weight: 11, arbitrary: fc.constant(false) }, fc.constant(true)),
  });
}

function catches(language: QueryLanguage): fc.Arbitrary<Exit[]> {
  const fields = fc.record<JsonObject>(
    { ErrorEquals: errorEquals, ...exitFields[language] },
    { requiredKeys: ['ErrorEquals'] },
  );
  return fc.tuple(fc.array(exit(fields), { minLength: 1, maxLength: 2 }), fc.boolean()).map(([entries, takesAll]) => {
    const written = endingWithAll(
      entries.map((entry) => entry.fields),
      takesAll,
    );
    return entries.map((entry, index) => ({ ...entry, fields: written[index] ?? {} }));
  });
}

const variables = {
  JSONata: fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), jsonataValue, { maxKeys: 2, noNullPrototype: true }),
  JSONPath: fc.dictionary(fc.constantFrom('x.$', 'y.$'), jsonPath, { maxKeys: 2, noNullPrototype: true }),
};

const resultPath = fc.constantFrom('$', null, '$.a', '$.r.deep', '$.items[1]');
const exitFields = {
  JSONata: { Output: jsonataValue, Assign: variables.JSONata },
  JSONPath: { ResultPath: resultPath, Assign: variables.JSONPath },
};
const selection = { InputPath: fc.option(jsonPath), OutputPath: fc.option(jsonPath) };
const passing = {
  JSONata: { Output: jsonataValue, Assign: variables.JSONata },
  JSONPath: { ...selection, Assign: variables.JSONPath },
};
const working = {
  JSONata: passing.JSONata,
  JSONPath: { ...passing.JSONPath, ResultPath: resultPath, ResultSelector: payloadTemplate },
};

type Members = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>;

/** An object of which every field may be missing but those in `always`. */
function sometimes(always: Members, fields: Members): fc.Arbitrary<JsonObject> {
  const some = membersIn(fields).map((member) =>
    // with every other field at hand, nearly every state would fail
    fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, member),
  );
  const all = membersIn(always);
  // what the arbitraries of fields give is JSON
  return fc.tuple(...all, ...some).map((entries) => Object.fromEntries(entries.flat()) as JsonObject);
}

function membersIn(fields: Members): fc.Arbitrary<[string, unknown][]>[] {
  return Object.entries(fields).flatMap(([name, value]) => (value ? [value.map((found) => [[name, found]])] : []));
}

function simple(type: string, language: QueryLanguage): fc.Arbitrary<JsonObject> {
  const isType = { Type: fc.constant(type) };
  switch (type) {
    case 'Pass':
      return language === 'JSONata'
        ? sometimes(isType, passing.JSONata)
        : sometimes(isType, { ...passing.JSONPath, Result: json, ResultPath: resultPath, Parameters: payloadTemplate });
    case 'Wait':
      return fc.oneof(
        ...delays[language].map(([field, value]) => sometimes({ ...isType, [field]: value }, passing[language])),
      );
    case 'Succeed':
      return sometimes(isType, language === 'JSONata' ? { Output: jsonataValue } : selection);
    default:
      return fc.oneof(
        sometimes(isType, { Error: fc.constantFrom('Custom.Error', ''), Cause: fc.constant('on purpose') }),
        sometimes(
          isType,
          language === 'JSONata' ? { Error: jsonataExpression, Cause: jsonataExpression } : { CausePath: jsonPath },
        ),
      );
  }
}

const delays: Readonly<Record<QueryLanguage, readonly (readonly [string, fc.Arbitrary<unknown>])[]>> = {
  JSONata: [
    ['Seconds', fc.oneof(fc.nat(100), fc.constant('{% 3 %}'), jsonataExpression)],
    ['Timestamp', fc.constantFrom('2026-01-01T00:00:30Z', '{% $now() %}', '{% $states.input.t %}')],
  ],
  JSONPath: [
    ['Seconds', fc.constantFrom(0, 7, 99_999_999)],
    ['SecondsPath', fc.constantFrom('$$.Execution.Input.n', '$.missing', '$$.Map.Item.Index')],
    ['Timestamp', fc.constant('2026-01-01T00:00:30Z')],
    ['TimestampPath', fc.constantFrom('$$.Execution.Input.t', '$.a')],
  ],
};

/** What {@link madeUpResources} can do, by the name of the function. */
export const functionName = fc.constantFrom('echo', 'echo', 'echo', 'raise', 'slow', 'big', 'unnamed', 'nested');

function task(language: QueryLanguage): fc.Arbitrary<JsonObject> {
  const seconds = fc.integer({ min: 1, max: 30 });
  const times =
    language === 'JSONata'
      ? { TimeoutSeconds: fc.oneof(seconds, jsonataExpression), HeartbeatSeconds: seconds }
      : { TimeoutSeconds: seconds, HeartbeatSecondsPath: fc.constant('$$.Execution.Input.n') };
  const payload = language === 'JSONata' ? jsonataValue : payloadTemplate;
  const request = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const invoke = fc.record<JsonObject>(
    { FunctionName: functionName, Payload: payload },
    { requiredKeys: ['FunctionName'] },
  );
  const fields = { ...working[language], ...times, Retry: retry };
  return fc.oneof(
    sometimes(
      { Type: fc.constant('Task'), Resource: fc.constant('arn:aws:states:::lambda:invoke'), [request]: invoke },
      fields,
    ),
    sometimes({ Type: fc.constant('Task'), Resource: worker }, { ...fields, [request]: payload }),
    serviceCall.chain(({ resource, required }) =>
      sometimes(
        {
          Type: fc.constant('Task'),
          Resource: fc.constant(resource),
          [request]: payload.map((given) => (isJsonObject(given) ? { ...given, ...required } : given)),
        },
        fields,
      ),
    ),
  );
}

const worker = fc.oneof(
  functionName.map((name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`),
  fc.constant('arn:aws:states:us-east-1:123456789012:activity:work'),
);

/** Calls of services, with the arguments without which the service refuses the definition. */
const serviceCall = fc.constantFrom<{ resource: string; required: JsonObject }>(
  { resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', required: { QueueUrl: 'q', MessageBody: 'b' } },
  { resource: 'arn:aws:states:::states:startExecution.sync:2', required: { StateMachineArn: 'm' } },
  { resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', required: {} },
);

function choices(language: QueryLanguage): fc.Arbitrary<Exit[]> {
  const condition =
    language === 'JSONata'
      ? { Condition: fc.oneof(jsonataExpression, fc.boolean()) }
      : { Variable: jsonPath, ...{ IsPresent: fc.boolean() } };
  const rule = sometimes(condition, exitFields[language]).map(
    // choice rules have no ResultPath
    ({ ResultPath: _, ...fields }): JsonObject => fields,
  );
  const comparison = fc
    .tuple(jsonPath, fc.constantFrom<[string, string | number]>(['NumericLessThan', 2], ['StringMatches', 't*']))
    .map(([path, [name, value]]): JsonObject => ({ Or: [{ Not: { Variable: path, [name]: value } }] }));
  const rules = language === 'JSONata' ? rule : fc.oneof(rule, comparison);
  return fc.array(exit(rules), { minLength: 1, maxLength: 3 });
}

function mapFields(language: QueryLanguage, isDistributed: boolean): fc.Arbitrary<JsonObject> {
  const selector = language === 'JSONata' ? jsonataValue : payloadTemplate;
  const items =
    language === 'JSONata'
      ? {
          Items: fc.oneof(
            fc.constant('{% [1..3] %}'),
            fc.constant('{% $states.context.Execution.Input.items %}'),
            fc.array(json),
          ),
        }
      : { ItemsPath: fc.constantFrom('$$.Execution.Input.items', '$$.Execution.Input.items', '$.items', '$') };
  const inline = { MaxConcurrency: fc.nat(3), ItemSelector: selector, Retry: retry };
  const distributed = {
    ToleratedFailureCount: fc.nat(2),
    ToleratedFailurePercentage: fc.constantFrom(0, 50, 100),
    ItemBatcher: fc.record<JsonObject>({ MaxItemsPerBatch: fc.integer({ min: 1, max: 3 }) }),
    Label: fc.constant('Items'),
  };
  return sometimes(
    { Type: fc.constant('Map'), ...items },
    { ...working[language], ...inline, ...(isDistributed && distributed) },
  );
}

function withLanguage(language: QueryLanguage, own: QueryLanguage, plan: fc.Arbitrary<StatePlan>) {
  if (language === own) return plan;
  return plan.map((state) => ({ ...state, fields: { ...state.fields, QueryLanguage: own } }));
}

function nested(machineLanguage: QueryLanguage, own: QueryLanguage, depth: number): fc.Arbitrary<StatePlan>[] {
  if (depth >= maxDepth) return [];
  const inner = graph(machineLanguage, depth + 1);
  const parallelFields = own === 'JSONata' ? { Arguments: jsonataValue } : { Parameters: payloadTemplate };
  const recovery = (fields: fc.Arbitrary<JsonObject>) => ({
    hint,
    fields,
    catches: fc.oneof(fc.constant([]), catches(own)),
  });
  const map = (config: JsonObject) =>
    fc.record({
      ...recovery(mapFields(own, config.Mode === 'DISTRIBUTED')),
      processor: inner.map((plan) => ({ config, graph: plan })),
    });
  return [
    fc.record({
      ...recovery(sometimes({ Type: fc.constant('Parallel') }, { ...working[own], ...parallelFields, Retry: retry })),
      branches: fc.array(inner, { minLength: 1, maxLength: 2 }),
    }),
    map({ Mode: 'INLINE' }),
    map({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }),
  ];
}

function anyState(machineLanguage: QueryLanguage, own: QueryLanguage, depth: number): fc.Arbitrary<StatePlan> {
  const plain = (type: string) => fc.record({ hint, fields: simple(type, own) });
  const choice = fc.record({
    hint,
    fields: sometimes({ Type: fc.constant('Choice') }, passing[own]),
    choices: choices(own),
    hasDefault: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
  });
  const working = fc.record({ hint, fields: task(own), catches: fc.oneof(fc.constant([]), catches(own)) });
  const plan = fc.oneof(plain('Pass'), plain('Wait'), choice, working, working, ...nested(machineLanguage, own, depth));
  return withLanguage(machineLanguage, own, plan);
}

/** A machine that begins in JSONPath may have states in JSONata, but not the other way round. */
const languagesWithin = { JSONPath: ['JSONPath', 'JSONata'], JSONata: ['JSONata'] } as const;

const graphs = new Map<string, fc.Arbitrary<GraphPlan>>();

function graph(language: QueryLanguage, depth: number): fc.Arbitrary<GraphPlan> {
  const key = `${language} ${depth}`;
  const known = graphs.get(key);
  if (known) return known;
  const any = fc.oneof(...languagesWithin[language].map((own) => anyState(language, own, depth)));
  const last = fc.record({
    hint,
    fields: fc.oneof(
      { weight: 5, arbitrary: simple('Pass', language) },
      { weight: 4, arbitrary: simple('Succeed', language) },
      simple('Fail', language),
    ),
  });
  const made = fc
    .tuple(fc.array(any, { maxLength: depth === 0 ? 4 : 2 }), last)
    .map(([before, end]) => ({ states: [...before, end] }));
  graphs.set(key, made);
  return made;
}

/** Machines of all types of states in both query languages, and an input for each. */
export const machinePlan: fc.Arbitrary<MachinePlan> = fc
  .constantFrom<QueryLanguage>('JSONPath', 'JSONata')
  .chain((language) =>
    fc.record({
      language: fc.constant(language),
      fields: sometimes({}, { TimeoutSeconds: fc.integer({ min: 1, max: 1_000 }), Comment: fc.string() }),
      graph: graph(language, 0),
    }),
  );
