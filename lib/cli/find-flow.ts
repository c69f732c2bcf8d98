import { UsageError } from '../errors.ts';
import type { FlowDefinition } from '../flow/check-flow.ts';
import { didYouMean } from './did-you-mean.ts';

/**
 * The flow of that name.
 *
 * @throws {UsageError} there is none; the message names the nearest one
 */
export function findFlow(flows: readonly FlowDefinition[], name: string): FlowDefinition {
  const found = flows.find(({ flow }) => flow.name === name);
  if (found) return found;
  const names = flows.map(({ flow }) => flow.name);
  const nearest = didYouMean(name, names);
  const suggestion = nearest ? `; did you mean '${nearest}'?` : '';
  throw new UsageError(`unknown flow '${name}'${suggestion}`, { hint: `run 'flow list' to see all ${names.length}` });
}
