import type { Json, JsonObject } from '../../lib/json.ts';
import type { Exit } from './exits.ts';
import type { GraphPlan, MachinePlan, StatePlan } from './machine-plan.ts';

/** The definition that a plan stands for: every state has a name of its own and can be reached, every target exists. */
export function writeMachine({ language, fields, graph }: MachinePlan): JsonObject {
  let count = 0;
  const newName = (state: StatePlan): string => {
    count += 1;
    return state.hint === '__proto__' && count === 1 ? state.hint : `${state.hint} ${count}`;
  };
  const header: JsonObject = language === 'JSONata' ? { QueryLanguage: language } : {};
  return { ...header, ...fields, ...writeGraph(graph, { newName, mayLoop: true }) };
}

interface Surroundings {
  readonly newName: (state: StatePlan) => string;
  /** Not inside a distributed Map: each of its child executions would loop for 25,000 events. */
  readonly mayLoop: boolean;
}

function writeGraph({ states }: GraphPlan, around: Surroundings): JsonObject {
  const names = states.map(around.newName);
  const written = states.map((state, index) => [names[index] ?? '', writeState(state, { names, index, around })]);
  return { StartAt: names[0] ?? '', States: Object.fromEntries(written) };
}

interface Place {
  readonly names: readonly string[];
  readonly index: number;
  readonly around: Surroundings;
}

function writeState(state: StatePlan, place: Place): JsonObject {
  const { names, index, around } = place;
  const next = names[index + 1];
  const { choices, catches = [], branches, processor } = state;
  const written: Record<string, Json> = { ...state.fields };
  // labels are unique, as names are, which end in a number
  if (written.Label !== undefined) written.Label = `Items-${names[index]?.split(' ').at(-1)}`;
  if (choices) {
    written.Choices = choices.map((rule, at) =>
      // without a default the first rule leads on, so that every state can be reached
      at === 0 && !state.hasDefault ? { ...rule.fields, Next: next ?? '' } : writeExit(rule, place),
    );
    if (state.hasDefault) written.Default = next ?? '';
  } else if (next !== undefined) {
    written.Next = next;
  } else if (state.fields.Type === 'Pass') {
    written.End = true;
  }
  if (catches.length > 0) written.Catch = catches.map((entry) => writeExit(entry, place));
  if (branches) written.Branches = branches.map((branch) => writeGraph(branch, around));
  if (processor) {
    const mayLoop = around.mayLoop && processor.config.Mode === 'INLINE';
    const inner = writeGraph(processor.graph, { ...around, mayLoop });
    written.ItemProcessor = { ProcessorConfig: processor.config, ...inner };
  }
  return written;
}

function writeExit({ fields, to, isBackward }: Exit, { names, index, around }: Place): JsonObject {
  const targets = isBackward && around.mayLoop ? names.slice(0, index + 1) : names.slice(index + 1);
  return { ...fields, Next: targets[to % targets.length] ?? '' };
}
