import { describe, expect, it } from 'vitest';
import { turnsInStore } from '../../lib/source/turns-in-store.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';

/** Executions that know nothing of each other but the store. */
function executions(count: number, { callsPerDay = 450, startsAt = '2026-01-01T00:00:00.000Z' } = {}) {
  const clock = fakeClock({ autoAdvance: true, startsAt });
  const artifacts = memoryStore(clock);
  const { signal } = new AbortController();
  const options = { name: 'the archive', key: 'state/archive/turns.json', pauseMs: 12_500, callsPerDay };
  const turns = Array.from({ length: count }, () => turnsInStore({ clock, signal, artifacts }, options));
  return { clock, turns };
}

describe('turnsInStore', () => {
  it('keeps calls of several executions apart', async () => {
    const { clock, turns } = executions(5);
    const starts: number[] = [];

    await Promise.all(turns.map((turn) => turn(async () => starts.push(clock.now()))));

    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(gaps).toHaveLength(4);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(12_500);
  });

  it('refuses the call after the last that a day allows, and takes it on the next day', async () => {
    const { clock, turns } = executions(1, { callsPerDay: 3 });
    const [turn] = turns;
    for (let call = 0; call < 3; call += 1) await turn?.(async () => undefined);

    await expect(turn?.(async () => 'too much')).rejects.toMatchObject({
      name: 'SourceRejectedError',
      message: 'the archive was asked 3 times on 2026-01-01, which is all that a day allows; ask again after 00:00 UTC',
    });
    await clock.advance(86_400_000);

    expect(await turn?.(async () => 'tomorrow')).toBe('tomorrow');
  });
});
