import type { Json } from '../../json.ts';
import { type IntrinsicFunction, integerOf, intrinsicFailure, taking } from './intrinsic-function.ts';

/** `States.MathAdd`, `States.MathRandom` and `States.UUID`. */
export const mathFunctions = {
  MathAdd: taking(2, ([left, right]) => integerOf(left) + integerOf(right)),

  MathRandom: {
    fewestArguments: 2,
    mostArguments: 3,
    apply: ([start, end, seed], chance) => random([integerOf(start), integerOf(end)], chanceOf(seed, chance)),
  },

  UUID: taking(0, (_, chance) => uuid(chance)),
} satisfies Record<string, IntrinsicFunction>;

/** A whole number from `start` on and below `end`. */
function random([start, end]: [number, number], chance: () => number): number {
  if (end <= start) throw intrinsicFailure(`Invalid arguments: the end ${end} is not above the start ${start}`);
  return start + Math.floor(chance() * (end - start));
}

/** With a seed the same number comes out each time (not the very number the service draws). */
function chanceOf(seed: Json | undefined, chance: () => number): () => number {
  if (seed === undefined) return chance;
  const mixed = Math.imul(integerOf(seed) ^ 0x9e37_79b9, 0x85eb_ca6b);
  const drawn = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35) >>> 0;
  return () => drawn / 2 ** 32;
}

/** A version 4 UUID. */
function uuid(chance: () => number): string {
  const digit = (below = 16, from = 0) => (from + Math.floor(chance() * below)).toString(16);
  const digits = (count: number) => Array.from({ length: count }, () => digit()).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${digit(4, 8)}${digits(3)}-${digits(12)}`;
}
