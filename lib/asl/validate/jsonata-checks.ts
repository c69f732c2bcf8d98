import { isJsonObject, type Json } from '../../json.ts';
import { isJsonata } from '../jsonata.ts';
import { type JsonataNode, nodesIn, parseJsonataTree } from '../jsonata-tree.ts';
import { element, member, type Place, report } from './place.ts';

/** Fields of `$states` that only some expressions see, and so are missing from the others. */
export type StatesField = 'result' | 'errorOutput';

/** Reports every JSONata expression in the value that the service would not accept. */
export function checkExpressions(value: Json, place: Place, available: readonly StatesField[]): void {
  if (typeof value === 'string') {
    checkText(value, place, available);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkExpressions(item, element(place, index), available);
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) checkExpressions(item, member(place, name), available);
  }
}

function checkText(text: string, place: Place, available: readonly StatesField[]): void {
  if (isJsonata(text)) checkExpression(text.slice(2, -2).trim(), place, available);
  else if (text.startsWith('{%')) report(place, 'JSONata string must start with {% and end with %}');
}

function checkExpression(source: string, place: Place, available: readonly StatesField[]): void {
  const parsed = parseJsonataTree(source);
  if ('problem' in parsed) {
    report(place, parsed.problem, 'INVALID_JSONATA_EXPRESSION');
    return;
  }
  for (const problem of new Set(problemsIn(parsed.tree, available))) {
    report(place, problem, 'UNSUPPORTED_JSONATA_EXPRESSION');
  }
}

/**
 * What an expression looks up in the document it is applied to. The service applies expressions to none, so that can
 * only be a mistake; behind the first step of a path, and in a predicate, names and `$` mean something else.
 */
function problemsIn(node: JsonataNode, available: readonly StatesField[]): string[] {
  switch (node.type) {
    case 'path':
      return problemsInPath(node.steps as JsonataNode[], available); // a path has steps
    case 'name':
      return [notAtTopLevel(String(node.value))];
    case 'variable':
      if (node.value === '') return [notAtTopLevel('$')];
      return node.value === '$' ? ["Reference to '$$' is not supported."] : [];
    default:
      return partsOf(node).flatMap((part) => problemsIn(part, available));
  }
}

function problemsInPath(steps: readonly JsonataNode[], available: readonly StatesField[]): string[] {
  const [first, second] = steps;
  if (!first) return [];
  const isStates = first.type === 'variable' && first.value === 'states' && second?.type === 'name';
  const missing = isStates && statesFields.find((field) => field === second.value && !available.includes(field));
  return missing ? [`Field '$states.${missing}' does not exist.`] : problemsIn(first, available);
}

const statesFields: readonly StatesField[] = ['result', 'errorOutput'];

function notAtTopLevel(name: string): string {
  return `Reference to '${name}' at the top level is not supported.`;
}

const partFields = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'procedure',
  'arguments',
  'body',
  'condition',
  'then',
  'else',
];

/** The parts of a node that see the same document as the node itself; a function's body does. */
function partsOf(node: JsonataNode): JsonataNode[] {
  if (node.type === 'transform' || node.type === 'sort' || node.type === 'regex') return [];
  return partFields.flatMap((field) => nodesIn(node[field]));
}
