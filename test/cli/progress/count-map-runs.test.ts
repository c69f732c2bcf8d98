import { expect, it } from 'vitest';
import { countMapRuns, countWhile } from '../../../lib/cli/progress/count-map-runs.ts';
import type { ExecutionTree } from '../../../lib/cli/progress/execution-tree.ts';
import { UsageError } from '../../../lib/errors.ts';
import type { MapRun } from '../../../lib/execution/map-run.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { aMapRun } from '../a-map-run.ts';
import { fakeExecutions } from '../fake-executions.ts';

function aTree(status: 'RUNNING' | 'FAILED' = 'RUNNING'): ExecutionTree {
  const { mapRunArn, executionArn } = aMapRun({});
  return {
    executionArn,
    executionName: 'geo-1',
    flowName: 'geo',
    status,
    states: [
      {
        name: 'Units',
        type: 'Map',
        status,
        enteredAt: '',
        attempts: 0,
        inner: [],
        outputs: [],
        mapRunArns: [mapRunArn],
        iterations: { total: 14, started: 0, succeeded: 0, failed: 0 },
      },
    ],
  };
}

function executionsWith(mapRuns: readonly MapRun[]) {
  return fakeExecutions(fakeClock(), { past: [{ execution: { name: 'geo-1', flowName: 'geo' }, mapRuns }] });
}

it.each<{ name: string; mapRun: MapRun; iterations: object }>([
  {
    name: 'still runs',
    mapRun: aMapRun({ succeeded: 2, failed: 1, timedOut: 1, running: 3, total: 7 }, { status: 'RUNNING' }),
    iterations: { total: 14, started: 7, succeeded: 2, failed: 2 },
  },
  {
    name: 'failed before it came to all items',
    mapRun: aMapRun({ succeeded: 2, failed: 1, aborted: 2, total: 5 }),
    iterations: { total: 14, started: 5, succeeded: 2, failed: 1 },
  },
  {
    name: 'put several items into each child',
    mapRun: aMapRun({ succeeded: 4, total: 4 }, { status: 'SUCCEEDED' }),
    iterations: { total: 4, started: 4, succeeded: 4, failed: 0 },
  },
  {
    name: 'read more items than the history told of',
    mapRun: aMapRun({ succeeded: 20, running: 5, total: 25 }, { status: 'RUNNING' }),
    iterations: { total: 25, started: 25, succeeded: 20, failed: 0 },
  },
])('counts a Map Run that $name', async ({ mapRun, iterations }) => {
  const tree = aTree();

  await countMapRuns(executionsWith([mapRun]), tree);

  expect(tree.states[0]?.iterations).toEqual(iterations);
});

it('counts again and again while states run, and ends with the execution', async () => {
  const clock = fakeClock();
  const tree = aTree();
  let succeeded = 0;
  const executions = {
    ...executionsWith([]),
    mapRuns: async () => {
      succeeded += 1;
      return [aMapRun({ succeeded, running: 1, total: 14 }, { status: 'RUNNING' })];
    },
  };
  const over = Promise.withResolvers<void>();

  const counting = countWhile(over.promise, () => tree, { executions, clock });
  await clock.advance(5_000);
  over.resolve();
  await counting;

  expect(tree.states[0]?.iterations?.succeeded).toBe(3);
});

it('goes on when AWS was too busy to be asked', async () => {
  const clock = fakeClock();
  const tree = aTree();
  let isBusy = true;
  const executions = {
    ...executionsWith([]),
    mapRuns: async () => {
      if (isBusy) throw new UsageError('AWS is too busy');
      return [aMapRun({ succeeded: 5, total: 14 }, { status: 'RUNNING' })];
    },
  };
  const over = Promise.withResolvers<void>();

  const counting = countWhile(over.promise, () => tree, { executions, clock });
  await clock.advance(1_000);
  isBusy = false;
  await clock.advance(2_000);
  over.resolve();
  await counting;

  expect(tree.states[0]?.iterations?.succeeded).toBe(5);
});

it('asks for nothing while no Map Run is under way', async () => {
  const executions = {
    ...executionsWith([]),
    mapRuns: async () => {
      throw new Error('asked for Map Runs');
    },
  };

  await countMapRuns(executions, aTree('FAILED'), ({ status }) => status === 'RUNNING');
});
