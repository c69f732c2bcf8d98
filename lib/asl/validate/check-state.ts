import type { JsonObject } from '../../json.ts';
import type { QueryLanguage } from '../types.ts';
import { checkChoices } from './check-choices.ts';
import { checkMap } from './check-map.ts';
import { checkCatch, checkRetry } from './check-recovery.ts';
import { checkTask } from './check-task.ts';
import { checkVariables } from './check-variables.ts';
import { member, type Place, report } from './place.ts';
import { checkStateExpressions } from './state-expressions.ts';
import { jsonataFields, jsonPathFields, stateFields } from './state-fields.ts';
import { checkExclusive, checkFields, checkRequired, type FieldChecks } from './value-checks.ts';

/** The order in which the service lists the types. */
const types = ['Task', 'Wait', 'Pass', 'Succeed', 'Fail', 'Choice', 'Parallel', 'Map'];

/** Members that a state of a type must have. */
const requiredFields: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};

/** Members of which a state may have one only; `true` where it must have one. */
const exclusiveFields: readonly (readonly [readonly string[], (type: string) => boolean])[] = [
  [['Next', 'End'], (type) => !['Choice', 'Succeed', 'Fail'].includes(type)],
  [['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'], (type) => type === 'Wait'],
  [['ItemProcessor', 'Iterator'], (type) => type === 'Map'],
  ...[
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'MaxConcurrency',
    'ToleratedFailurePercentage',
    'ToleratedFailureCount',
    'Error',
    'Cause',
  ].map((name) => [[name, `${name}Path`], () => false] as const),
];

/**
 * The language something is written in: what it says itself, else what surrounds it says. Like the service, anything
 * said that is not exactly `JSONPath` counts as JSONata, and is reported besides.
 */
export function stateLanguage(fields: JsonObject, inherited: QueryLanguage): QueryLanguage {
  if (fields.QueryLanguage === undefined) return inherited;
  return fields.QueryLanguage === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

/** Checks one state, without the states nested in it. */
export function checkState(state: JsonObject, outer: Place): void {
  const place: Place = { ...outer, language: stateLanguage(state, outer.language) };
  if (!checkRequired(state, place, ['Type'])) return;
  const type = typeof state.Type === 'string' ? state.Type : '';
  const fields = Object.hasOwn(stateFields, type) ? stateFields[type] : undefined;
  if (fields) checkStateOf(type, state, { place, fields, machineLanguage: outer.language });
  else report(member(place, 'Type'), `The field 'Type' should have one of these values: [${types.join(', ')}]`);
}

interface StateCheck {
  readonly place: Place;
  readonly fields: FieldChecks;
  readonly machineLanguage: QueryLanguage;
}

function checkStateOf(type: string, state: JsonObject, { place, fields, machineLanguage }: StateCheck): void {
  checkLanguage(state, place, machineLanguage);
  checkFields(state, place, fields);
  checkRequired(state, place, requiredFields[type] ?? []);
  for (const [names, isRequired] of exclusiveFields) {
    if (names.some((name) => Object.hasOwn(fields, name))) {
      checkExclusive(withoutFalseEnd(state), place, { names, isRequired: isRequired(type) });
    }
  }
  checkParts(state, place, type);
}

function checkParts(state: JsonObject, place: Place, type: string): void {
  if (type === 'Task') checkTask(state, place);
  if (type === 'Map') checkMap(state, place);
  if (state.Choices !== undefined && type === 'Choice') checkChoices(state.Choices, member(place, 'Choices'));
  if (Object.hasOwn(stateFields[type] ?? {}, 'Retry')) {
    if (state.Retry !== undefined) checkRetry(state.Retry, member(place, 'Retry'));
    if (state.Catch !== undefined) checkCatch(state.Catch, member(place, 'Catch'));
  }
  if (state.Assign !== undefined) checkVariables(state.Assign, member(place, 'Assign'));
  if (place.language === 'JSONata') checkStateExpressions(state, place);
}

/** `End: false` says as little as no `End`. */
function withoutFalseEnd(state: JsonObject): JsonObject {
  if (state.End !== false) return state;
  const { End: _, ...rest } = state;
  return rest;
}

/** A state may go from JSONPath to JSONata, never back; and its fields must be those of its language. */
function checkLanguage(state: JsonObject, place: Place, machineLanguage: QueryLanguage): void {
  if (machineLanguage === 'JSONata' && place.language === 'JSONPath') {
    report(place, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine");
    return;
  }
  const other = place.language === 'JSONata' ? 'JSONPath' : 'JSONata';
  const foreign = other === 'JSONPath' ? jsonPathFields : jsonataFields;
  for (const name of Object.keys(state).filter((key) => foreign.has(key))) {
    const problem = `The QueryLanguage is set to '${place.language}', but field '${name}' is only supported for the '${other}' QueryLanguage`;
    report(place, problem);
  }
}
