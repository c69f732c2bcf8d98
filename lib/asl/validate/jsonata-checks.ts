import { isJsonObject, type Json } from '../../json.ts';
import { isJsonata } from '../jsonata.ts';
import { type JsonataNode, nodesIn, parseJsonataTree } from '../jsonata-tree.ts';
import { type Check, element, member, type Place, report } from './place.ts';

/** Reports every JSONata expression in the value that the service would not accept. */
export const expressions: Check<Json> = (value, place) => {
  if (typeof value === 'string') {
    checkText(value, place);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) expressions(item, element(place, index));
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) expressions(item, member(place, name));
  }
};

function checkText(text: string, place: Place): void {
  if (isJsonata(text)) checkExpression(text.slice(2, -2).trim(), place);
  else if (text.startsWith('{%')) report(place, 'JSONata string must start with {% and end with %}');
}

function checkExpression(source: string, place: Place): void {
  const parsed = parseJsonataTree(source);
  if ('problem' in parsed) {
    report(place, parsed.problem, 'INVALID_JSONATA_EXPRESSION');
    return;
  }
  for (const name of new Set(topLevelNames(parsed.tree))) {
    const message = `Reference to '${name}' at the top level is not supported.`;
    report(place, message, 'UNSUPPORTED_JSONATA_EXPRESSION');
  }
}

/**
 * Names that an expression looks up in the document it is applied to. The service applies expressions to none, so such
 * a name can only be a mistake; inside a path, a predicate or a function's body the names mean something else.
 */
function topLevelNames(node: JsonataNode): string[] {
  if (node.type === 'path') {
    const [first] = node.steps as JsonataNode[]; // a path has steps
    if (first?.type === 'name') return [String(first.value)];
    return first ? topLevelNames(first) : [];
  }
  if (node.type === 'name') return [String(node.value)];
  return partsOf(node).flatMap(topLevelNames);
}

/** The parts of a node that see the same document as the node itself. */
function partsOf(node: JsonataNode): JsonataNode[] {
  const outer = ['lambda', 'transform', 'regex', 'sort'].includes(node.type ?? '');
  if (outer) return [];
  const fields = ['lhs', 'rhs', 'expression', 'expressions', 'arguments', 'condition', 'then', 'else'];
  return fields.flatMap((field) => nodesIn(node[field]));
}
