import { expect, test } from 'vitest';
import { fakeClock } from '../../support/fake-clock.ts';
import { runMachine } from '../../support/run-machine.ts';

const wait = (fields: object) => ({ StartAt: 'Pause', States: { Pause: { Type: 'Wait', End: true, ...fields } } });

test.each([
  { name: 'so many seconds', fields: { Seconds: 90 }, sleptMs: [90_000] },
  { name: 'as many seconds as a path says', fields: { SecondsPath: '$.seconds' }, sleptMs: [30_000] },
  { name: 'until a moment', fields: { Timestamp: '2026-01-01T00:01:00Z' }, sleptMs: [60_000] },
  { name: 'until the moment a path says', fields: { TimestampPath: '$.until' }, sleptMs: [3_600_000] },
  { name: 'not at all for a moment that has passed', fields: { Timestamp: '2025-01-01T00:00:00Z' }, sleptMs: [] },
  {
    name: 'as long as an expression says',
    fields: { QueryLanguage: 'JSONata', Seconds: '{% $states.input.seconds * 2 %}' },
    sleptMs: [60_000],
  },
])('waits $name', async ({ fields, sleptMs }) => {
  const clock = fakeClock({ autoAdvance: true, startsAt: '2026-01-01T00:00:00.000Z' });
  const input = { seconds: 30, until: '2026-01-01T02:00:00+01:00' };

  const { end } = await runMachine({ definition: wait(fields), input, clock });

  expect(end).toEqual({ status: 'SUCCEEDED', output: input });
  expect(clock.slept).toEqual(sleptMs);
});

test.each([
  {
    name: 'a path that leads nowhere',
    fields: { SecondsPath: '$.none' },
    cause: 'The SecondsPath parameter does not reference an input value: $.none',
  },
  {
    name: 'a fraction of a second',
    fields: { SecondsPath: '$.half' },
    cause: 'The SecondsPath parameter cannot be parsed as a long value: $.half == 0.5',
  },
  {
    name: 'seconds below zero',
    fields: { SecondsPath: '$.less' },
    cause: 'The SecondsPath parameter references a negative value: $.less == -1',
  },
  {
    name: 'a moment without an offset',
    fields: { TimestampPath: '$.local' },
    cause:
      'The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.local == 2026-01-01T00:00:00',
  },
  { name: 'a moment too far away', fields: { TimestampPath: '$.far' }, cause: 'Wait state delay is too long.' },
])('fails on $name', async ({ fields, cause }) => {
  const input = { half: 0.5, less: -1, local: '2026-01-01T00:00:00', far: '2126-01-01T00:00:00Z' };

  const { end } = await runMachine({ definition: wait(fields), input });

  expect(end).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: `An error occurred while executing the state 'Pause' (entered at the event id #2). ${cause}`,
  });
});
