import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { isIntrinsicCall } from './intrinsics/intrinsic.ts';
import type { IntrinsicCall } from './intrinsics/intrinsic-syntax.ts';
import { parseIntrinsic } from './intrinsics/parse-intrinsic.ts';
import { parsePath } from './json-path/parse-path.ts';
import { isJsonata } from './jsonata.ts';
import { variablesOf } from './jsonata-variables.ts';

/** The variables that each state refers to, sorted; states that refer to none are left out. */
export type VariableReferences = Readonly<Record<string, readonly string[]>>;

/**
 * Lists the variables that the fields of each state refer to, nested states under their own names, as
 * `DescribeStateMachine` reports them.
 *
 * @param definition a definition that was found valid
 */
export function variableReferences(definition: JsonObject): VariableReferences {
  const references: Record<string, readonly string[]> = {};
  collect(definition, definition.QueryLanguage === 'JSONata', references);
  return references;
}

function collect(graph: JsonObject, isMachineJsonata: boolean, references: Record<string, readonly string[]>): void {
  for (const [name, state] of Object.entries(isJsonObject(graph.States) ? graph.States : {})) {
    if (!isJsonObject(state)) continue;
    const isStateJsonata = state.QueryLanguage === undefined ? isMachineJsonata : state.QueryLanguage === 'JSONata';
    const { Branches, ItemProcessor, Iterator, ...fields } = state;
    const found = new Set(isStateJsonata ? inExpressions(fields) : inPaths(fields));
    if (found.size > 0) references[name] = [...found].sort();
    const branches = Array.isArray(Branches) ? Branches : [];
    for (const nested of [...branches, ItemProcessor, Iterator]) {
      if (isJsonObject(nested)) collect(nested, isMachineJsonata, references);
    }
  }
}

/** In JSONPath a variable may be referred to by a `.$` member, a `…Path` field or a choice rule's `Variable`. */
function inPaths(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(inPaths);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => {
    const isDynamic = name.endsWith('.$') || name.endsWith('Path') || name === 'Variable';
    return isDynamic && typeof item === 'string' ? inDynamicText(item) : inPaths(item);
  });
}

function inDynamicText(text: string): string[] {
  return isIntrinsicCall(text) ? inCall(parseIntrinsic(text)) : inPath(text);
}

function inPath(text: string): string[] {
  const { root } = parsePath(text);
  return root.kind === 'variable' ? [root.name] : [];
}

function inCall(call: IntrinsicCall): string[] {
  return call.arguments.flatMap((argument) => {
    if (argument.kind === 'call') return inCall(argument.call);
    return argument.kind === 'path' ? inPath(argument.path) : [];
  });
}

function inExpressions(value: Json): string[] {
  if (typeof value === 'string') return isJsonata(value) ? variablesOf(value.slice(2, -2).trim()) : [];
  if (Array.isArray(value)) return value.flatMap(inExpressions);
  return isJsonObject(value) ? Object.values(value).flatMap(inExpressions) : [];
}
