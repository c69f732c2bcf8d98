import { expect, it, vi } from 'vitest';
import { systemClock } from '../lib/clock.ts';

it('wakes at once from a sleep that is aborted, with the reason given', async () => {
  const stop = new AbortController();
  const sleep = systemClock.sleep(60_000, stop.signal);

  stop.abort(new Error('stopped by hand'));

  await expect(sleep).rejects.toThrow('stopped by hand');
});

it('does not start a sleep that was aborted before', async () => {
  await expect(systemClock.sleep(60_000, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
});

it('sleeps longer than a timer of Node can', async () => {
  vi.useFakeTimers();
  const monthMs = 30 * 86_400_000;
  let isAwake = false;
  const sleep = systemClock.sleep(monthMs).then(() => {
    isAwake = true;
  });

  await vi.advanceTimersByTimeAsync(monthMs - 1);
  const wasAwakeBefore = isAwake;
  await vi.advanceTimersByTimeAsync(1);
  await sleep;
  vi.useRealTimers();

  expect(wasAwakeBefore).toBe(false);
});
