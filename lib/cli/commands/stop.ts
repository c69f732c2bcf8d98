import * as z from 'zod';
import { UsageError } from '../../errors.ts';
import { isTerminal } from '../../execution/execution.ts';
import { type Command, requiredArgument } from '../command.ts';
import { executionSummary } from '../execution-summary.ts';
import { findExecution } from '../find-execution.ts';

const Options = z.object({ cause: z.string().optional() });

/** Ends a running execution. */
export const stop: Command = {
  arguments: [{ name: '<execution>', description: 'name of the execution, or of a flow for its newest one' }],
  options: [{ flags: '--cause <text>', description: 'why; kept with the execution' }],
  examples: ["flow stop <execution> --env dev --cause 'wrong month'"],
  async run(invocation) {
    const { world } = invocation;
    const { cause } = Options.parse(invocation.options);
    const before = await findExecution(world, requiredArgument(invocation, 0));
    if (isTerminal(before)) {
      throw new UsageError(`execution '${before.name}' does not run any more: it is ${before.status}`);
    }
    await world.executions.stop(before.arn, { error: 'Stopped', cause: cause ?? 'stopped with flow stop' });
    const execution = await world.executions.describe(before.arn);
    return {
      text: `${execution.name} of ${execution.flowName} is ${execution.status}`,
      json: executionSummary(execution, world.clock.now()),
    };
  },
};
