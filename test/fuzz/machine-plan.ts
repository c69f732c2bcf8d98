import fc from 'fast-check';
import type { QueryLanguage } from '../../lib/asl/types.ts';
import type { JsonObject } from '../../lib/json.ts';
import { catches, choices, type Exit } from './exits.ts';
import { passing, sometimes } from './members.ts';
import { mapFields, parallelFields, simple, task } from './state-fields.ts';

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

function withLanguage(language: QueryLanguage, own: QueryLanguage, plan: fc.Arbitrary<StatePlan>) {
  if (language === own) return plan;
  return plan.map((state) => ({ ...state, fields: { ...state.fields, QueryLanguage: own } }));
}

function nested(machineLanguage: QueryLanguage, own: QueryLanguage, depth: number): fc.Arbitrary<StatePlan>[] {
  if (depth >= maxDepth) return [];
  const inner = graph(machineLanguage, depth + 1);
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
      ...recovery(parallelFields(own)),
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
