import * as z from 'zod';
import type { LogLine } from '../../execution/executions.ts';
import type { Json } from '../../json.ts';
import { childLabel, isChild } from '../child-label.ts';
import { type Command, requiredArgument } from '../command.ts';
import { findExecution } from '../find-execution.ts';
import { executionsIn } from '../progress/execution-tree.ts';
import { followExecution } from '../progress/follow-execution.ts';
import { type Paint, paintFor } from '../terminal.ts';

const Options = z.object({ state: z.string().optional(), child: z.string().optional() });

interface PlacedLine extends LogLine {
  readonly flowName: string;
  readonly executionName: string;
}

/** What the tasks of an execution, and of those it started, wrote: oldest first. */
export const logs: Command = {
  arguments: [{ name: '<execution>', description: 'name of the execution, or of a flow for its newest one' }],
  options: [
    { flags: '--state <name>', description: 'only what tasks of this state wrote' },
    { flags: '--child <index>', description: 'only what this child of a distributed Map wrote; on AWS, its name' },
  ],
  examples: ['flow logs <execution>', 'flow logs <execution> --state FetchMonth', 'flow logs <execution> --child 3'],
  async run(invocation) {
    const { world, terminal } = invocation;
    const options = Options.parse(invocation.options);
    const execution = await findExecution(world, requiredArgument(invocation, 0));
    const tree = await followExecution(world.executions, execution, { follow: false });
    const lines: PlacedLine[] = [];
    for (const { executionArn, executionName, flowName } of executionsIn(tree)) {
      for await (const line of world.executions.logs(executionArn)) {
        if (isWanted(line, options)) lines.push({ ...line, flowName, executionName });
      }
    }
    lines.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
    const paint = paintFor(terminal.stdout);
    const text = lines.map((line) => sayLine(line, paint)).join('\n');
    return {
      text: text || `no task of ${execution.name} wrote anything${sayWhere(options)}`,
      json: lines,
    };
  },
};

function isWanted(line: LogLine, { state, child }: z.infer<typeof Options>): boolean {
  if (state !== undefined && line.state !== state) return false;
  return child === undefined || (line.child !== undefined && isChild(line.child, child));
}

function sayWhere({ state, child }: z.infer<typeof Options>): string {
  return `${state === undefined ? '' : ` in state '${state}'`}${child === undefined ? '' : ` in child '${child}'`}`;
}

/** Fields that stand on every line and say what its place already says. */
const saidElsewhere = new Set(['flow', 'execution', 'sampling_rate']);

const LoggedError = z.object({ name: z.string(), message: z.string() });

/** An error as one sentence; its stack is in the JSON document. */
function withoutStack(value: Json): Json {
  const error = LoggedError.safeParse(value);
  return error.success ? [error.data.name, error.data.message].filter((part) => part !== '').join(': ') : value;
}

function sayLine(line: PlacedLine, paint: Paint): string {
  const look = line.level === 'ERROR' ? 'red' : line.level === 'WARN' ? 'yellow' : 'dim';
  const fields = Object.entries(line.fields)
    .filter(([name]) => !saidElsewhere.has(name))
    .map(([name, value]) => `${name}=${JSON.stringify(withoutStack(value))}`);
  const place = [line.flowName, line.state].filter((part) => part !== undefined).join(' > ');
  const child = line.child ? ` ${childLabel(line.child)}` : '';
  const said = [
    paint(look, line.level.padEnd(5)),
    paint('dim', `${place}${child}`),
    line.message,
    paint('dim', fields.join(' ')),
  ];
  return `${line.timestamp.slice(0, 23).replace('T', ' ')}  ${said.filter((part) => part !== '').join('  ')}`.trimEnd();
}
