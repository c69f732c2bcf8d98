import { expect, it } from 'vitest';
import { takeTurns } from '../../lib/source/turns.ts';
import { fakeClock } from '../support/fake-clock.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

/** Starts of calls in milliseconds, when each call takes as long as given. */
async function startsOf(durationsMs: readonly number[], pauseMs: number): Promise<number[]> {
  const clock = fakeClock({ autoAdvance: true });
  const takeTurn = takeTurns({ clock, signal: new AbortController().signal }, pauseMs);
  const starts: number[] = [];
  for (const durationMs of durationsMs) {
    const call = takeTurn(async () => {
      starts.push(clock.now() - start);
      await clock.sleep(durationMs);
      if (durationMs === 700) throw new Error('failed');
    });
    await call.catch(() => undefined);
  }
  return starts;
}

it.each([
  { name: 'after the start of a short call', durationsMs: [0, 0, 0], starts: [0, 500, 1000] },
  { name: 'after the end of a long one', durationsMs: [2000, 0], starts: [0, 2500] },
  { name: 'after the end of one that fails', durationsMs: [700, 0], starts: [0, 1200] },
])('pauses $name', async ({ durationsMs, starts }) => {
  expect(await startsOf(durationsMs, 500)).toEqual(starts);
});

it('does not start a call whose signal aborts while it waits for its turn', async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const takeTurn = takeTurns({ clock, signal: stop.signal }, 500);
  const calls: number[] = [];
  await takeTurn(async () => calls.push(1));

  const second = takeTurn(async () => calls.push(2));
  stop.abort(new Error('stopped by hand'));

  await expect(second).rejects.toThrow('stopped by hand');
  expect(calls).toEqual([1]);
});
