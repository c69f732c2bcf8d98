import type { RunRequest } from './flow-inputs.contract.ts';
import type { ValidatedTable } from './validate.ts';

/** Timestamps of any time since 1973 are larger than this in milliseconds, and of any time before 5138 smaller in seconds. */
const secondsLookLikeMs = 100_000_000_000;

/** What looks wrong about a dataset that can be used all the same, in sentences. */
export function datasetWarnings(
  { timestamp_unit: unit, qualifier_map: map }: Pick<RunRequest, 'timestamp_unit' | 'qualifier_map'>,
  { counts, qualifiers, weightColumn }: ValidatedTable & { readonly weightColumn: string },
): string[] {
  const known = new Set(qualifiers.map(({ name }) => name));
  const unknown = [...new Set(Object.values(map).flat())].filter((name) => !known.has(name));
  const looksLikeSeconds =
    unit === 'milliseconds' &&
    counts.furthestMs !== null &&
    counts.furthestMs !== 0 &&
    counts.furthestMs < secondsLookLikeMs;
  return [
    ...(looksLikeSeconds
      ? [
          `all timestamps lie within ${Math.ceil(counts.furthestMs / 86_400_000)} days of 1970; if they are seconds, set timestamp_unit to 'seconds'`,
        ]
      : []),
    ...(counts.infiniteValues > 0 ? [`${counts.infiniteValues} infinite values count as missing`] : []),
    ...unknown.map((name) => `qualifier_map names '${name}', which is no qualifier of the dataset`),
    ...(weightColumn === '' ? [] : ['tiles and grid statistics take no account of weights']),
  ];
}
