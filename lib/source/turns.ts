import type { Clock } from '../clock.ts';

/** Runs calls so that each begins at least a pause after the one before has begun and after the last has ended. */
export type Turns = <T>(call: () => Promise<T>) => Promise<T>;

/** Turns for one source; calls that come at the same time queue in their order. */
export function takeTurns({ clock, signal }: { clock: Clock; signal: AbortSignal }, pauseMs: number): Turns {
  let nextStartMs = 0;
  return async (call) => {
    const startMs = Math.max(clock.now(), nextStartMs);
    nextStartMs = startMs + pauseMs;
    if (startMs > clock.now()) await clock.sleep(startMs - clock.now(), signal);
    try {
      return await call();
    } finally {
      nextStartMs = Math.max(nextStartMs, clock.now() + pauseMs);
    }
  };
}
