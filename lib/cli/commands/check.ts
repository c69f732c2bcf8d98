import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFlow, type FlowDefinition, type FlowProblem } from '../../flow/check-flow.ts';
import { aslPath } from '../../flow/task-path.ts';
import { missingSecretsOf, sayMissing, whereToSet } from '../before-start.ts';
import type { Command, Invocation, Report } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { findFlow } from '../find-flow.ts';
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
    const problems = (await Promise.all(chosen.map((definition) => problemsOf(world, definition)))).flat();
    return report(invocation, chosen, problems);
  },
};

async function problemsOf(world: World, definition: FlowDefinition): Promise<FlowProblem[]> {
  const project = {
    flowNames: world.flows.map(({ flow }) => flow.name),
    readFile: (path: string) => readFileIn(world.projectFolder, path),
  };
  return [...lintFlow(definition), ...checkFlow(definition, project), ...(await secretProblems(world, definition))];
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

function report({ terminal }: Invocation, chosen: readonly FlowDefinition[], problems: readonly FlowProblem[]): Report {
  const paint = paintFor(terminal.stdout);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const verdict =
    problems.length === 0
      ? `${paint('green', 'no problems')} in ${plural(chosen.length, 'flow')}`
      : `${plural(errors, 'error')} and ${plural(problems.length - errors, 'warning')} in ${plural(chosen.length, 'flow')}`;
  return {
    text: [...sayByFile(problems, paint), verdict].join('\n'),
    json: { flows: chosen.map(({ flow }) => flow.name), problems },
    exitCode: errors > 0 ? exitCodes.failed : exitCodes.succeeded,
  };
}

function sayByFile(problems: readonly FlowProblem[], paint: Paint): string[] {
  const files = Map.groupBy(problems, ({ file }) => file);
  return [...files].flatMap(([file, found]) => [
    paint('bold', file),
    ...found.map(({ severity, state, message }) => {
      const label = paint(severity === 'error' ? 'red' : 'yellow', severity.padEnd(7));
      return `  ${label}  ${state ? `state '${state}': ` : ''}${message}`;
    }),
    '',
  ]);
}
