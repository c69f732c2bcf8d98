import { describe, expect, it } from 'vitest';
import { failurePointIn } from '../../../lib/cli/failure.ts';
import { executionTreeBuilder } from '../../../lib/cli/progress/build-tree.ts';
import type { StateVisit } from '../../../lib/cli/progress/execution-tree.ts';
import { aHistory, aTask, type Step } from '../a-history.ts';

const startsAt = '2026-11-20T06:33:00.000Z';

function treeOf(steps: readonly Step[]) {
  const { tree, apply } = executionTreeBuilder({ arn: 'arn', name: 'execution', flowName: 'flow' });
  const changes = aHistory(startsAt, [{ type: 'ExecutionStarted' }, ...steps]).flatMap(apply);
  return { tree, changes: changes.map(({ kind }) => kind) };
}

/** Name, status and what lies inside: `Fetch SUCCEEDED (Inner FAILED)`. */
function outline(visits: readonly StateVisit[]): string {
  return visits
    .map(({ name, status, inner }) => `${name} ${status}${inner.length > 0 ? ` (${outline(inner)})` : ''}`)
    .join(', ');
}

const failure = { error: 'SourceUnavailableError', cause: 'no answer' };

describe('one line of states', () => {
  it('follows a task from its entry to its exit', () => {
    const { tree, changes } = treeOf([...aTask('Fetch', { tookMs: 250 }), { type: 'ExecutionSucceeded' }]);

    expect(outline(tree.states)).toBe('Fetch SUCCEEDED');
    expect(tree).toMatchObject({ status: 'SUCCEEDED', startedAt: startsAt, stoppedAt: '2026-11-20T06:33:00.250Z' });
    expect(changes).toEqual(['entered', 'exited', 'ended']);
  });

  it('counts the tries of a task, and forgets the failure that a retry healed', () => {
    const { tree, changes } = treeOf([
      { type: 'TaskStateEntered', details: { name: 'Fetch' } },
      { type: 'TaskScheduled' },
      { type: 'TaskFailed', details: failure },
      { type: 'TaskScheduled' },
      { type: 'TaskSucceeded', details: { output: '1' } },
      { type: 'TaskStateExited', details: { name: 'Fetch' } },
    ]);

    expect(tree.states).toMatchObject([{ status: 'SUCCEEDED', attempts: 2, failure }]);
    expect(changes).toEqual(['entered', 'failed', 'retried', 'exited']);
  });

  it('tells a state that was caught from one that failed', () => {
    const { tree } = treeOf([
      { type: 'TaskStateEntered', details: { name: 'Fetch' } },
      { type: 'TaskScheduled' },
      { type: 'TaskFailed', details: failure },
      { type: 'TaskStateExited', details: { name: 'Fetch' } },
      { type: 'FailStateEntered', details: { name: 'GiveUp' } },
      { type: 'ExecutionFailed', details: { error: 'GaveUp', cause: 'too often' } },
    ]);

    expect(outline(tree.states)).toBe('Fetch CAUGHT, GiveUp FAILED');
    expect(tree.failure).toEqual({ error: 'GaveUp', cause: 'too often' });
  });

  it.each([
    { ending: 'ExecutionAborted', status: 'ABORTED', state: 'ABORTED' },
    { ending: 'ExecutionTimedOut', status: 'TIMED_OUT', state: 'ABORTED' },
    { ending: 'ExecutionFailed', status: 'FAILED', state: 'FAILED' },
  ])('closes the state that ran when $ending', ({ ending, status, state }) => {
    const { tree } = treeOf([
      { type: 'WaitStateEntered', details: { name: 'Wait' } },
      { afterMs: 5, type: ending },
    ]);

    expect(tree).toMatchObject({ status, states: [{ status: state, exitedAt: '2026-11-20T06:33:00.005Z' }] });
  });

  it('does not call a state failed that waited for its retry when the execution was stopped', () => {
    const { tree } = treeOf([
      { type: 'TaskStateEntered', details: { name: 'Fetch' } },
      { type: 'TaskScheduled' },
      { type: 'TaskFailed', details: failure },
      { type: 'ExecutionAborted', details: { error: 'Interrupted', cause: 'stopped with Ctrl-C' } },
    ]);

    expect(outline(tree.states)).toBe('Fetch ABORTED');
    expect(failurePointIn(tree)?.failure).toEqual({ error: 'Interrupted', cause: 'stopped with Ctrl-C' });
  });

  it('opens a failed state again when the execution is redriven', () => {
    const { tree } = treeOf([
      { type: 'TaskStateEntered', details: { name: 'Fetch' } },
      { type: 'TaskScheduled' },
      { type: 'TaskFailed', details: failure },
      { type: 'ExecutionFailed', details: failure },
      { type: 'ExecutionRedriven', details: { redriveCount: 1 } },
      { type: 'TaskScheduled' },
      { type: 'TaskSucceeded', details: { output: '1' } },
      { type: 'TaskStateExited', details: { name: 'Fetch' } },
      { type: 'ExecutionSucceeded' },
    ]);

    expect(outline(tree.states)).toBe('Fetch SUCCEEDED');
    expect(tree).not.toHaveProperty('failure');
  });
});

describe('branches and iterations', () => {
  it('puts what runs at the same time into its own branch', () => {
    const { tree } = treeOf([
      { type: 'ParallelStateEntered', details: { name: 'Both' } },
      { type: 'ParallelStateStarted' },
      { type: 'PassStateEntered', details: { name: 'Left' }, follows: 3 },
      { type: 'PassStateEntered', details: { name: 'Right' }, follows: 3 },
      { type: 'PassStateExited', details: { name: 'Left' }, follows: 4 },
      { type: 'PassStateExited', details: { name: 'Right' }, follows: 5 },
      { type: 'ParallelStateSucceeded', follows: 7 },
      { type: 'ParallelStateExited', details: { name: 'Both' } },
      { type: 'PassStateEntered', details: { name: 'After' } },
    ]);

    expect(outline(tree.states)).toBe('Both SUCCEEDED (Left SUCCEEDED, Right SUCCEEDED), After RUNNING');
  });

  it('counts the iterations of a Map and knows which one a state belongs to', () => {
    const { tree } = treeOf([
      { type: 'MapStateEntered', details: { name: 'Each' } },
      { type: 'MapStateStarted', details: { length: 3 } },
      { type: 'MapIterationStarted', details: { name: 'Each', index: 0 }, follows: 3 },
      { type: 'MapIterationStarted', details: { name: 'Each', index: 1 }, follows: 3 },
      { type: 'PassStateEntered', details: { name: 'Do' }, follows: 5 },
      { type: 'PassStateEntered', details: { name: 'Do' }, follows: 4 },
      { type: 'PassStateExited', details: { name: 'Do' }, follows: 6 },
      { type: 'MapIterationSucceeded', details: { name: 'Each', index: 1 } },
    ]);

    const [each] = tree.states;
    expect(each?.iterations).toEqual({ total: 3, started: 2, succeeded: 1, failed: 0 });
    expect(each?.inner.map(({ iteration, status }) => [iteration, status])).toEqual([
      [1, 'SUCCEEDED'],
      [0, 'RUNNING'],
    ]);
  });

  it('finds the Map that a nested Map belongs to', () => {
    const { tree } = treeOf([
      { type: 'MapStateEntered', details: { name: 'Outer' } },
      { type: 'MapStateStarted', details: { length: 1 } },
      { type: 'MapIterationStarted', details: { name: 'Outer', index: 0 } },
      { type: 'MapStateEntered', details: { name: 'Inner' } },
      { type: 'MapStateStarted', details: { length: 1 } },
      { type: 'MapIterationStarted', details: { name: 'Inner', index: 0 } },
      { type: 'PassStateEntered', details: { name: 'Do' } },
      { type: 'PassStateExited', details: { name: 'Do' } },
      { type: 'MapIterationSucceeded', details: { name: 'Inner', index: 0 } },
      { type: 'MapStateSucceeded' },
      { type: 'MapStateExited', details: { name: 'Inner' } },
      { type: 'MapIterationSucceeded', details: { name: 'Outer', index: 0 } },
      { type: 'MapStateSucceeded' },
      { type: 'MapStateExited', details: { name: 'Outer' } },
    ]);

    expect(outline(tree.states)).toBe('Outer SUCCEEDED (Inner SUCCEEDED (Do SUCCEEDED))');
  });

  it('knows the Map Run of a distributed Map, and keeps the reason why it failed', () => {
    const tooMany = { error: 'States.ExceedToleratedFailureThreshold', cause: 'too many failed' };
    const { tree } = treeOf([
      { type: 'MapStateEntered', details: { name: 'Each' } },
      { type: 'MapStateStarted', details: { length: 3 } },
      { type: 'MapRunStarted', details: { mapRunArn: 'run-1' } },
      { type: 'MapRunFailed', details: tooMany },
      { type: 'MapStateFailed' },
      { type: 'ExecutionFailed', details: tooMany },
    ]);

    expect(tree.states).toMatchObject([{ status: 'FAILED', mapRunArns: ['run-1'], failure: tooMany }]);
  });

  it('goes on with a Map Run that is redriven', () => {
    const { tree } = treeOf([
      { type: 'MapStateEntered', details: { name: 'Each' }, follows: 0 },
      { type: 'MapStateStarted', details: { length: 3 } },
      { type: 'MapRunStarted', details: { mapRunArn: 'run-1' } },
      { type: 'ExecutionAborted', follows: 0 },
      { type: 'ExecutionRedriven' },
      { type: 'MapRunRedriven', details: { mapRunArn: 'run-1', redriveCount: 1 } },
      { type: 'MapRunSucceeded' },
      { type: 'MapStateSucceeded' },
      { type: 'MapStateExited', details: { name: 'Each' }, follows: 7 },
      { type: 'ExecutionSucceeded' },
    ]);

    expect(tree.states).toMatchObject([{ name: 'Each', status: 'SUCCEEDED', mapRunArns: ['run-1'] }]);
  });
});
