import fc from 'fast-check';
import type { JsonObject } from '../../lib/json.ts';
import { jsonataValue, jsonPath, payloadTemplate } from './expressions.ts';

/** `Assign`, by language. */
const variables = {
  JSONata: fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), jsonataValue, { maxKeys: 2, noNullPrototype: true }),
  JSONPath: fc.dictionary(fc.constantFrom('x.$', 'y.$'), jsonPath, { maxKeys: 2, noNullPrototype: true }),
};

/** Places a result may go to. */
export const resultPath = fc.constantFrom('$', null, '$.a', '$.r.deep', '$.items[1]');
/** What choice rules and catchers do besides leading on. */
export const exitFields = {
  JSONata: { Output: jsonataValue, Assign: variables.JSONata },
  JSONPath: { ResultPath: resultPath, Assign: variables.JSONPath },
};
/** What part of its input a JSONPath state sees and hands on. */
export const selection = { InputPath: fc.option(jsonPath), OutputPath: fc.option(jsonPath) };
/** Fields of every state that hands something on. */
export const passing = {
  JSONata: { Output: jsonataValue, Assign: variables.JSONata },
  JSONPath: { ...selection, Assign: variables.JSONPath },
};
/** Fields of every state that has a result. */
export const working = {
  JSONata: passing.JSONata,
  JSONPath: { ...passing.JSONPath, ResultPath: resultPath, ResultSelector: payloadTemplate },
};

/** Arbitraries of fields by name. */
type Members = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>;

/** An object of which every field may be missing but those in `always`. */
export function sometimes(always: Members, fields: Members): fc.Arbitrary<JsonObject> {
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
