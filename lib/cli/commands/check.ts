import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlow, type FlowDefinition, type FlowProblem } from '../../flow/check-flow.ts';
import { aslPath } from '../../flow/task-path.ts';
import { missingSecretsOf, sayMissing, whereToSet } from '../before-start.ts';
import type { Command, Invocation, Report } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { findFlow } from '../find-flow.ts';
import { type FlowLimits, flowLimits } from '../flow-limits.ts';
import { plural } from '../format.ts';
import { lintFlow } from '../lint-flow.ts';
import { type Paint, paintFor } from '../terminal.ts';
import type { World } from '../world.ts';

/** Looks for what would make flows fail when they are deployed or run. */
export const check: Command = {
  arguments: [{ name: '[flow]', description: 'name of a flow; all of them when left out' }],
  examples: ['flow check', 'flow check <flow>', 'flow check --env prod'],
  async run(invocation) {
    const { world, arguments: args } = invocation;
    const chosen = args[0] === undefined ? world.flows : [findFlow(world.flows, args[0])];
    const found = await Promise.all(chosen.map((definition) => findingsOf(world, definition)));
    const problems = found.flatMap((one) => one.problems);
    const notes = found.flatMap((one) => one.notes);
    return report(invocation, chosen, { problems, notes });
  },
};

async function findingsOf(world: World, definition: FlowDefinition): Promise<FlowLimits> {
  const project = {
    flowNames: world.flows.map(({ flow }) => flow.name),
    readFile: (path: string) => readFileIn(world.projectFolder, path),
  };
  const lints = lintFlow(definition);
  const isRunnable = !lints.some(({ severity }) => severity === 'error');
  const limits = isRunnable ? await flowLimits(world, definition) : { problems: [], notes: [] };
  const checks = [...lints, ...checkFlow(definition, project), ...(await secretProblems(world, definition))];
  return { problems: [...checks, ...limits.problems], notes: limits.notes };
}

function readFileIn(folder: string, path: string): string | undefined {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** On a laptop the sample server needs no keys, so a missing one only stops `--live`. */
async function secretProblems(world: World, { flow }: FlowDefinition): Promise<FlowProblem[]> {
  const missing = await missingSecretsOf(world, flow.name);
  return missing.map((secret) => ({
    severity: world.environment.runsOn === 'aws' ? 'error' : 'warning',
    flowName: flow.name,
    file: aslPath(flow).replace(/\.asl\.json$/, '.flow.ts'),
    message: `${sayMissing(secret)}; ${whereToSet(secret, world.environment)}`,
  }));
}

function report({ terminal }: Invocation, chosen: readonly FlowDefinition[], found: FlowLimits): Report {
  const { problems, notes } = found;
  const paint = paintFor(terminal.stdout);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const verdict =
    problems.length === 0
      ? `${paint('green', 'no problems')} in ${plural(chosen.length, 'flow')}`
      : `${plural(errors, 'error')} and ${plural(problems.length - errors, 'warning')} in ${plural(chosen.length, 'flow')}`;
  return {
    text: [...sayByFile(found, paint), verdict].join('\n'),
    json: { flows: chosen.map(({ flow }) => flow.name), problems, limits: notes },
    exitCode: errors > 0 ? exitCodes.failed : exitCodes.succeeded,
  };
}

const labels = { error: 'red', warning: 'yellow', note: 'dim' } as const;

function sayByFile({ problems, notes }: FlowLimits, paint: Paint): string[] {
  const all = [...problems, ...notes.map((note) => ({ severity: 'note' as const, ...note }))];
  const files = Map.groupBy(all, ({ file }) => file);
  return [...files].flatMap(([file, found]) => [
    paint('bold', file),
    ...found.map(({ severity, state, message }) => {
      const label = paint(labels[severity], severity.padEnd(7));
      return `  ${label}  ${state ? `state '${state}': ` : ''}${message}`;
    }),
    '',
  ]);
}
