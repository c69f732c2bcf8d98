import { UsageError } from '../errors.ts';
import type { Execution } from '../execution/execution.ts';
import { didYouMean } from './did-you-mean.ts';
import { firstOf } from './first-of.ts';
import type { World } from './world.ts';

/** How many of the newest executions a mistyped name is compared with. */
const suggestionsFrom = 50;

/**
 * The execution of that name; for the name of a flow, its newest execution.
 *
 * @throws {UsageError} there is none; the message names the nearest one
 */
export async function findExecution({ executions, flows }: World, name: string): Promise<Execution> {
  try {
    return await executions.describe(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const flow = flows.find((each) => each.flow.name === name)?.flow;
    const [newest] = flow ? await firstOf(executions.list(flow.name), 1) : [];
    if (newest) return newest;
    if (flow)
      throw new UsageError(`flow '${name}' has no execution yet`, { hint: `start one with 'flow run ${name}'` });
    const recent = (await firstOf(executions.list(), suggestionsFrom)).map((execution) => execution.name);
    const nearest = didYouMean(name, recent);
    if (nearest === undefined) throw error;
    throw new UsageError(`${error.message}; did you mean '${nearest}'?`, {
      cause: error,
      ...(error.hint && { hint: error.hint }),
    });
  }
}
