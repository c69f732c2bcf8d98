import { Command as Commander, CommanderError, type OptionValues } from 'commander';
import { environmentNamed, environments } from '../environment.ts';
import type { Command, Report } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { type OutputStream, paintFor, type Terminal, widthOf } from './terminal.ts';
import { type Verb, verbs } from './verbs.ts';
import type { World, WorldRequest } from './world.ts';

/** What the command line needs from outside: the person, and a door to each environment. */
export interface CommandLine {
  readonly terminal: Terminal;
  readonly openWorld: (request: WorldRequest) => Promise<World>;
}

const helpWidth = 100;

/**
 * Runs one command line, without the program's own name in `argv`.
 *
 * Never throws: whatever goes wrong is a sentence on stderr and an exit code.
 */
export async function main(argv: readonly string[], commandLine: CommandLine): Promise<ExitCode> {
  const { stdout, stderr } = commandLine.terminal;
  let exitCode: ExitCode = exitCodes.succeeded;
  const finish = (report: Report, isJson: boolean) => {
    const text = isJson ? JSON.stringify(report.json, undefined, 2) : report.text;
    if (text !== '') stdout.write(`${text}\n`);
    exitCode = report.exitCode ?? exitCodes.succeeded;
  };
  try {
    await program(commandLine, finish).parseAsync(asksForHelp(argv) ?? argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.succeeded;
    return reportError(error, argv.includes('--json') ? stdout : undefined, stderr);
  }
}

function reportError(error: unknown, jsonOutput: OutputStream | undefined, stderr: OutputStream): ExitCode {
  const { message, hint, exitCode } = explainError(error);
  const paint = paintFor(stderr);
  stderr.write(`${paint('red', 'flow:')} ${message}\n${hint ? `      ${hint}\n` : ''}`);
  jsonOutput?.write(`${JSON.stringify({ error: message, hint }, undefined, 2)}\n`);
  return exitCode;
}

function program(commandLine: CommandLine, finish: (report: Report, isJson: boolean) => void): Commander {
  const root = quiet(new Commander('flow'), commandLine.terminal)
    .description('Runs data flows on this machine or on AWS, and shows what they did and made.')
    .helpCommand(false)
    .helpOption('-h, --help', 'explain a command')
    .addHelpText('after', "\nStart with 'flow list', then 'flow run <flow>'. Every command takes --env and --json.");
  const loaded = new Map<string, Command>();
  for (const verb of verbs) {
    const command = quiet(root.command(verb.name), commandLine.terminal);
    command.summary(verb.summary).description(sentence(verb.summary)).helpGroup(verb.heading);
    command.helpOption('-h, --help', 'explain this command');
    command.action(async () => {
      const plan = loaded.get(verb.name);
      if (!plan) throw new Error(`command '${verb.name}' was not loaded before it ran`);
      const options = command.opts();
      finish(await execute(plan, command.args, options, commandLine), Boolean(options.json));
    });
  }
  return root.hook('preSubcommand', async (_, command) => {
    const verb = verbs.find(({ name }) => name === command.name());
    if (verb) loaded.set(verb.name, await declare(verb, command));
  });
}

/** Loads a verb and tells commander what it takes. */
async function declare(verb: Verb, command: Commander): Promise<Command> {
  const plan = await verb.load();
  for (const { name, description } of plan.arguments ?? []) command.argument(name, description);
  for (const { flags, description } of plan.options ?? []) command.option(flags, description);
  if (plan.runsTasks) command.option('--live', 'ask the real sources instead of the sample server');
  command.option(
    '--env <environment>',
    `one of ${environments.map(({ name }) => name).join(', ')}`,
    environments[0].name,
  );
  command.option('--json', 'print one JSON document');
  command.addHelpText('after', `\nExamples:\n${plan.examples.map((example) => `  ${example}`).join('\n')}`);
  return plan;
}

async function execute(
  plan: Command,
  args: readonly string[],
  options: OptionValues,
  { terminal, openWorld }: CommandLine,
): Promise<Report> {
  const environment = environmentNamed(String(options.env));
  const answering = options.live || environment.runsOn === 'aws' ? 'live' : 'samples';
  await using world = await openWorld({ environment, source: plan.runsTasks ? answering : 'none' });
  return await plan.run({ world, terminal, isJson: Boolean(options.json), arguments: args, options });
}

/** `flow`, `flow help` and `flow help <command>` as options: commander's own help command does not load the verb. */
function asksForHelp([first, verb]: readonly string[]): string[] | undefined {
  if (first === undefined) return ['--help'];
  if (first !== 'help') return undefined;
  return verb === undefined ? ['--help'] : [verb, '--help'];
}

/** Output through our streams, errors as exceptions, no colours but ours. */
function quiet(command: Commander, terminal: Terminal): Commander {
  const paint = paintFor(terminal.stdout);
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(widthOf(terminal.stdout), helpWidth),
      getErrHelpWidth: () => helpWidth,
    })
    .configureHelp({ styleTitle: (title) => paint('bold', title) });
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
