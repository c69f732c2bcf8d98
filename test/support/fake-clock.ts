import type { Clock } from '../../lib/clock.ts';

/** A clock that stands still until the test moves it; see {@link fakeClock}. */
export interface FakeClock extends Clock {
  /**
   * Moves time on, waking sleepers in the order of their time and letting what they started settle in between; those
   * that wake at the same moment wake together.
   */
  advance(durationMs: number): Promise<void>;
  /** Keeps auto-advance from jumping while `work` is under way (a request, a native call): it is not idleness. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Every duration that was asked of `sleep`, in order, in milliseconds. */
  readonly slept: readonly number[];
  /** How many sleep at this moment. */
  readonly sleeperCount: number;
}

export interface FakeClockOptions {
  /** ISO 8601, UTC. @default '2026-01-01T00:00:00.000Z' */
  readonly startsAt?: string;
  /** Time jumps to the next sleeper whenever nothing else is going on. @default false */
  readonly autoAdvance?: boolean;
  /** What `chance` answers. @default () => 0.5 */
  readonly chance?: () => number;
}

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/**
 * A virtual clock: time passes by `advance`, or by itself (`autoAdvance`) as soon as everything waits for it.
 *
 * Auto-advance sees pending file system and connection requests; whatever else takes real time (an HTTP answer,
 * DuckDB) must be announced with `during`, or a timeout may fire at once.
 */
export function fakeClock(options: FakeClockOptions = {}): FakeClock {
  const sleepers = new Set<Sleeper>();
  const slept: number[] = [];
  let now = Date.parse(options.startsAt ?? '2026-01-01T00:00:00.000Z');
  let changes = 0;
  let held = 0;
  let isJumping = false;

  const sleep = (durationMs: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      slept.push(durationMs);
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper: Sleeper = { wakesAt: now + Math.max(0, durationMs), wake };
      signal?.addEventListener('abort', abort, { once: true });
      sleepers.add(sleeper);
      changes += 1;
      if (options.autoAdvance && !isJumping) void jumpWhileIdle();
    });

  const wakeNext = (latest: number): boolean => {
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) if (!next || sleeper.wakesAt < next.wakesAt) next = sleeper;
    if (!next || next.wakesAt > latest) return false;
    const { wakesAt } = next;
    now = Math.max(now, wakesAt);
    changes += 1;
    for (const sleeper of [...sleepers]) if (sleeper.wakesAt <= wakesAt) sleeper.wake();
    return true;
  };

  const jumpWhileIdle = async () => {
    isJumping = true;
    while (sleepers.size > 0) {
      const before = changes;
      await settle();
      if (before === changes && held === 0 && !isWaitingForMachine()) wakeNext(Number.POSITIVE_INFINITY);
    }
    isJumping = false;
  };

  return {
    now: () => now,
    sleep,
    chance: options.chance ?? (() => 0.5),
    slept,
    get sleeperCount() {
      return sleepers.size;
    },
    async advance(durationMs) {
      const target = now + durationMs;
      await settle();
      while (wakeNext(target)) await settle();
      now = target;
      await settle();
    },
    async during(work) {
      held += 1;
      try {
        return await work;
      } finally {
        held -= 1;
        changes += 1;
      }
    },
  };
}

const machineRequests = new Set(['FSReqPromise', 'FSReqCallback', 'TCPConnectWrap', 'WriteWrap', 'GetAddrInfoReqWrap']);

function isWaitingForMachine(): boolean {
  return process.getActiveResourcesInfo().some((resource) => machineRequests.has(resource));
}

/** A few turns of the event loop: enough for promise chains and file system answers to come through. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
