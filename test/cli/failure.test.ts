import { describe, expect, it } from 'vitest';
import { failurePointIn, sentenceIn } from '../../lib/cli/failure.ts';
import type { ExecutionTree, StateVisit } from '../../lib/cli/progress/execution-tree.ts';

it.each([
  { name: 'plain text', cause: 'no rows', sentence: 'no rows' },
  {
    name: "Lambda's wrapping",
    cause: '{"errorType":"E","errorMessage":"no rows","trace":["at x"]}',
    sentence: 'no rows',
  },
  {
    name: 'the description of an execution',
    cause: '{"Name":"raw-1","Status":"FAILED","Error":"InvalidDataError","Cause":"{}"}',
    sentence: 'execution raw-1 is FAILED, InvalidDataError',
  },
  { name: 'JSON of another shape', cause: '{"a":1}', sentence: '{"a":1}' },
  { name: 'JSON that was cut off', cause: '{"errorMessage":"no ro', sentence: '{"errorMessage":"no ro' },
])('reads $name', ({ cause, sentence }) => {
  expect(sentenceIn(cause)).toBe(sentence);
});

function aVisit(name: string, changes: Partial<StateVisit> = {}): StateVisit {
  return {
    name,
    type: 'Task',
    status: 'FAILED',
    enteredAt: '',
    attempts: 1,
    inner: [],
    outputs: [],
    mapRunArns: [],
    ...changes,
  };
}

function aTree(executionName: string, changes: Partial<ExecutionTree>): ExecutionTree {
  return { executionArn: '', executionName, flowName: 'flow', status: 'FAILED', states: [], ...changes };
}

const invalid = { error: 'InvalidDataError', cause: 'no rows' };
const stopped = { error: 'Interrupted', cause: 'stopped with Ctrl-C' };

describe('where an execution failed', () => {
  it.each([
    { name: 'succeeded', tree: aTree('one', { status: 'SUCCEEDED' }), point: undefined },
    { name: 'still runs', tree: aTree('one', { status: 'RUNNING' }), point: undefined },
    {
      name: 'failed before its first state',
      tree: aTree('one', { failure: invalid }),
      point: { executionName: 'one', flowName: 'flow', failure: invalid },
    },
    {
      name: 'failed in an iteration',
      tree: aTree('one', {
        states: [aVisit('Each', { inner: [aVisit('Fetch', { iteration: 3, failure: invalid })] })],
      }),
      point: { executionName: 'one', flowName: 'flow', stateName: 'Fetch', iteration: 3, failure: invalid },
    },
    {
      name: 'was stopped together with the execution it started',
      tree: aTree('one', {
        status: 'ABORTED',
        failure: stopped,
        states: [
          aVisit('Start', {
            status: 'ABORTED',
            child: aTree('two', {
              status: 'ABORTED',
              states: [aVisit('Fetch', { status: 'ABORTED', failure: invalid })],
            }),
          }),
        ],
      }),
      point: { executionName: 'two', flowName: 'flow', stateName: 'Fetch', failure: stopped },
    },
  ])('is known of one that $name', ({ tree, point }) => {
    expect(failurePointIn(tree)).toEqual(point);
  });
});
