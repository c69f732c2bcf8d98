import type { Json, JsonObject } from '../../json.ts';
import { checkState, stateLanguage } from './check-state.ts';
import { element, member, type Place, report } from './place.ts';
import {
  anything,
  checkFields,
  checkRequired,
  type FieldChecks,
  integer,
  isArrayAt,
  isObjectAt,
  oneOf,
  text,
} from './value-checks.ts';

const machineFields: FieldChecks = {
  Comment: text,
  QueryLanguage: oneOf('JSONPath', 'JSONata'),
  StartAt: text,
  TimeoutSeconds: integer(0, 99_999_999),
  Version: oneOf('1.0'),
  States: anything,
};

const branchFields: FieldChecks = { Comment: text, StartAt: text, States: anything };

/** Checks a whole definition but for its transitions. */
export function checkMachine(definition: JsonObject, place: Place): void {
  const machine: Place = { ...place, language: stateLanguage(definition, 'JSONPath') };
  checkFields(definition, place, machineFields);
  if (checkRequired(definition, place, ['States', 'StartAt'])) checkStates(definition, machine);
}

/** Checks a branch of a Parallel state. */
export function checkBranch(branch: Json, place: Place): void {
  if (!isObjectAt(branch, place)) return;
  checkFields(branch, place, branchFields);
  if (checkRequired(branch, place, ['States', 'StartAt'])) checkStates(branch, place);
}

/** The item processor of a Map state is a branch that also says how it runs. */
export function checkProcessor(processor: Json, place: Place): void {
  if (!isObjectAt(processor, place)) return;
  const { ProcessorConfig: config, ...branch } = processor;
  if (config !== undefined) checkProcessorConfig(config, member(place, 'ProcessorConfig'));
  checkBranch(branch, place);
}

function checkProcessorConfig(config: Json, place: Place): void {
  if (!isObjectAt(config, place)) return;
  const isDistributed = config.Mode === 'DISTRIBUTED';
  const inline: FieldChecks = { Mode: oneOf('INLINE', 'DISTRIBUTED') };
  checkFields(config, place, isDistributed ? { ...inline, ExecutionType: oneOf('STANDARD', 'EXPRESS') } : inline);
  if (isDistributed) checkRequired(config, place, ['ExecutionType']);
  if (isDistributed && place.machineType === 'EXPRESS') {
    const problem = "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines";
    report(member(place, 'Mode'), problem);
  }
}

function checkStates(graph: JsonObject, place: Place): void {
  const states = member(place, 'States');
  if (!isObjectAt(graph.States, states)) return;
  if (Object.keys(graph.States).length === 0) report(states, 'Value cannot be empty');
  for (const [name, state] of Object.entries(graph.States)) checkNamedState(name, state, member(states, name));
}

function checkNamedState(name: string, state: Json, place: Place): void {
  if (name.length > 80) {
    const problem = `State name '${name}' exceeds the 80-character limit allowed by the service`;
    report(place, problem, 'INVALID_STATE_NAME');
  }
  if (!isObjectAt(state, place)) return;
  checkState(state, place);
  checkNested(state, place);
}

/** What is nested in a state is written in the machine's language unless it says otherwise, whatever its state says. */
function checkNested(state: JsonObject, place: Place): void {
  if (state.Type === 'Parallel' && state.Branches !== undefined) {
    checkBranches(state.Branches, member(place, 'Branches'));
  }
  if (state.Type !== 'Map') return;
  for (const name of ['ItemProcessor', 'Iterator']) {
    if (state[name] !== undefined) checkProcessor(state[name], member(place, name));
  }
}

function checkBranches(branches: Json, place: Place): void {
  if (!isArrayAt(branches, place)) return;
  if (branches.length === 0) report(place, 'Value cannot be empty');
  for (const [index, branch] of branches.entries()) checkBranch(branch, element(place, index));
}
