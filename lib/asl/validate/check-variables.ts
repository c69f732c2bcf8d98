import { isJsonObject, type Json } from '../../json.ts';
import { template } from './path-checks.ts';
import { member, type Place, report } from './place.ts';

/** Longest name of a variable. */
const maxNameLength = 80;

/** Checks `Assign`: what the variables are called, and in JSONPath the paths their values come from. */
export function checkVariables(assigned: Json, place: Place): void {
  if (!isJsonObject(assigned)) return;
  for (const field of Object.keys(assigned)) {
    const name = place.language === 'JSONPath' && field.endsWith('.$') ? field.slice(0, -2) : field;
    const problem = problemOf(name);
    if (problem) report(member(place, field), problem.message, problem.code);
  }
  if (place.language === 'JSONPath') template(assigned, place);
}

type NameProblem = { message: string; code: 'RESERVED_VARIABLE_NAME' | 'INVALID_VARIABLE_NAME' };

function problemOf(name: string): NameProblem | undefined {
  if (name === 'states') {
    return { message: "Cannot assign to reserved variable '$states'.", code: 'RESERVED_VARIABLE_NAME' };
  }
  const invalid = (reason: string): NameProblem => ({
    message: `Invalid variable name '${name}': the variable name ${reason}.`,
    code: 'INVALID_VARIABLE_NAME',
  });
  if (name.length > maxNameLength) return invalid(`exceeds ${maxNameLength} characters`);
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name) ? undefined : invalid('contains invalid characters');
}
