import type { Json, JsonObject } from '../../json.ts';
import { checkVariables } from './check-variables.ts';
import { referencePath } from './path-checks.ts';
import { element, member, type Place, report } from './place.ts';
import { comparisonFields } from './state-fields.ts';
import {
  anything,
  checkFields,
  checkRequired,
  type FieldChecks,
  flag,
  isArrayAt,
  isObjectAt,
  nonEmptyArrayOf,
  text,
} from './value-checks.ts';

/** Checks `Choices`: every rule leads somewhere and holds one condition in the state's language. */
export function checkChoices(choices: Json, place: Place): void {
  if (!isArrayAt(choices, place)) return;
  if (choices.length === 0) report(place, 'Value cannot be empty');
  for (const [index, choice] of choices.entries()) checkChoice(choice, element(place, index));
}

function checkChoice(choice: Json, place: Place): void {
  if (!isObjectAt(choice, place)) return;
  checkRequired(choice, place, ['Next']);
  if (choice.Assign !== undefined) checkVariables(choice.Assign, member(place, 'Assign'));
  checkRule(choice, place, { Next: text, Assign: anything, Output: anything });
}

const conditions = ['And', 'Or', 'Not', 'Variable', 'Condition'];
const combinations: FieldChecks = { And: anything, Or: anything, Not: anything };

/** @param alsoAllowed what rules at the top hold besides a condition; rules inside others hold nothing else */
function checkRule(rule: JsonObject, place: Place, alsoAllowed: FieldChecks): void {
  const always: FieldChecks = { Comment: text, ...alsoAllowed };
  if (!isInLanguage(rule, place)) return;
  if (place.language === 'JSONata') {
    checkFields(rule, place, { ...always, Condition: anything });
    checkRequired(rule, place, ['Condition']);
  } else {
    checkFields(rule, place, { ...always, ...combinations, Variable: referencePath, ...comparisonChecks });
    checkCondition(rule, place);
  }
}

function checkCondition(rule: JsonObject, place: Place): void {
  if (conditions.filter((name) => rule[name] !== undefined).length !== 1) {
    report(place, `The object must have only one of the following fields, [${conditions.join(', ')}]`);
  } else if (rule.Variable !== undefined) {
    checkComparison(rule, place);
  } else {
    checkParts(rule, place);
  }
}

function isInLanguage(rule: JsonObject, place: Place): boolean {
  const [foreign, other] = place.language === 'JSONata' ? ['Variable', 'JSONPath'] : ['Condition', 'JSONata'];
  if (rule[foreign] === undefined) return true;
  const problem = `The QueryLanguage is set to '${place.language}', but field '${foreign}' is only supported for the '${other}' QueryLanguage`;
  report(place, problem);
  return false;
}

function checkComparison(rule: JsonObject, place: Place): void {
  const found = Object.keys(rule).filter((name) => comparisonFields.has(name));
  if (found.length > 1) report(place, `There should only be one of the following fields: [${found.join(', ')}]`);
  if (found.length === 0) {
    report(place, `This object should have only one of the following fields: [${[...comparisonFields].join(', ')}]`);
  }
}

function checkParts(rule: JsonObject, place: Place): void {
  if (rule.Not !== undefined) checkPart(rule.Not, member(place, 'Not'));
  for (const name of ['And', 'Or']) {
    const parts = rule[name];
    const at = member(place, name);
    if (parts === undefined) continue;
    checkPartsIn(parts, at);
  }
}

const checkPartsIn = nonEmptyArrayOf(checkPart);

function checkPart(part: Json, place: Place): void {
  if (isObjectAt(part, place)) checkRule(part, place, {});
}

const comparisonChecks: FieldChecks = Object.fromEntries(
  [...comparisonFields].map((name) => [name, checkOfComparison(name)]),
);

function checkOfComparison(name: string): FieldChecks[string] {
  if (name.endsWith('Path')) return referencePath;
  if (name.startsWith('Is') || name.startsWith('Boolean')) return flag;
  if (name.startsWith('Numeric')) {
    return (value, place) => {
      if (typeof value !== 'number') report(place, 'Expected value of type Number');
    };
  }
  return text;
}
