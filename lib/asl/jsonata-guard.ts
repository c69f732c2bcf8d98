import type jsonata from 'jsonata';

/**
 * Keeps an expression from running for ever: the service stops at a nesting of 100 and at a size of intermediate
 * results; where it stops by time we stop by the number of steps, which is the same on every machine.
 */
export const expressionLimits = { depth: 100, steps: 1_000_000, bytes: 6_990_256 } as const;

/** The name under which each evaluation carries its own count; no expression can write a name with a space. */
export const guardBinding = ' guard';

interface Count {
  depth: number;
  steps: number;
}

interface Node {
  readonly type?: string;
  readonly value?: unknown;
}

/** What jsonata throws, and what the service says. */
interface Stop {
  readonly message: string;
}

export const outOfMemory = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';

const stops = {
  depth: 'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.',
  steps: 'Expression evaluation timeout: Check for infinite loop',
  bytes: outOfMemory,
} as const;

/** Counts every step of every evaluation of the expression, through jsonata's own hooks. */
export function guard(expression: jsonata.Expression): void {
  const enter = (_: unknown, __: unknown, environment: jsonata.Environment) => {
    const count: Count = environment.lookup(guardBinding);
    count.depth += 1;
    count.steps += 1;
    if (count.depth > expressionLimits.depth) throw stop('depth');
    if (count.steps > expressionLimits.steps) throw stop('steps');
  };
  const leave = (_: unknown, __: unknown, environment: jsonata.Environment, result: unknown) => {
    const count: Count = environment.lookup(guardBinding);
    count.depth -= 1;
    if (sizeBytes(result) > expressionLimits.bytes) throw stop('bytes');
  };
  // its type leaves out symbols, under which jsonata looks its hooks up
  const assign = expression.assign as (name: string | symbol, value: unknown) => void;
  assign(Symbol.for('jsonata.__evaluate_entry'), enter);
  assign(Symbol.for('jsonata.__evaluate_exit'), leave);
}

function stop(reason: keyof typeof stops): Stop {
  return { message: stops[reason] };
}

function sizeBytes(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.length * 8 : 0;
}

const simpleSteps = new Set(['name', 'variable', 'string', 'number', 'value']);

/**
 * Whether an expression can take more steps than it has nodes; only those pay for counting.
 *
 * Without functions of its own, ranges, wildcards, or steps that are themselves expressions, an expression is over
 * after one pass over its nodes.
 */
export function needsGuard(ast: unknown): boolean {
  return !isSimple(ast as Node, 1); // jsonata's AST nodes are objects with a type; its own type omits half of them
}

function isSimple(node: Node, depth: number): boolean {
  if (depth > expressionLimits.depth) return false;
  switch (node.type) {
    case 'lambda':
    case 'wildcard':
    case 'descendant':
    case 'transform':
    case 'apply':
    case 'regex':
    case 'sort':
      return false;
    case 'binary':
      if (node.value === '..') return false;
      break;
    case 'path': {
      const { steps } = node as { steps: readonly Node[] }; // a path always has its steps
      if (steps.slice(1).some((step) => !simpleSteps.has(step.type ?? ''))) return false;
      break;
    }
  }
  return Object.values(node).every((child) => isSimpleChild(child, depth + 1));
}

function isSimpleChild(child: unknown, depth: number): boolean {
  if (Array.isArray(child)) return child.every((entry) => isSimpleChild(entry, depth));
  return typeof child !== 'object' || child === null || isSimple(child, depth);
}
