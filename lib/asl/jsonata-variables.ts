import { childrenOf, type JsonataNode, nodesIn, parseJsonataTree } from './jsonata-tree.ts';

/** Names that mean something else than an assigned variable: the document, the context and `$states`. */
const reserved = new Set(['', '$', 'states']);

/**
 * The variables of a state machine that a JSONata expression refers to, without `$`, in the order they appear.
 *
 * Functions, the parameters of its own functions and what it binds itself with `:=` are not among them.
 */
export function variablesOf(source: string): string[] {
  const parsed = parseJsonataTree(source);
  return 'problem' in parsed ? [] : find(parsed.tree, new Set());
}

function find(node: JsonataNode, bound: ReadonlySet<string>): string[] {
  switch (node.type) {
    case 'variable': {
      const name = String(node.value);
      const isOwn = !reserved.has(name) && !bound.has(name) && !functionNames.has(name);
      return [...(isOwn ? [name] : []), ...inParts(node, bound)];
    }
    case 'bind':
      return nodesIn(node.rhs).flatMap((value) => find(value, bound));
    case 'block':
      return inBlock(nodesIn(node.expressions), bound);
    case 'lambda': {
      const parameters = nodesIn(node.arguments).map((parameter) => String(parameter.value));
      return nodesIn(node.body).flatMap((body) => find(body, new Set([...bound, ...parameters])));
    }
    default:
      return inParts(node, bound);
  }
}

function inParts(node: JsonataNode, bound: ReadonlySet<string>): string[] {
  return childrenOf(node).flatMap((child) => find(child, bound));
}

/** What is bound in a block is known to the expressions after it. */
function inBlock(expressions: readonly JsonataNode[], outer: ReadonlySet<string>): string[] {
  const bound = new Set(outer);
  return expressions.flatMap((expression) => {
    const [target] = expression.type === 'bind' ? nodesIn(expression.lhs) : [];
    // bound before its value is looked at, so that a function may call itself
    if (target) bound.add(String(target.value));
    return find(expression, bound);
  });
}

/**
 * JSONata's own functions and those the service adds; they may be handed on like values.
 *
 * @see https://docs.jsonata.org/string-functions and the pages beside it
 */
const functionNames = new Set(
  (
    'string substring substringBefore substringAfter lowercase uppercase length trim pad contains split join match ' +
    'replace eval base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl number abs floor ' +
    'ceil round power sqrt random formatNumber formatBase formatInteger parseInteger sum max min average boolean not ' +
    'exists count append sort reverse shuffle distinct zip keys lookup spread merge sift each error assert type now ' +
    'millis fromMillis toMillis map filter single reduce clone partition range hash uuid parse'
  ).split(' '),
);
