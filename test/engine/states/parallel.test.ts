import { expect, test } from 'vitest';
import { runMachine, summary } from '../../support/run-machine.ts';

const parallel = (branches: object[], fields: object = {}, rest: object = {}) => ({
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: branches.map((state, index) => ({ StartAt: `S${index}`, States: { [`S${index}`]: state } })),
      End: true,
      ...fields,
    },
    ...rest,
  },
});

test('gives every branch its input and collects what they give, in their order', async () => {
  const { end } = await runMachine({
    definition: parallel([
      { Type: 'Wait', Seconds: 5, End: true },
      { Type: 'Pass', Parameters: { 'got.$': '$.n' }, End: true },
    ]),
    input: { n: 1 },
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: [{ n: 1 }, { got: 1 }] });
});

test('fails with the first branch that fails and aborts the others', async () => {
  const { end, events } = await runMachine({
    definition: parallel([
      { Type: 'Wait', Seconds: 60, End: true },
      { Type: 'Fail', Error: 'Broken' },
    ]),
  });

  expect(end).toEqual({ status: 'FAILED', error: 'Broken' });
  expect(summary(events).slice(-3)).toEqual(['WaitStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
});

test('is caught as a whole', async () => {
  const { end } = await runMachine({
    definition: parallel(
      [{ Type: 'Fail', Error: 'Broken', Cause: 'why' }],
      { Catch: [{ ErrorEquals: ['Broken'], ResultPath: '$.error', Next: 'Caught' }] },
      { Caught: { Type: 'Pass', End: true } },
    ),
    input: { n: 1 },
  });

  expect(end).toEqual({ status: 'SUCCEEDED', output: { n: 1, error: { Error: 'Broken', Cause: 'why' } } });
});

test('ends the execution there and then for an error that nothing can catch', async () => {
  const { end, events } = await runMachine({
    definition: parallel(
      [
        { Type: 'Wait', Seconds: 60, End: true },
        { Type: 'Pass', Parameters: { 'a.$': '$.none' }, End: true },
      ],
      { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
      { Caught: { Type: 'Pass', End: true } },
    ),
  });

  expect(end).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(summary(events).slice(-2)).toEqual(['PassStateEntered S1', 'ExecutionFailed']);
});
