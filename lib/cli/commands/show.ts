import type { Execution } from '../../execution/execution.ts';
import type { Command, Invocation } from '../command.ts';
import { requiredArgument } from '../command.ts';
import { paintStatus } from '../execution-cells.ts';
import { reportExecution } from '../execution-report.ts';
import { findExecution } from '../find-execution.ts';
import { formatTime } from '../format.ts';
import type { ExecutionTree, StateVisit } from '../progress/execution-tree.ts';
import { followAndCount } from '../progress/follow-execution.ts';
import { treeLines } from '../progress/tree-lines.ts';
import { type Paint, paintFor, widthOf } from '../terminal.ts';

/** One execution as a timeline of its states, with what went wrong and what it made. */
export const show: Command = {
  arguments: [{ name: '<execution>', description: 'name of the execution, or of a flow for its newest one' }],
  examples: ['flow show <execution>', 'flow show <execution> --env prod --json'],
  async run(invocation) {
    const { world, terminal } = invocation;
    const execution = await findExecution(world, requiredArgument(invocation, 0));
    const tree = await followAndCount(world.executions, execution, { follow: false });
    const report = await reportExecution(invocation, execution, tree, { withMapRuns: true });
    const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
    const lines = treeLines(tree, { ...style, now: world.clock.now(), spinner: '…' });
    return {
      text: [head(execution, invocation, style.paint), lines.join('\n'), report.text].filter(Boolean).join('\n\n'),
      json: { ...(report.json as object), states: tree.states.map(stateJson) }, // reportExecution's document is an object
    };
  },
};

function head(execution: Execution, { world }: Invocation, paint: Paint): string {
  const redrives = execution.redriveCount > 0 ? `, redriven ${execution.redriveCount}×` : '';
  const times = `started ${formatTime(execution.startDate)} UTC${execution.stopDate ? `, ended ${formatTime(execution.stopDate)} UTC` : ''}`;
  return [
    `${paint('bold', execution.flowName)} on ${world.environment.name}, execution ${execution.name}`,
    `${paintStatus(execution.status, paint)}${redrives}, ${times}`,
    `${paint('dim', 'input')}  ${JSON.stringify(execution.input)}`,
  ].join('\n');
}

function stateJson(visit: StateVisit): unknown {
  return {
    name: visit.name,
    type: visit.type,
    status: visit.status,
    enteredAt: visit.enteredAt,
    exitedAt: visit.exitedAt ?? null,
    attempts: visit.attempts,
    failure: visit.failure ?? null,
    ...(visit.iteration !== undefined && { iteration: visit.iteration }),
    ...(visit.iterations && { iterations: visit.iterations }),
    ...(visit.inner.length > 0 && { states: visit.inner.map(stateJson) }),
    ...(visit.child && { execution: childJson(visit.child) }),
  };
}

function childJson(tree: ExecutionTree): unknown {
  return {
    execution: tree.executionName,
    flow: tree.flowName,
    status: tree.status,
    startedAt: tree.startedAt ?? null,
    stoppedAt: tree.stoppedAt ?? null,
    states: tree.states.map(stateJson),
  };
}
