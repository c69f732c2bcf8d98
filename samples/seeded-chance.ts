/** Chance that comes out the same in every run: the sample data are made from it, so they need not be stored. */
export interface SeededChance {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in `share` (0 to 1) of all calls. */
  happens(share: number): boolean;
  pick<T>(options: readonly [T, ...T[]]): T;
}

/** A linear congruential generator; its period of 2^32 is plenty for some thousand rows, its quality for nothing else. */
export function seededChance(seed: number): SeededChance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    happens: (share) => next() < share,
    pick: (options) => options[Math.floor(next() * options.length)] ?? options[0],
  };
}
