import { UsageError } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { Flow } from './flow.ts';
import { aslPath, type Reference, readReference, referencesIn, taskPath } from './task-path.ts';

/** A flow together with the text of its state machine, as the file holds it. */
export interface FlowDefinition {
  readonly flow: Flow;
  readonly aslText: string;
}

/** Something that would make a flow fail when it is deployed or run, said where it can be mended. */
export interface FlowProblem {
  readonly severity: 'error' | 'warning';
  readonly flowName: string;
  /** Below the project's root. */
  readonly file: string;
  /** The state that it is about, when it is about one. */
  readonly state?: string;
  readonly message: string;
}

/** What a manifest is compared with. */
export interface Project {
  readonly flowNames: readonly string[];
  /** The text of a file below the project's root; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined;
}

/**
 * Compares a manifest with its state machine and its task files: what is declared is used, what is used is there.
 *
 * The state machine's own rules are the linter's (`asl/lint`); text that is no JSON is passed over here.
 */
export function checkFlow(definition: FlowDefinition, project: Project): FlowProblem[] {
  return [...checkReferences(definition, project), ...checkTaskFiles(definition.flow, project)];
}

/** Names of the flows that a flow starts, by the `${…FlowArn}` in its state machine. */
export function flowsStartedBy(definition: FlowDefinition): string[] {
  return referencesIn(definition.aslText)
    .map(tryReadReference)
    .flatMap((reference) =>
      reference && 'kind' in reference && reference.kind === 'flow' ? [reference.flowName] : [],
    );
}

function checkReferences(definition: FlowDefinition, project: Project): FlowProblem[] {
  const { flow, aslText } = definition;
  const file = aslPath(flow);
  const problems: FlowProblem[] = [];
  const used = new Set(flow.onFailure === undefined ? [] : [flow.onFailure]);
  for (const name of referencesIn(aslText)) {
    const reference = tryReadReference(name);
    if (!('message' in reference) && reference.kind === 'task') used.add(reference.taskName);
    const message = problemOf(reference, flow, project);
    if (message) problems.push({ severity: 'error', flowName: flow.name, file, ...statesWith(name, aslText), message });
  }
  for (const taskName of Object.keys(flow.tasks)) {
    if (used.has(taskName)) continue;
    const message = `task '${taskName}' is declared, but no state calls \${${taskName}Arn}; remove it or use it`;
    problems.push({ severity: 'error', flowName: flow.name, file: manifestPath(flow), message });
  }
  return problems;
}

function problemOf(reference: Reference | UsageError, flow: Flow, project: Project): string | undefined {
  if (reference instanceof UsageError) return reference.message;
  if (reference.kind === 'task' && !(reference.taskName in flow.tasks)) {
    const declared = Object.keys(flow.tasks).join(', ') || 'none';
    return `\${${reference.taskName}Arn} is no declared task; declared in ${manifestPath(flow)}: ${declared}`;
  }
  if (reference.kind === 'flow' && !project.flowNames.includes(reference.flowName)) {
    return `there is no flow '${reference.flowName}' to start; known flows: ${project.flowNames.join(', ')}`;
  }
  return undefined;
}

function checkTaskFiles(flow: Flow, project: Project): FlowProblem[] {
  return Object.keys(flow.tasks).flatMap((taskName): FlowProblem[] => {
    const { file, exportName } = taskPath(flow, taskName);
    const text = project.readFile(file);
    const missing = [exportName, 'handler'].filter((name) => !exportsName(text ?? '', name));
    if (text !== undefined && missing.length === 0) return [];
    const message =
      text === undefined
        ? `task '${taskName}' has no file; create it with 'export const ${exportName} = defineTask(…)'`
        : `task '${taskName}' needs 'export const ${missing.join("' and 'export const ")}'`;
    return [{ severity: 'error', flowName: flow.name, file, message }];
  });
}

function exportsName(text: string, name: string): boolean {
  return new RegExp(`^export (const|(async )?function) ${name}\\b`, 'm').test(text);
}

function tryReadReference(name: string): Reference | UsageError {
  try {
    return readReference(name);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** The first state, outermost first, whose own fields hold `${name}`. */
function statesWith(name: string, aslText: string): { state?: string } {
  let definition: Json;
  try {
    definition = JSON.parse(aslText);
  } catch {
    // the linter reports text that is no JSON, with its position
    return {};
  }
  const state = innermostState(definition, `\${${name}}`);
  return state === undefined ? {} : { state };
}

function innermostState(value: Json, text: string, enclosing?: string): string | undefined {
  if (typeof value === 'string') return value.includes(text) ? enclosing : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found =
      key === 'States' && isJsonObject(child)
        ? Object.entries(child)
            .map(([stateName, state]) => innermostState(state, text, stateName))
            .find((stateName) => stateName !== undefined)
        : innermostState(child, text, enclosing);
    if (found !== undefined) return found;
  }
  return undefined;
}

function manifestPath(flow: Flow): string {
  return aslPath(flow).replace(/\.asl\.json$/, '.flow.ts');
}
