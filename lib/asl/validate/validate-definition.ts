import { isJsonObject, type Json } from '../../json.ts';
import { checkMachine } from './check-machine.ts';
import { checkTransitions } from './check-transitions.ts';
import type { Diagnostic } from './diagnostic.ts';
import { findJsonProblem } from './json-problem.ts';
import { nestingProblem } from './nesting.ts';
import type { MachineType, Place } from './place.ts';
import { isObjectAt } from './value-checks.ts';

/**
 * Everything the service would find wrong with a definition when a state machine is created from it, in its own words.
 *
 * An empty list means that it would be accepted. Transitions are looked at only when every state is well-formed.
 *
 * @default options.type 'STANDARD'
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
 */
export function validateDefinition(text: string, options: { type?: MachineType } = {}): Diagnostic[] {
  const definition = parse(text);
  if (Array.isArray(definition)) return definition;
  const found = validateStates(definition.value, options);
  return found.length > 0 || !isJsonObject(definition.value) ? found : checkTransitions(definition.value);
}

/** The same, without a look at where the states lead: for a state that is tried out apart from its machine. */
export function validateStates(definition: Json, options: { type?: MachineType } = {}): Diagnostic[] {
  const found: Diagnostic[] = [];
  const place: Place = { location: '', language: 'JSONPath', machineType: options.type ?? 'STANDARD', found };
  if (isObjectAt(definition, place)) checkMachine(definition, place);
  return found;
}

function parse(text: string): { value: Json } | Diagnostic[] {
  if (/^[ \t\r\n]*(null[ \t\r\n]*)?$/.test(text)) {
    return [{ severity: 'ERROR', code: 'MISSING_DESCRIPTION', message: 'Received a null or empty workflow input.' }];
  }
  const nesting = nestingProblem(text);
  if (nesting) return [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message: nesting }];
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const problem = findJsonProblem(text);
    if (!problem) throw error;
    return [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', ...problem }];
  }
}
