import type { Execution } from '../../execution/execution.ts';
import type { FlowDefinition } from '../../flow/check-flow.ts';
import { nextFireTime, type Schedule } from '../../flow/schedule.ts';
import type { Command, Invocation } from '../command.ts';
import { paintStatus } from '../execution-cells.ts';
import { executionSummary } from '../execution-summary.ts';
import { firstOf } from '../first-of.ts';
import { formatAgo, formatTime } from '../format.ts';
import { renderTable } from '../table.ts';
import { paintFor, widthOf } from '../terminal.ts';
import type { World } from '../world.ts';

interface ListedFlow extends FlowDefinition {
  readonly next: Date | undefined;
  readonly last: Execution | undefined;
}

/** Every flow with its schedules and its last execution. */
export const list: Command = {
  examples: ['flow list', 'flow list --env prod --json'],
  async run(invocation) {
    const { world } = invocation;
    const flows = await Promise.all(world.flows.map((definition) => look(world, definition)));
    return { text: tableOf(flows, invocation), json: flows.map((flow) => flowJson(flow, world)) };
  },
};

async function look(world: World, definition: FlowDefinition): Promise<ListedFlow> {
  const now = new Date(world.clock.now());
  const times = definition.flow.schedules.flatMap((schedule) => nextFireTime(schedule, now) ?? []);
  const next = times.sort((a, b) => a.getTime() - b.getTime())[0];
  const [last] = await firstOf(world.executions.list(definition.flow.name), 1);
  return { ...definition, next, last };
}

function tableOf(flows: readonly ListedFlow[], { world, terminal }: Invocation): string {
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  const columns = [
    { title: 'flow' },
    { title: 'group', optional: true },
    { title: 'schedule', flexible: true },
    { title: 'next (UTC)' },
    { title: 'last execution', flexible: true },
  ];
  const rows = flows.map(({ flow, next, last }) => ({
    cells: [
      flow.name,
      flow.group,
      flow.schedules.map(saySchedule).join('; ') || style.paint('dim', 'none'),
      next ? formatTime(next, 'minutes') : style.paint('dim', '-'),
      last
        ? `${paintStatus(last.status, style.paint)} ${formatAgo(last.startDate, world.clock.now())}`
        : style.paint('dim', 'never'),
    ],
  }));
  const off = world.environment.schedulesEnabled
    ? ''
    : `\n\n${style.paint('dim', `schedules are switched off on ${world.environment.name}; next is when they would fire`)}`;
  return `${renderTable(columns, rows, style)}${off}`;
}

function saySchedule({ cron, timeZone }: Schedule): string {
  return timeZone === 'UTC' ? cron : `${cron} ${timeZone}`;
}

function flowJson({ flow, next, last }: ListedFlow, { clock, environment }: World): unknown {
  return {
    name: flow.name,
    group: flow.group,
    description: flow.description,
    schedules: flow.schedules.map(({ cron, timeZone, input }) => ({ cron, timeZone, input })),
    schedulesEnabled: environment.schedulesEnabled,
    nextFireTime: next?.toISOString() ?? null,
    tasks: Object.keys(flow.tasks),
    artifacts: flow.artifacts.map(({ name }) => name),
    lastExecution: last ? executionSummary(last, clock.now()) : null,
  };
}
