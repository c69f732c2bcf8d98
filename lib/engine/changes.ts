/** Wakes those who wait for something to change, by key. */
export interface Changes {
  tell(key: string): void;
  /** Resolves at the next change. */
  next(key: string): Promise<void>;
}

export function createChanges(): Changes {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  return {
    tell(key) {
      waiting.get(key)?.resolve();
      waiting.delete(key);
    },
    next(key) {
      const known = waiting.get(key) ?? Promise.withResolvers<void>();
      waiting.set(key, known);
      return known.promise;
    },
  };
}
