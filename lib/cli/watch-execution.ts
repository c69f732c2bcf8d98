import type { Execution } from '../execution/execution.ts';
import type { Invocation, Report } from './command.ts';
import { reportExecution } from './execution-report.ts';
import type { ExecutionTree } from './progress/execution-tree.ts';
import { followAndCount } from './progress/follow-execution.ts';
import { paintFor } from './terminal.ts';
import type { World } from './world.ts';

/**
 * Shows an execution while it runs and reports how it ended.
 *
 * The first Ctrl-C stops the execution and waits for its history to close; the second is the terminal's own and ends
 * the process at once.
 */
export async function watchExecution(invocation: Invocation, execution: Execution): Promise<Report> {
  const { world, terminal } = invocation;
  const stopFailed = Promise.withResolvers<never>();
  const notice: { text?: string } = {};
  const interrupt = terminal.onInterrupt(() => {
    interrupt[Symbol.dispose]();
    notice.text = 'stopping the execution; press Ctrl-C again to leave at once';
    if (!isDrawn(invocation)) terminal.stderr.write(`${notice.text}\n`);
    const reason = { error: 'Interrupted', cause: 'stopped with Ctrl-C' };
    world.executions.stop(execution.arn, reason).catch(stopFailed.reject);
  });
  try {
    const tree = await Promise.race([followWithProgress(invocation, execution, notice), stopFailed.promise]);
    if (!invocation.isJson) terminal.stdout.write('\n');
    return await reportExecution(invocation, await world.executions.describe(execution.arn), tree);
  } finally {
    interrupt[Symbol.dispose]();
  }
}

/** What is about to run, where, and against which source; or that it `ranBefore` and is only shown again. */
export function announce({ world, terminal, isJson }: Invocation, execution: Execution, ranBefore = false): void {
  if (isJson) return;
  const paint = paintFor(terminal.stdout);
  const { environment } = world;
  terminal.stdout.write(`${paint('bold', execution.flowName)} on ${environment.name}, execution ${execution.name}\n`);
  const note = ranBefore
    ? 'it ran before, under this name and with this input; nothing was started'
    : sayWhoAnswers(world);
  terminal.stdout.write(`${paint('dim', note)}\n\n`);
}

function sayWhoAnswers({ source, environment }: World): string {
  if (source.kind === 'samples') return `source: the sample server at ${source.url}; --live asks the real one`;
  return environment.runsOn === 'engine' ? 'source: live' : 'source: live, as its settings on AWS say';
}

/** Whether progress is drawn in place; what is written between two frames would tear them. */
function isDrawn(invocation: Invocation): boolean {
  return showsProgress(invocation) && invocation.terminal.stdout.isTTY === true;
}

function showsProgress({ isJson, options }: Invocation): boolean {
  return !isJson && options.follow !== false;
}

async function followWithProgress(
  invocation: Invocation,
  execution: Execution,
  notice: { readonly text?: string },
): Promise<ExecutionTree> {
  const { world, terminal } = invocation;
  if (!showsProgress(invocation)) {
    return await followAndCount(world.executions, execution, { follow: true });
  }
  if (!isDrawn(invocation)) {
    const { plainLines } = await import('./progress/plain-lines.ts');
    return await followAndCount(world.executions, execution, { follow: true, onChange: plainLines(terminal.stdout) });
  }
  const { drawWhile } = await import('./progress/live-tree.ts');
  const { countWhile } = await import('./progress/count-map-runs.ts');
  let tree: ExecutionTree | undefined;
  const onTree = (started: ExecutionTree) => {
    tree ??= started;
  };
  const followed = followAndCount(world.executions, execution, { follow: true, onTree });
  const drawn = drawWhile(followed, () => ({ tree, notice: notice.text }), {
    stream: terminal.stdout,
    clock: world.clock,
  });
  await Promise.all([drawn, countWhile(followed, () => tree, world)]);
  return await drawn;
}
