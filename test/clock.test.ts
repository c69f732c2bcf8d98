import { expect, it } from 'vitest';
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
