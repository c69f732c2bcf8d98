import { parse } from '../../asl/parse.ts';
import type { QueryLanguage, State } from '../../asl/types.ts';
import { invalidDefinitionMessage } from '../../asl/validate/diagnostic.ts';
import { validateStates } from '../../asl/validate/validate-definition.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { TestStateRefused, type TestStateRequest } from './test-state-request.ts';

/** The name the service gives to a state that is sent without a machine around it. */
const namelessState = 'StateName';

/** The state to test, compiled on its own. */
export interface TestedState {
  readonly state: State;
  /** Whether it stands in the item processor of a Map, however deep. */
  readonly isInMap: boolean;
}

/**
 * Compiles the state to test, wherever in its machine it is.
 *
 * @throws {TestStateRefused} the definition is not valid, or has no state of that name
 */
export function findTestedState({ definition, stateName }: TestStateRequest): TestedState {
  const isMachine = definition.States !== undefined || definition.StartAt !== undefined;
  const machine: JsonObject = isMachine
    ? definition
    : { StartAt: namelessState, States: { [namelessState]: definition } };
  const found = validateStates(machine);
  if (found.length > 0) throw new TestStateRefused(invalidDefinitionMessage(found), 'InvalidDefinition');
  const name = isMachine ? stateName : namelessState;
  if (name === undefined) throw new TestStateRefused('stateName is required when the definition is a state machine');
  const place = stateIn(machine, name, false);
  if (!place) throw new TestStateRefused(`State '${name}' is not in the state machine definition`);
  const language = machine.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  return { state: compileAlone(name, place.definition, language), isInMap: place.isInMap };
}

interface StatePlace {
  readonly definition: JsonObject;
  readonly isInMap: boolean;
}

/** A state of that name, nested ones included. */
function stateIn(graph: JsonObject, name: string, isInMap: boolean): StatePlace | undefined {
  if (!isJsonObject(graph.States)) return undefined;
  const definition = Object.hasOwn(graph.States, name) ? graph.States[name] : undefined;
  if (isJsonObject(definition)) return { definition, isInMap };
  for (const state of Object.values(graph.States)) {
    if (!isJsonObject(state)) continue;
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    for (const nested of [...branches, state.ItemProcessor, state.Iterator]) {
      const found = isJsonObject(nested) ? stateIn(nested, name, isInMap || state.Type === 'Map') : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

function compileAlone(name: string, definition: JsonObject, language: QueryLanguage): State {
  const machine = parse(JSON.stringify({ QueryLanguage: language, StartAt: name, States: { [name]: definition } }));
  const state = machine.states.get(name);
  if (!state) throw new Error(`the state '${name}' was lost while it was compiled`);
  return state;
}
