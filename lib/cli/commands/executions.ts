import * as z from 'zod';
import type { Execution } from '../../execution/execution.ts';
import type { Command, Invocation } from '../command.ts';
import { paintStatus, tookOf } from '../execution-cells.ts';
import { executionSummary } from '../execution-summary.ts';
import { findFlow } from '../find-flow.ts';
import { firstOf } from '../first-of.ts';
import { formatTime } from '../format.ts';
import { parseCount } from '../parse-count.ts';
import { renderTable } from '../table.ts';
import { paintFor, widthOf } from '../terminal.ts';

const Options = z.object({ limit: z.string().optional() });
const defaultLimit = 20;

/** What ran, newest first. */
export const executions: Command = {
  arguments: [{ name: '[flow]', description: 'name of a flow; executions of every flow when left out' }],
  options: [{ flags: '--limit <count>', description: `most executions shown (default: ${defaultLimit})` }],
  examples: ['flow executions', 'flow executions <flow> --limit 5'],
  async run(invocation) {
    const { world, arguments: args } = invocation;
    const { limit } = Options.parse(invocation.options);
    const flowName = args[0] === undefined ? undefined : findFlow(world.flows, args[0]).flow.name;
    const found = await firstOf(world.executions.list(flowName), parseCount(limit, '--limit') ?? defaultLimit);
    return {
      text: found.length === 0 ? sayNone(flowName) : tableOf(found, invocation),
      json: found.map((execution) => executionSummary(execution, world.clock.now())),
    };
  },
};

function sayNone(flowName: string | undefined): string {
  return flowName ? `${flowName} has not run yet; start it with 'flow run ${flowName}'` : 'nothing has run yet';
}

function tableOf(found: readonly Execution[], { world, terminal }: Invocation): string {
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  const columns = [
    { title: 'execution', flexible: true },
    { title: 'flow' },
    { title: 'status' },
    { title: 'started (UTC)' },
    { title: 'took', align: 'right' },
    { title: 'error', flexible: true },
  ] as const;
  const rows = found.map((execution) => ({
    cells: [
      execution.name,
      execution.flowName,
      paintStatus(execution.status, style.paint),
      formatTime(execution.startDate),
      tookOf(execution, world.clock.now()),
      execution.error ?? '',
    ],
  }));
  return renderTable(columns, rows, style);
}
