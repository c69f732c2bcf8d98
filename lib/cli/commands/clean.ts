import * as z from 'zod';
import { expireResults } from '../../artifact/expire-results.ts';
import { expiryOf } from '../../artifact/expiry.ts';
import { UsageError } from '../../errors.ts';
import { type Execution, isTerminal } from '../../execution/execution.ts';
import type { Command, Invocation, Report } from '../command.ts';
import { executionSummary } from '../execution-summary.ts';
import { formatBytes, plural } from '../format.ts';
import { formatPlace } from '../place.ts';
import type { World } from '../world.ts';

const Options = z.object({ dryRun: z.boolean().default(false) });

/** Expires results, rejected data and old executions, as an environment's bucket would. */
export const clean: Command = {
  options: [{ flags: '--dry-run', description: 'say what would be removed, and remove nothing' }],
  examples: ['flow clean --dry-run', 'flow clean'],
  async run(invocation) {
    const { world } = invocation;
    const { dryRun } = Options.parse(invocation.options);
    const { forgetExecution } = world;
    if (!forgetExecution) {
      throw new UsageError(
        `'${world.environment.name}' is cleaned by the lifecycle rules of its bucket, not from here`,
      );
    }
    const { resultRetentionDays } = world.environment;
    const expired = await expireResults(world, { resultRetentionDays, dryRun });
    const old = await oldExecutions(world);
    if (!dryRun) for (const execution of old) await forgetExecution(execution);
    return report(invocation, { expired, old, dryRun });
  },
};

/** Those that ended longer ago than results are kept: what their histories refer to is gone. */
async function oldExecutions({ executions, environment, clock }: World): Promise<Execution[]> {
  const old: Execution[] = [];
  for await (const execution of executions.list()) {
    if (!isTerminal(execution) || execution.stopDate === undefined) continue;
    const expiresAt = expiryOf(new Date(execution.stopDate), environment.resultRetentionDays);
    if (expiresAt.getTime() <= clock.now()) old.push(execution);
  }
  return old;
}

function report(
  { world }: Invocation,
  {
    expired,
    old,
    dryRun,
  }: { expired: Awaited<ReturnType<typeof expireResults>>; old: readonly Execution[]; dryRun: boolean },
): Report {
  const place = formatPlace(world.artifacts.url, world.homeFolder);
  const lines = [
    dryRun ? 'would remove:' : 'removed:',
    ...expired.map(
      ({ prefix, objects, bytes }) => `  ${plural(objects, 'object')} (${formatBytes(bytes)}) of ${prefix} in ${place}`,
    ),
    `  ${plural(old.length, 'execution')} that ended more than ${plural(world.environment.resultRetentionDays, 'day')} ago`,
  ];
  return {
    text: lines.join('\n'),
    json: { dryRun, expired, executions: old.map((execution) => executionSummary(execution, world.clock.now())) },
  };
}
