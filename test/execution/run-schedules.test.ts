import { afterEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { SourceUnavailableError, UsageError } from '../../lib/errors.ts';
import { type Fired, runSchedules } from '../../lib/execution/run-schedules.ts';
import type { FlowDefinition } from '../../lib/flow/check-flow.ts';
import { defineFlow, type FlowManifest } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';
import { aService, passing } from '../engine/service/a-service.ts';
import { fakeClock } from '../support/fake-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A flow that waits for some seconds. */
function waitingFlow(seconds: number, manifest: Partial<FlowManifest>): FlowDefinition {
  const flow = defineFlow({
    name: 'prices',
    description: 'for tests',
    group: 'test-group',
    input: z.object({}).loose(),
    ...manifest,
  });
  const wait = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: seconds, End: true } } };
  return { flow, aslText: seconds === 0 ? passing : JSON.stringify(wait) };
}

const running: AbortController[] = [];

afterEach(() => {
  for (const one of running.splice(0)) one.abort();
});

/** Schedules of these flows, running since 2026-01-01T00:00:00Z; `lines` says what happened. */
async function serving(
  flows: readonly FlowDefinition[],
  beforeStart: (flow: object) => Promise<void> = async () => {},
) {
  const clock = fakeClock();
  const { executions } = await aService({ clock, flows });
  const ending = new AbortController();
  running.push(ending);
  const fired: Fired[] = [];
  const over = runSchedules({
    flows: flows.map(({ flow }) => flow),
    executions,
    clock,
    signal: ending.signal,
    beforeStart,
    onFire: (one) => fired.push(one),
  });
  const lines = () =>
    fired.map(({ dueAt, outcome, executionName, reason }) => {
      return `${dueAt.toISOString().slice(5, 16)} ${outcome} ${executionName ?? reason}`;
    });
  return { clock, executions, ending, over, lines };
}

const quarterHourly = cron('0/15 * * * ? *', { input: { from: 'schedule' } });

describe('schedules', () => {
  test('start their flow with their input, named after the time', async () => {
    const { clock, executions, lines } = await serving([waitingFlow(0, { schedules: [quarterHourly] })]);

    await clock.advance(30 * minuteMs);

    expect(lines()).toEqual(['01-01T00:15 started prices-20260101T0015Z', '01-01T00:30 started prices-20260101T0030Z']);
    expect(await executions.describe('prices-20260101T0015Z')).toMatchObject({
      status: 'SUCCEEDED',
      input: { from: 'schedule' },
      startDate: '2026-01-01T00:15:00.000Z',
    });
  });

  test('fire after months, longer than any timer runs', async () => {
    const { clock, lines } = await serving([waitingFlow(0, { schedules: [cron('0 0 1 3 ? *')] })]);

    await clock.advance(59 * 24 * hourMs);

    expect(lines()).toEqual(['03-01T00:00 started prices-20260301T0000Z']);
  });

  test('of one flow keep apart what they start at the same time', async () => {
    const schedules = [cron('0 6 * * ? *', { input: { a: 1 } }), cron('0 6 * * ? *', { input: { a: 2 } })];
    const { clock, lines } = await serving([waitingFlow(0, { schedules })]);

    await clock.advance(6 * hourMs);

    expect(lines()).toEqual([
      '01-01T06:00 started prices-20260101T0600Z',
      '01-01T06:00 started prices-20260101T0600Z-2',
    ]);
  });

  test('follow the clocks of their time zone', async () => {
    const schedules = [cron('0 6 * * ? *', { timeZone: 'Europe/Zurich' })];
    const { clock, lines } = await serving([waitingFlow(0, { schedules })]);

    await clock.advance(24 * hourMs);

    expect(lines()).toEqual(['01-01T05:00 started prices-20260101T0500Z']);
  });

  test('are not made up for when the machine slept', async () => {
    const clock = fakeClock();
    const flow = waitingFlow(0, { schedules: [quarterHourly] });
    const { executions } = await aService({ clock, flows: [flow] });
    let skippedMs = 0;
    const sleepy = { ...clock, now: () => clock.now() + skippedMs };
    const fired: Fired[] = [];
    const ending = new AbortController();
    running.push(ending);
    void runSchedules({
      flows: [flow.flow],
      executions,
      clock: sleepy,
      signal: ending.signal,
      beforeStart: async () => {},
      onFire: (one) => fired.push(one),
    });

    skippedMs = 10 * hourMs;
    await clock.advance(30 * minuteMs);

    expect(fired.map(({ dueAt }) => dueAt.toISOString().slice(11, 16))).toEqual(['00:15', '10:30']);
  });

  test('end when the signal aborts, also while they wait', async () => {
    const { clock, ending, over, lines } = await serving([waitingFlow(0, { schedules: [quarterHourly] })]);

    ending.abort();
    await over;
    await clock.advance(hourMs);

    expect(lines()).toEqual([]);
  });

  test.each([
    { name: 'must not be started', error: new UsageError("missing secret 'PRICE_API_KEY'") },
    { name: 'cannot be started, for now', error: new SourceUnavailableError("missing secret 'PRICE_API_KEY'") },
  ])('say why a flow $name, and try again the next time', async ({ error }) => {
    let isSet = false;
    const { clock, lines } = await serving([waitingFlow(0, { schedules: [quarterHourly] })], async () => {
      if (!isSet) throw error;
    });

    await clock.advance(15 * minuteMs);
    isSet = true;
    await clock.advance(15 * minuteMs);

    expect(lines()).toEqual([
      "01-01T00:15 refused missing secret 'PRICE_API_KEY'",
      '01-01T00:30 started prices-20260101T0030Z',
    ]);
  });
});

test('a bug ends them with its own error', async () => {
  const { clock, over } = await serving([waitingFlow(0, { schedules: [quarterHourly] })], async () => {
    throw new TypeError('undefined is not a function');
  });
  const ending = expect(over).rejects.toThrow('undefined is not a function');

  await clock.advance(15 * minuteMs);

  await ending;
});

describe('a flow that still runs when it is due', () => {
  const twentyMinutes = 20 * 60;

  test('is skipped by default', async () => {
    const { clock, lines } = await serving([waitingFlow(twentyMinutes, { schedules: [quarterHourly] })]);

    await clock.advance(45 * minuteMs);

    expect(lines()).toEqual([
      '01-01T00:15 started prices-20260101T0015Z',
      '01-01T00:30 skipped prices-20260101T0015Z',
      '01-01T00:45 started prices-20260101T0045Z',
    ]);
  });

  test('is started beside the other where its manifest allows it', async () => {
    const manifest = { schedules: [quarterHourly], overlap: 'allow' as const };
    const { clock, lines } = await serving([waitingFlow(twentyMinutes, manifest)]);

    await clock.advance(30 * minuteMs);

    expect(lines()).toEqual(['01-01T00:15 started prices-20260101T0015Z', '01-01T00:30 started prices-20260101T0030Z']);
  });

  test('waits for its turn where its manifest says so', async () => {
    const manifest = { schedules: [quarterHourly], overlap: 'queue' as const };
    const { clock, executions, lines } = await serving([waitingFlow(twentyMinutes, manifest)]);

    await clock.advance(34 * minuteMs);
    const before = lines();
    await clock.advance(2 * minuteMs);

    expect(before).toEqual(['01-01T00:15 started prices-20260101T0015Z']);
    expect(lines()).toEqual([...before, '01-01T00:30 started prices-20260101T0030Z']);
    expect(await executions.describe('prices-20260101T0030Z')).toMatchObject({ startDate: '2026-01-01T00:35:00.000Z' });
  });
});

describe('events', () => {
  test('start the flows that wait for the artifact, as their overlap says', async () => {
    const clock = fakeClock();
    const flows = [waitingFlow(60, { startsOn: ['plums'] })];
    const { executions } = await aService({ clock, flows });
    const ending = new AbortController();
    running.push(ending);
    const fired: Fired[] = [];
    const listeners = new Set<(artifactName: string) => void>();
    const publish = (artifactName: string) => {
      for (const listener of listeners) listener(artifactName);
    };
    const over = runSchedules({
      flows: flows.map(({ flow }) => flow),
      executions,
      clock,
      signal: ending.signal,
      beforeStart: async () => {},
      onFire: (one) => fired.push(one),
      onPublished: (listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
    });

    publish('pears');
    publish('plums');
    await clock.advance(1_000);
    publish('plums');
    await clock.advance(1_000);
    ending.abort();
    await over;

    expect(fired.map(({ outcome, executionName }) => `${outcome} ${executionName}`)).toEqual([
      'started prices-20260101T0000Z',
      'skipped prices-20260101T0000Z',
    ]);
    expect(listeners.size).toBe(0);
  });
});
