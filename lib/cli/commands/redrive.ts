import * as z from 'zod';
import { checkBeforeStart } from '../before-start.ts';
import { type Command, requiredArgument } from '../command.ts';
import { reportStarted } from '../execution-report.ts';
import { findExecution } from '../find-execution.ts';
import { findFlow } from '../find-flow.ts';
import { announce, watchExecution } from '../watch-execution.ts';

const Options = z.object({ follow: z.boolean().default(true), withCurrentDefinition: z.boolean().default(false) });

/** Takes up an unsuccessful execution at the state that failed, with the same input and, unless told otherwise, definition. */
export const redrive: Command = {
  arguments: [
    {
      name: '<execution>',
      description: 'an execution that failed, timed out or was stopped; for a flow its newest one',
    },
  ],
  options: [
    { flags: '--no-follow', description: 'show no progress; on AWS, return as soon as it has started' },
    {
      flags: '--with-current-definition',
      description: 'go on with the state machine as it is now; unchanged states that succeeded are not run again',
    },
  ],
  runsTasks: true,
  examples: ['flow redrive <execution>', 'flow redrive <execution> --live'],
  async run(invocation) {
    const { world } = invocation;
    const { follow, withCurrentDefinition } = Options.parse(invocation.options);
    const { flowName, arn } = await findExecution(world, requiredArgument(invocation, 0));
    await checkBeforeStart(world, findFlow(world.flows, flowName));
    const execution = await world.executions.redrive(arn, { withCurrentDefinition });
    if (!follow && world.environment.runsOn === 'aws') return reportStarted(invocation, execution);
    announce(invocation, execution);
    return await watchExecution(invocation, execution);
  },
};
