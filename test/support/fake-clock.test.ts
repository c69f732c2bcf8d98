import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fakeClock } from './fake-clock.ts';

test('stands still until it is advanced', async () => {
  const clock = fakeClock({ startsAt: '2026-02-03T04:05:06.000Z' });
  let isAwake = false;
  void clock.sleep(1_000).then(() => {
    isAwake = true;
  });

  await clock.advance(999);
  expect(isAwake).toBe(false);

  await clock.advance(1);
  expect(isAwake).toBe(true);
  expect(new Date(clock.now()).toISOString()).toBe('2026-02-03T04:05:07.000Z');
});

test('wakes sleepers in the order of their time, also those that fall asleep on the way', async () => {
  const clock = fakeClock();
  const woken: string[] = [];
  void clock.sleep(300).then(() => woken.push('late'));
  void clock
    .sleep(100)
    .then(() => clock.sleep(100))
    .then(() => woken.push('twice'));

  await clock.advance(1_000);

  expect(woken).toEqual(['twice', 'late']);
  expect(clock.slept).toEqual([300, 100, 100]);
});

test('jumps to the next sleeper by itself in auto-advance mode', async () => {
  const clock = fakeClock({ autoAdvance: true });
  const startedAt = clock.now();

  await clock.sleep(86_400_000);
  await readFile(import.meta.filename);
  await clock.sleep(1_000);

  expect(clock.now() - startedAt).toBe(86_401_000);
});

test('does not jump while work that was announced goes on', async () => {
  const clock = fakeClock({ autoAdvance: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  setTimeout(() => resolve('work'), 20);

  const winner = await Promise.race([clock.sleep(60_000).then(() => 'timeout'), clock.during(promise)]);

  expect(winner).toBe('work');
});

test('rejects an aborted sleep with the reason', async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const sleep = clock.sleep(1_000, stop.signal);

  stop.abort(new Error('stopped'));

  await expect(sleep).rejects.toThrow('stopped');
  expect(clock.sleeperCount).toBe(0);
});
