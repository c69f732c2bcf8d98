import type { Execution } from '../../execution/execution.ts';
import type { Executions } from '../../execution/executions.ts';
import { endCutOff, executionTreeBuilder } from './build-tree.ts';
import { countMapRuns } from './count-map-runs.ts';
import type { ExecutionTree, StateVisit } from './execution-tree.ts';
import type { Change } from './history-steps.ts';

/** Told of every change in an execution or in one that it started; `path` names the states that lead there. */
export type OnChange = (change: Change, path: readonly string[]) => void;

/** How an execution is read: to its present end, or until it is over. */
export interface FollowOptions {
  readonly follow: boolean;
  readonly onChange?: OnChange;
  /** Receives the tree before its first event, to draw it while it grows. */
  readonly onTree?: (tree: ExecutionTree) => void;
}

/** Reads an execution's history and those of the executions it started, and returns them as one tree. */
export async function followExecution(
  executions: Executions,
  execution: Execution,
  options: FollowOptions,
): Promise<ExecutionTree> {
  return await followBelow(execution, [], { executions, ...options });
}

/** The same, with the counts of Map Runs, which no history tells. */
export async function followAndCount(
  executions: Executions,
  execution: Execution,
  options: FollowOptions,
): Promise<ExecutionTree> {
  const tree = await followExecution(executions, execution, options);
  await countMapRuns(executions, tree);
  return tree;
}

async function followBelow(
  execution: Execution,
  path: readonly string[],
  options: FollowOptions & { executions: Executions },
): Promise<ExecutionTree> {
  const { executions, follow, onChange, onTree } = options;
  const { tree, apply } = executionTreeBuilder(execution);
  onTree?.(tree);
  const children = new Map<StateVisit, Promise<void>>();
  for await (const event of executions.history(execution.arn, { follow })) {
    for (const change of apply(event)) {
      // what a child did is told before what became of the state that waited for it
      if (change.kind === 'exited' || change.kind === 'failed') await children.get(change.visit);
      onChange?.(change, path);
      if (change.kind !== 'started-execution') continue;
      const { visit, executionArn } = change;
      const child = followChild(visit, executionArn, { ...options, path: [...path, visit.name] });
      // its failure is met where it is awaited; until then it must not count as unhandled
      child.catch(() => undefined);
      children.set(visit, child);
    }
  }
  await Promise.all(children.values());
  endCutOff(tree, execution);
  return tree;
}

async function followChild(
  visit: StateVisit,
  executionArn: string,
  options: FollowOptions & { executions: Executions; path: readonly string[] },
): Promise<void> {
  const child = await options.executions.describe(executionArn);
  const onTree = (tree: ExecutionTree) => {
    visit.child = tree;
  };
  await followBelow(child, options.path, { ...options, onTree });
}
