import fc from 'fast-check';
import type { QueryLanguage } from '../../lib/asl/types.ts';
import type { JsonObject } from '../../lib/json.ts';
import { jsonataExpression, jsonPath } from './expressions.ts';
import { exitFields, sometimes } from './members.ts';

/** A way out of a state to one of the states behind it, or rarely one before it. */
export interface Exit {
  readonly fields: JsonObject;
  readonly to: number;
  readonly isBackward: boolean;
}

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

/** `Retry` of a state. */
export const retry = fc
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

/** `Catch` of a state, before its targets are known. */
export function catches(language: QueryLanguage): fc.Arbitrary<Exit[]> {
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

/** `Choices` of a state, before their targets are known. */
export function choices(language: QueryLanguage): fc.Arbitrary<Exit[]> {
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
