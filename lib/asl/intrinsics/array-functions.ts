import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../json.ts';
import { arrayOf, type IntrinsicFunction, integerOf, intrinsicFailure, taking } from './intrinsic-function.ts';

/** Longest array `States.ArrayRange` makes, as documented. */
const maxRangeLength = 1_000;

/** The `States.Array…` family. */
export const arrayFunctions = {
  Array: { fewestArguments: 0, mostArguments: Number.POSITIVE_INFINITY, apply: (values) => [...values] },

  ArrayPartition: taking(2, ([array, size]) => {
    const items = arrayOf(array);
    const chunkSize = integerOf(size);
    if (chunkSize < 1) throw intrinsicFailure(`Invalid arguments: the chunk size ${chunkSize} is not positive`);
    const chunks: Json[] = [];
    for (let start = 0; start < items.length; start += chunkSize) chunks.push(items.slice(start, start + chunkSize));
    return chunks;
  }),

  ArrayContains: taking(2, ([array, wanted]) => arrayOf(array).some((item) => isDeepStrictEqual(item, wanted))),

  ArrayRange: taking(3, ([first, last, step]) => range(integerOf(first), integerOf(last), integerOf(step))),

  ArrayGetItem: taking(2, ([array, position]) => {
    const item = arrayOf(array)[integerOf(position)];
    if (item === undefined) throw intrinsicFailure(`Index ${JSON.stringify(position)} is out of the array's bounds`);
    return item;
  }),

  ArrayLength: taking(1, ([array]) => arrayOf(array).length),

  ArrayUnique: taking(1, ([array]) => {
    const seen = new Set<string>();
    return arrayOf(array).filter((item) => {
      const key = JSON.stringify(item, withSortedMembers);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  }),
} satisfies Record<string, IntrinsicFunction>;

function range(first: number, last: number, step: number): Json {
  if (step === 0) throw intrinsicFailure('Invalid arguments: the step of a range cannot be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > maxRangeLength) {
    throw intrinsicFailure(`Invalid arguments: the range has ${length} values, more than ${maxRangeLength}`);
  }
  return Array.from({ length }, (_, position) => first + position * step);
}

/** Makes equal objects spell alike whatever the order of their members. */
function withSortedMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
