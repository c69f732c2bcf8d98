import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { isTerminal } from '../../execution/execution.ts';
import { type Command, requiredArgument } from '../command.ts';
import { executionSummary } from '../execution-report.ts';

const Options = z.object({ cause: z.string().optional() });

/** Ends a running execution. */
export const stop: Command = {
  arguments: [{ name: '<execution>', description: 'name of the execution' }],
  options: [{ flags: '--cause <text>', description: 'why; kept with the execution' }],
  examples: ["flow stop 20261120-063301-k3f9 --env dev --cause 'wrong month'"],
  async run(invocation) {
    const { world } = invocation;
    const name = requiredArgument(invocation, 0);
    const { cause } = Options.parse(invocation.options);
    const before = await world.executions.describe(name);
    if (isTerminal(before)) {
      throw new UsageError(`execution '${name}' does not run any more: it is ${before.status}`);
    }
    await world.executions.stop(name, { error: 'Stopped', cause: cause ?? 'stopped with flow stop' });
    const execution = await world.executions.describe(name);
    return {
      text: `${execution.name} of ${execution.flowName} is ${execution.status}`,
      json: executionSummary(execution, world.clock.now()),
    };
  },
};
