import type { RunRequest } from './flow-inputs.contract.ts';
import type { NameCollision } from './name-collisions.ts';
import type { ValidatedTable } from './validate.ts';

/** Timestamps of any time since 1973 are larger than this in milliseconds, and of any time before 5138 smaller in seconds. */
const secondsLookLikeMs = 100_000_000_000;

/** How many collisions are named, and how much of each name. */
const shown = { collisions: 3, characters: 60 };

/** What looks wrong about a dataset that can be used all the same, in sentences. */
export function datasetWarnings(
  { timestamp_unit: unit, qualifier_map: map }: Pick<RunRequest, 'timestamp_unit' | 'qualifier_map'>,
  { counts, qualifiers, weightColumn }: Pick<ValidatedTable, 'counts' | 'qualifiers' | 'weightColumn'>,
  collisions: readonly NameCollision[] = [],
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
    ...collisionWarnings(collisions),
    ...(weightColumn === '' ? [] : ['tiles and grid statistics take no account of weights']),
  ];
}

const consequences: Readonly<Record<NameCollision['kind'], string>> = {
  merged: 'different names of regions become one, and their figures are added together',
  shared: 'different names are one in ids and keys',
};

/** One sentence for each kind of collision, with the first few. */
export function collisionWarnings(all: readonly NameCollision[]): string[] {
  return (['merged', 'shared'] as const).flatMap((kind) => {
    const collisions = all.filter((one) => one.kind === kind);
    if (collisions.length === 0) return [];
    const named = collisions
      .slice(0, shown.collisions)
      .map(({ of, names, writtenAs }) => `${of} ${names.map(shownName).join(' and ')} as ${shownName(writtenAs)}`);
    const rest = collisions.length - named.length;
    return [`${consequences[kind]}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
  });
}

function shownName(name: string): string {
  const text = name.length > shown.characters ? `${name.slice(0, shown.characters)}…` : name;
  return JSON.stringify(text);
}
