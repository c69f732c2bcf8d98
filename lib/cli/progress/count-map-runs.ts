import type { Clock } from '../../clock.ts';
import { UsageError } from '../../errors.ts';
import type { Executions } from '../../execution/executions.ts';
import type { MapRun } from '../../execution/map-run.ts';
import { type ExecutionTree, executionsIn, type StateVisit, visitsIn } from './execution-tree.ts';

/** How often the Map Runs of a running execution are counted; on AWS each time is two requests. */
const intervalMs = 2_000;

/**
 * Puts the counts of Map Runs into a tree: the history of an execution says nothing of their children.
 *
 * @param isWanted which states' Map Runs are looked at
 */
export async function countMapRuns(
  executions: Executions,
  tree: ExecutionTree,
  isWanted: (visit: StateVisit) => boolean = () => true,
): Promise<void> {
  for (const each of executionsIn(tree)) {
    const visits = visitsIn(each).filter((visit) => visit.mapRunArns.length > 0 && isWanted(visit));
    if (visits.length === 0) continue;
    const mapRuns = new Map((await executions.mapRuns(each.executionArn)).map((run) => [run.mapRunArn, run]));
    for (const visit of visits) {
      const mapRun = mapRuns.get(visit.mapRunArns.at(-1) ?? '');
      if (mapRun) visit.iterations = iterationsOf(mapRun, visit.iterations?.total ?? 0);
    }
  }
}

/** Items that no child was started for yet are among those that the history told of. */
function iterationsOf({ counts, status }: MapRun, itemCount: number): NonNullable<StateVisit['iterations']> {
  const { total: started, succeeded, failed, timedOut } = counts;
  const total = status === 'SUCCEEDED' ? started : Math.max(started, itemCount);
  return { total, started, succeeded, failed: failed + timedOut };
}

/**
 * Counts the Map Runs of a growing tree from time to time, until `over` settles.
 *
 * AWS may be too busy to be asked; there is a next time, and the count at the end tells what is wrong.
 */
export async function countWhile(
  over: Promise<unknown>,
  view: () => ExecutionTree | undefined,
  { executions, clock }: { executions: Executions; clock: Clock },
): Promise<void> {
  const isOver = new AbortController();
  const stop = () => isOver.abort();
  over.then(stop, stop);
  while (!isOver.signal.aborted) {
    const tree = view();
    if (tree) await countMapRuns(executions, tree, ({ status }) => status === 'RUNNING').catch(unlessRefused);
    await clock.sleep(intervalMs, isOver.signal).catch((error: unknown) => {
      if (!isOver.signal.aborted) throw error;
    });
  }
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof UsageError)) throw error;
}
