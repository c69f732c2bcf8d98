import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Diagnostic } from './diagnostic.ts';

/**
 * Checks where the states of a well-formed definition lead: every target exists, every state can be reached, a state
 * name and a label is used once, and the machine can come to an end.
 */
export function checkTransitions(definition: JsonObject): Diagnostic[] {
  const graphs = graphsOf(definition, '');
  const findings = [...duplicateNames(graphs), ...duplicateLabels(graphs)];
  for (const graph of graphs) {
    findings.push(...missingTargets(graph));
    const isEndless = graph.location === '' && !graph.states.some(isTerminal);
    // the service does not look for unreachable states in a machine that never ends
    if (isEndless)
      findings.push({ severity: 'ERROR', code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' });
    else findings.push(...unreachableStates(graph));
  }
  return findings;
}

interface NamedState {
  readonly name: string;
  readonly location: string;
  readonly definition: JsonObject;
  readonly targets: readonly { readonly name: string; readonly location: string }[];
}

interface Graph {
  readonly location: string;
  readonly startAt: string;
  readonly states: readonly NamedState[];
}

/** The machine itself, then every branch and item processor in it, however deep. */
function graphsOf(graph: JsonObject, location: string): Graph[] {
  const states = Object.entries(isJsonObject(graph.States) ? graph.States : {}).map(([name, state]) =>
    namedState(name, isJsonObject(state) ? state : {}, `${location}/States/${name}`),
  );
  const nested = states.flatMap((state) => nestedGraphs(state));
  return [{ location, startAt: String(graph.StartAt), states }, ...nested];
}

function nestedGraphs({ definition, location }: NamedState): Graph[] {
  const branches = objectsIn(definition.Branches).flatMap((branch, index) =>
    graphsOf(branch, `${location}/Branches[${index}]`),
  );
  const processors = ['ItemProcessor', 'Iterator'].flatMap((name) => {
    const processor = definition[name];
    return isJsonObject(processor) ? graphsOf(processor, `${location}/${name}`) : [];
  });
  return [...branches, ...processors];
}

function namedState(name: string, definition: JsonObject, location: string): NamedState {
  const targets = [
    ...targetIn(definition, 'Next', location),
    ...objectsIn(definition.Choices).flatMap((rule, index) => targetIn(rule, 'Next', `${location}/Choices[${index}]`)),
    ...targetIn(definition, 'Default', location),
    ...objectsIn(definition.Catch).flatMap((entry, index) => targetIn(entry, 'Next', `${location}/Catch[${index}]`)),
  ];
  return { name, definition, location, targets };
}

function targetIn(fields: JsonObject, field: string, location: string): NamedState['targets'] {
  const name = fields[field];
  return typeof name === 'string' ? [{ name, location: `${location}/${field}` }] : [];
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isJsonObject(item)) : [];
}

function isTerminal({ definition }: NamedState): boolean {
  return definition.End === true || definition.Type === 'Succeed' || definition.Type === 'Fail';
}

function missingTargets({ location, startAt, states }: Graph): Diagnostic[] {
  const names = new Set(states.map(({ name }) => name));
  const targets = [{ name: startAt, location: `${location}/StartAt` }, ...states.flatMap((state) => state.targets)];
  return targets
    .filter(({ name }) => !names.has(name))
    .map((target) => transitionProblem(`Missing 'Next' target: ${target.name}`, target.location));
}

function unreachableStates({ startAt, states }: Graph): Diagnostic[] {
  const byName = new Map(states.map((state) => [state.name, state]));
  const reached = new Set<string>();
  const waiting = [startAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const target of byName.get(name)?.targets ?? []) waiting.push(target.name);
  }
  return states
    .filter(({ name }) => !reached.has(name))
    .map(({ name, location }) => transitionProblem(`State "${name}" is not reachable.`, location));
}

function duplicateNames(graphs: readonly Graph[]): Diagnostic[] {
  const seen = new Set<string>();
  return graphs
    .flatMap((graph) => graph.states)
    .filter(({ name }) => seen.has(name) || !seen.add(name))
    .map(({ name, location }) => ({
      severity: 'ERROR',
      code: 'DUPLICATE_STATE_NAME',
      message: `Duplicate State name: ${name}`,
      location,
    }));
}

/** Executions of a Map's items are named after its label. */
function duplicateLabels(graphs: readonly Graph[]): Diagnostic[] {
  const seen = new Set<Json>();
  return graphs
    .flatMap((graph) => graph.states)
    .filter(({ definition: { Label: label } }) => label !== undefined && (seen.has(label) || !seen.add(label)))
    .map(({ definition, location }) => ({
      severity: 'ERROR',
      code: 'DUPLICATE_LABEL_NAME',
      message: `Duplicate Label name: ${String(definition.Label)}`,
      location,
    }));
}

function transitionProblem(message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message, location };
}
