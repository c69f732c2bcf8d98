import jsonata from 'jsonata';

/** A node of a JSONata expression's syntax tree; jsonata's own type leaves most of the fields out. */
export interface JsonataNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly [field: string]: unknown;
}

/** The syntax tree of an expression, or jsonata's sentence why there is none. */
export function parseJsonataTree(source: string): { tree: JsonataNode } | { problem: string } {
  try {
    return { tree: jsonata(source).ast() as unknown as JsonataNode }; // see JsonataNode
  } catch (error) {
    return { problem: (error as { message: string }).message }; // jsonata throws objects with a message, nothing else
  }
}

/** Every node directly below, in whatever field and array it is held. */
export function childrenOf(node: JsonataNode): JsonataNode[] {
  return Object.values(node).flatMap(nodesIn);
}

/** The nodes in the value of one field. */
export function nodesIn(value: unknown): JsonataNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return [];
  return [value as JsonataNode]; // a syntax tree holds nodes, arrays of them and scalars, nothing else
}
