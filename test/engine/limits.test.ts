import { expect, test } from 'vitest';
import { runMachine } from '../support/run-machine.ts';

test('ends an execution with the last event its history can take', async () => {
  const { end, events } = await runMachine({
    definition: {
      StartAt: 'Ask',
      States: {
        Ask: { Type: 'Choice', Choices: [{ Variable: '$.go', BooleanEquals: true, Next: 'Again' }], Default: 'Again' },
        Again: { Type: 'Pass', Next: 'Ask' },
      },
    },
    input: { go: true },
  });

  const cause = 'The execution reached the maximum number of history events (25000).';
  expect(end).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
  expect(events).toHaveLength(25_000);
  expect(events.at(-1)).toMatchObject({ id: 25_000, type: 'ExecutionFailed' });
  expect(events.at(-2)).toMatchObject({ id: 24_999, type: expect.stringMatching(/StateE(nter|xit)ed$/) });
});

test('lets no iteration or catcher survive a full history', async () => {
  const { end, events } = await runMachine({
    maxEvents: 50,
    definition: {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
    },
    input: Array.from({ length: 30 }, (_, n) => n),
  });

  expect(end).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(events).toHaveLength(50);
});

test.each([
  { name: 'ASCII', output: 'x'.repeat(262_142), status: 'SUCCEEDED' },
  { name: 'ASCII, one character more', output: 'x'.repeat(262_143), status: 'FAILED' },
  { name: 'characters of three bytes', output: '€'.repeat(87_380), status: 'SUCCEEDED' },
  { name: 'characters of three bytes, one more', output: '€'.repeat(87_381), status: 'FAILED' },
])('counts the bytes of a payload: $name', async ({ output, status }) => {
  const { end } = await runMachine({
    definition: { StartAt: 'A', States: { A: { Type: 'Pass', Result: output, End: true } } },
  });

  expect(end.status).toBe(status);
  if (end.status !== 'SUCCEEDED') expect(end.error).toBe('States.DataLimitExceeded');
});

test('fails when a loop nests its input deeper and deeper', async () => {
  let parameters: object = { 'a.$': '$' };
  for (let level = 0; level < 900; level += 1) parameters = { a: parameters };

  const { end } = await runMachine({
    definition: {
      StartAt: 'Deeper',
      States: {
        Deeper: { Type: 'Pass', Parameters: parameters, Next: 'Again' },
        Again: { Type: 'Choice', Choices: [{ Variable: '$.a', IsPresent: true, Next: 'Deeper' }], Default: 'Done' },
        Done: { Type: 'Succeed' },
      },
    },
  });

  expect(end).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(end).toMatchObject({ cause: expect.stringContaining('A value is nested too deeply to be written as JSON.') });
});
