import { describe, expect, test } from 'vitest';
import type { Retrier } from '../../lib/asl/types.ts';
import type { Failure } from '../../lib/engine/failure.ts';
import { catcherFor, nextRetrySeconds } from '../../lib/engine/retry.ts';

const retrier = (overrides: Partial<Retrier>): Retrier => ({
  errorEquals: ['States.ALL'],
  intervalSeconds: 1,
  maxAttempts: 3,
  backoffRate: 2,
  jitter: 'NONE',
  ...overrides,
});

function pauses(retriers: readonly Retrier[], failure: Failure, chance = 0.5): number[] {
  const state = { counts: new Map(), chance: () => chance };
  const seconds: number[] = [];
  for (let pause = next(); pause !== undefined; pause = next()) seconds.push(pause);
  return seconds;

  function next(): number | undefined {
    return nextRetrySeconds(retriers, failure, state);
  }
}

describe('the pauses between attempts', () => {
  test.each([
    { name: 'double by default', retriers: [retrier({})], expected: [1, 2, 4] },
    { name: 'stay the same at rate 1', retriers: [retrier({ backoffRate: 1 })], expected: [1, 1, 1] },
    { name: 'stop growing at the maximum', retriers: [retrier({ maxDelaySeconds: 3 })], expected: [1, 2, 3] },
    { name: 'are random up to the full pause', retriers: [retrier({ jitter: 'FULL' })], expected: [0.5, 1, 2] },
    { name: 'are none without attempts', retriers: [retrier({ maxAttempts: 0 })], expected: [] },
    {
      name: 'come from the first retrier that matches, and from no other',
      retriers: [
        retrier({ errorEquals: ['Other'] }),
        retrier({ errorEquals: ['Broken'], maxAttempts: 1, intervalSeconds: 9 }),
        retrier({}),
      ],
      expected: [9],
    },
  ])('$name', ({ retriers, expected }) => {
    expect(pauses(retriers, { error: 'Broken' })).toEqual(expected);
  });
});

describe('an error name', () => {
  test.each([
    { name: 'is matched by itself', errorEquals: 'Broken', failure: { error: 'Broken' }, isCaught: true },
    { name: 'is matched by States.ALL', errorEquals: 'States.ALL', failure: { error: 'Broken' }, isCaught: true },
    {
      name: 'is matched by States.TaskFailed',
      errorEquals: 'States.TaskFailed',
      failure: { error: 'Broken' },
      isCaught: true,
    },
    { name: 'is not matched by another', errorEquals: 'Other', failure: { error: 'Broken' }, isCaught: false },
    {
      name: 'of a timeout is not a failed task',
      errorEquals: 'States.TaskFailed',
      failure: { error: 'States.Timeout' },
      isCaught: false,
    },
    {
      name: 'of a missed heartbeat is a timeout',
      errorEquals: 'States.Timeout',
      failure: { error: 'States.Timeout', isHeartbeat: true as const },
      isCaught: true,
    },
    {
      name: 'of a missed heartbeat has its own name too',
      errorEquals: 'States.HeartbeatTimeout',
      failure: { error: 'States.Timeout', isHeartbeat: true as const },
      isCaught: true,
    },
    {
      name: 'of an ordinary timeout is no missed heartbeat',
      errorEquals: 'States.HeartbeatTimeout',
      failure: { error: 'States.Timeout' },
      isCaught: false,
    },
    {
      name: 'States.Runtime is matched by nothing',
      errorEquals: 'States.ALL',
      failure: { error: 'States.Runtime' },
      isCaught: false,
    },
    { name: 'that is absent is matched by States.ALL', errorEquals: 'States.ALL', failure: {}, isCaught: true },
  ])('$name', ({ errorEquals, failure, isCaught }) => {
    const catcher = { errorEquals: [errorEquals], next: 'Next', finish: () => ({ output: null }) };

    expect(catcherFor([catcher], failure)).toBe(isCaught ? catcher : undefined);
  });
});
