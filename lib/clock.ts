/** Time and chance, handed in so that tests own both. The only file that reads the real ones. */
export interface Clock {
  /** Milliseconds since the epoch (UTC). */
  now(): number;
  /** Resolves after `durationMs` milliseconds; rejects with the signal's reason when aborted first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), for jitter and generated names. */
  chance(): number;
}

/** The machine's own time and randomness. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, durationMs);
      signal?.addEventListener('abort', abort, { once: true });
    }),
  chance: () => Math.random(),
};
