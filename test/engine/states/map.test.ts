import { expect, test } from 'vitest';
import { TaskFailed } from '../../../lib/engine/task-failure.ts';
import type { Json } from '../../../lib/json.ts';
import { runMachine, summary } from '../../support/run-machine.ts';

const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:f';

const map = (fields: object = {}, states?: object) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Work',
        States: states ?? { Work: { Type: 'Task', Resource, End: true } },
      },
      End: true,
      ...fields,
    },
  },
});

/** Tracks how many calls run at the same time. */
function counting() {
  const counts = { running: 0, most: 0 };
  const invoke = async ({ payload }: { payload: Json }) => {
    counts.running += 1;
    counts.most = Math.max(counts.most, counts.running);
    await new Promise((resolve) => setImmediate(resolve));
    counts.running -= 1;
    return payload;
  };
  return { counts, invoke };
}

test.each([
  { name: 'as many as allowed', MaxConcurrency: 3, most: 3 },
  { name: '40 when nothing is said', MaxConcurrency: 0, most: 40 },
  { name: '40 when more is allowed', MaxConcurrency: 100, most: 40 },
])('runs $name at the same time, and keeps the order of the items', async ({ MaxConcurrency, most }) => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const { counts, invoke } = counting();

  const { end } = await runMachine({ definition: map({ MaxConcurrency }), input: items, invoke });

  expect(end).toEqual({ status: 'SUCCEEDED', output: items });
  expect(counts.most).toBe(most);
});

test('gives each iteration its place and item', async () => {
  const { end } = await runMachine({
    definition: map({
      ItemsPath: '$.all',
      ItemSelector: { 'at.$': '$$.Map.Item.Index', 'item.$': '$$.Map.Item.Value', 'of.$': '$.name' },
    }),
    input: { name: 'list', all: ['a', 'b'] },
  });

  expect(end).toEqual({
    status: 'SUCCEEDED',
    output: [
      { at: 0, item: 'a', of: 'list' },
      { at: 1, item: 'b', of: 'list' },
    ],
  });
});

test('fails with its first failed iteration and aborts the others', async () => {
  const { end, events } = await runMachine({
    definition: map({ MaxConcurrency: 2 }),
    input: ['good', 'bad', 'never'],
    invoke: async ({ payload }) => {
      if (payload === 'bad') throw new TaskFailed({ error: 'Bad' });
      return new Promise(() => undefined);
    },
  });

  expect(end).toEqual({ status: 'FAILED', error: 'Bad' });
  expect(summary(events).slice(-6)).toEqual([
    'MapIterationFailed Each 1',
    'TaskStateAborted',
    'MapIterationAborted Each 0',
    'TaskStateAborted',
    'MapStateFailed',
    'ExecutionFailed',
  ]);
});

test('runs all iterations again when it is retried', async () => {
  let callCount = 0;

  const { end } = await runMachine({
    definition: map({ MaxConcurrency: 1, Retry: [{ ErrorEquals: ['Bad'], MaxAttempts: 1 }] }),
    input: ['a', 'b'],
    invoke: async ({ payload }) => {
      callCount += 1;
      if (callCount === 2) throw new TaskFailed({ error: 'Bad' });
      return payload;
    },
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: ['a', 'b'] });
  expect(callCount).toBe(4);
});

test('lets iterations see the variables around them, and keeps theirs to themselves', async () => {
  const { end } = await runMachine({
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { rate: 10 }, Next: 'Each' },
        Each: {
          Type: 'Map',
          Items: [1, 2],
          ItemProcessor: {
            StartAt: 'Multiply',
            States: {
              Multiply: { Type: 'Pass', Assign: { own: '{% $rate * $states.input %}' }, Next: 'Give' },
              Give: { Type: 'Pass', Output: '{% $own %}', End: true },
            },
          },
          Next: 'After',
        },
        After: { Type: 'Pass', Output: { own: '{% $exists($own) %}', results: '{% $states.input %}' }, End: true },
      },
    },
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: { own: false, results: [10, 20] } });
});

test('has nothing to do for no items', async () => {
  const { end, events } = await runMachine({ definition: map(), input: [] });

  expect(end).toEqual({ status: 'SUCCEEDED', output: [] });
  expect(summary(events)).toEqual([
    'ExecutionStarted',
    'MapStateEntered Each',
    'MapStateStarted',
    'MapStateSucceeded',
    'MapStateExited Each',
    'ExecutionSucceeded',
  ]);
});

test('takes twice the time for twice the items, not more', async () => {
  const definition = map({}, { Work: { Type: 'Pass', End: true } });
  const eventsOf = async (count: number) =>
    (await runMachine({ definition, input: Array.from({ length: count }, (_, n) => n) })).events.length;

  expect(await eventsOf(2_000)).toBe(2 * (await eventsOf(1_000)) - 6);
});
