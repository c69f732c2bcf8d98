import * as z from 'zod';
import { type Execution, isTerminal } from '../../execution/execution.ts';
import { checkBeforeStart } from '../before-start.ts';
import { type Command, requiredArgument } from '../command.ts';
import { readInput } from '../execution-input.ts';
import { reportStarted } from '../execution-report.ts';
import { findFlow } from '../find-flow.ts';
import { announce, watchExecution } from '../watch-execution.ts';

const Options = z.object({
  input: z.string().optional(),
  name: z.string().optional(),
  follow: z.boolean().default(true),
  dryRun: z.boolean().default(false),
});

/** Starts a flow and follows it to its result. */
export const run: Command = {
  arguments: [{ name: '<flow>', description: 'name of the flow' }],
  options: [
    { flags: '--input <json>', description: "the execution's input: JSON, or @file" },
    { flags: '--name <name>', description: 'name of the execution; made up when left out' },
    { flags: '--dry-run', description: 'the same as dryRun: true in the input, for flows that know it' },
    { flags: '--no-follow', description: 'show no progress; on AWS, return as soon as it has started' },
  ],
  runsTasks: true,
  examples: [
    'flow run <flow>',
    `flow run <flow> --input '{"day": "2024-01-31"}'`,
    'flow run <flow> --env dev --no-follow',
  ],
  async run(invocation) {
    const { world } = invocation;
    const options = Options.parse(invocation.options);
    const definition = findFlow(world.flows, requiredArgument(invocation, 0));
    const input = await readInput(options, definition.flow);
    await checkBeforeStart(world, definition);
    const calledAt = world.clock.now();
    const execution = await world.executions.start(definition.flow, input, {
      ...(options.name !== undefined && { executionName: options.name }),
    });
    if (!options.follow && world.environment.runsOn === 'aws') return reportStarted(invocation, execution);
    announce(invocation, execution, ranBefore(execution, calledAt));
    return await watchExecution(invocation, execution);
  },
};

/** Our clock and the service's may differ by this much. */
const clockSkewMs = 5_000;

/** A name that was used before with the same input gives that execution again, ended or not. */
function ranBefore(execution: Execution, calledAt: number): boolean {
  return isTerminal(execution) && Date.parse(execution.startDate) < calledAt - clockSkewMs;
}
