import { expect, test } from 'vitest';
import { type EventBounds, eventBounds } from '../../lib/asl/event-bounds.ts';
import { parse } from '../../lib/asl/parse.ts';
import { runMachine } from '../support/run-machine.ts';

const pass = { Type: 'Pass', End: true };
const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'f' } };

function inlineMap(processor: object, fields: object = {}): object {
  return { Type: 'Map', ItemProcessor: { StartAt: 'Item', States: { Item: processor } }, End: true, ...fields };
}

function bounds(states: Record<string, object>): EventBounds {
  return eventBounds(parse(JSON.stringify({ StartAt: Object.keys(states)[0], States: states })));
}

test.each<{ name: string; states: Record<string, object>; input?: object }>([
  { name: 'a Pass', states: { A: pass } },
  { name: 'a Succeed', states: { A: { Type: 'Succeed' } } },
  { name: 'a Fail', states: { A: { Type: 'Fail' } } },
  { name: 'a Wait', states: { A: { Type: 'Wait', Seconds: 1, End: true } } },
  {
    name: 'a Choice',
    states: { A: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'B' }], Default: 'B' }, B: pass },
  },
  { name: 'a Task', states: { A: { ...task, End: true } } },
  {
    name: 'a Task that is a function',
    states: { A: { ...task, Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true } },
  },
  {
    name: 'a Parallel',
    states: {
      A: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'B', States: { B: pass } },
          { StartAt: 'C', States: { C: { ...task, End: true } } },
        ],
        End: true,
      },
    },
  },
  {
    name: 'a distributed Map',
    states: {
      A: inlineMap(pass, {
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Item',
          States: { Item: pass },
        },
      }),
    },
    input: [1, 2, 3],
  },
])('counts as many events for $name as an execution has', async ({ states, input = {} }) => {
  const { events } = await runMachine({
    definition: { StartAt: 'A', States: states },
    input: JSON.parse(JSON.stringify(input)),
  });

  expect(bounds(states)).toEqual({ fixed: events.length, maps: [], loops: [] });
});

test('counts what each iteration of an inline Map adds, nested Maps apart', async () => {
  const states = {
    Each: inlineMap(
      inlineMap(
        { ...task, End: true },
        { MaxConcurrency: 50, ItemProcessor: { StartAt: 'Deep', States: { Deep: { ...task, End: true } } } },
      ),
    ),
  };
  const { events } = await runMachine({ definition: { StartAt: 'Each', States: states }, input: [[1, 2], [3]] });

  const { fixed, maps } = bounds(states);

  expect(maps).toEqual([
    { stateName: 'Each', perIteration: 6 },
    { stateName: 'Item', perIteration: 7, maxConcurrency: 50 },
  ]);
  expect(events).toHaveLength(fixed + 2 * 6 + 3 * 7);
});

test('knows how many items are written out', () => {
  const { maps } = bounds({ Each: inlineMap(pass, { QueryLanguage: 'JSONata', Items: [1, 2, 3] }) });

  expect(maps).toEqual([{ stateName: 'Each', perIteration: 4, itemCount: 3 }]);
});

test('names the states that lead back to themselves, and no others', () => {
  const { loops } = bounds({
    Start: { ...pass, End: undefined, Next: 'Poll' },
    Poll: { ...task, Next: 'IsReady', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] },
    IsReady: {
      Type: 'Choice',
      Choices: [{ Variable: '$.ready', BooleanEquals: true, Next: 'Done' }],
      Default: 'Pause',
    },
    Pause: { Type: 'Wait', Seconds: 60, Next: 'Poll' },
    Done: pass,
  });

  expect(loops).toEqual([{ stateNames: ['Poll', 'IsReady', 'Pause'], perRound: 9 }]);
});
