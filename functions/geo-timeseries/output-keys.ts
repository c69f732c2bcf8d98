import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/** Where a run's files lie below the bucket, and how names become parts of keys. */
export interface KeyRules {
  readonly modelId: string;
  readonly runId: string;
  /** Names go into keys as they are, whatever they hold, as the original did. */
  readonly compat: boolean;
}

/** Longest name in a key, in bytes: file systems stop at 255, and an ending follows. */
const longestPartBytes = 240;

/**
 * A name (of a feature, a qualifier or its value, a region's id) as one part of a key.
 *
 * Plain where that is safe, blanks and accents included. Otherwise what would break the key (`/`, `\`, control
 * characters, a leading dot, a `%` that could be taken for an escape) is percent-encoded, so that
 * `decodeURIComponent` of each escape gives the name back; an empty name is `%00`, and a name that is too long ends in
 * `~` and the start of its SHA-256.
 */
export function keyPart(name: string): string {
  if (name === '') return '%00';
  const escaped = name.replaceAll(/%(?=[0-9A-Fa-f]{2})|[/\\\p{Cc}]|^\./gu, percent);
  const bytes = Buffer.from(escaped.toWellFormed());
  if (bytes.byteLength <= longestPartBytes) return escaped.toWellFormed();
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  let end = longestPartBytes - 17;
  while (!isUtf8(bytes.subarray(0, end))) end -= 1;
  return `${bytes.subarray(0, end).toString()}~${digest}`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** What no store can hold as a part of a key is escaped even where names are to stay as they are. */
function plainPart(name: string): string {
  return name === '' ||
    name.split('/').some((part) => part === '' || part === '.' || part === '..') ||
    Buffer.byteLength(name) > longestPartBytes
    ? keyPart(name)
    : name;
}

/** How a run makes parts of keys from names. */
export function keyPartBy({ compat }: Pick<KeyRules, 'compat'>): (name: string) => string {
  return compat ? plainPart : keyPart;
}

/**
 * Keys of everything a run writes, relative to the bucket.
 *
 * @see the specification of the geo time-series pipeline, section 4
 */
export function outputKeys({ modelId, runId, compat }: KeyRules) {
  const part = keyPartBy({ compat });
  const run = `${part(modelId)}/${part(runId)}`;
  const raw = (feature: string) => `${run}/raw/${part(feature)}`;
  const of = (at: { resolution: string; feature: string }) => `${run}/${at.resolution}/${part(at.feature)}`;
  type Place = { readonly resolution: string; readonly feature: string };
  type RegionPlace = Place & { readonly level: string };
  const regional = (at: RegionPlace) => `${of(at)}/regional/${at.level}`;
  return {
    results: `${run}/results/results.json`,
    rawRows: (feature: string) => `${raw(feature)}/raw/raw.csv`,
    regionLists: (feature: string) => `${raw(feature)}/info/region_lists.json`,
    qualifierCounts: (feature: string) => `${raw(feature)}/info/qualifier_counts.json`,
    qualifierList: (feature: string, qualifier: string) => `${raw(feature)}/info/qualifiers/${part(qualifier)}.json`,
    globalSeries: (at: Place) => `${of(at)}/timeseries/global/global.csv`,
    globalSeriesBy: (at: Place, qualifier: string, aggColumn: string) =>
      `${of(at)}/timeseries/qualifiers/${part(qualifier)}/${aggColumn}.csv`,
    regionalSeries: (at: RegionPlace, regionId: string) => `${regional(at)}/timeseries/default/${part(regionId)}.csv`,
    regionalSeriesBy: (at: RegionPlace, by: { qualifier: string; value: string; regionId: string }) =>
      `${regional(at)}/timeseries/qualifiers/${part(by.qualifier)}/${part(by.value)}/${part(by.regionId)}.csv`,
    regionalTable: (at: RegionPlace, timestamp: number) => `${regional(at)}/aggs/${timestamp}/default/default.csv`,
    regionalTableBy: (at: RegionPlace, timestamp: number, qualifier: string) =>
      `${regional(at)}/aggs/${timestamp}/qualifiers/${part(qualifier)}.csv`,
    extrema: (at: RegionPlace) => `${regional(at)}/stats/default/extrema.json`,
    gridStatistics: (at: Place, timestamp: number) => `${of(at)}/stats/grid/${timestamp}.csv`,
    tile: (at: Place, timestamp: number, [z, x, y]: readonly [number, number, number]) =>
      `${of(at)}/tiles/${timestamp}-${z}-${x}-${y}.tile`,
    readableTile: (at: Place, timestamp: number, [z, x, y]: readonly [number, number, number]) =>
      `${of(at)}/tiles/${timestamp}-${z}-${x}-${y}.txt`,
  };
}

export type OutputKeys = ReturnType<typeof outputKeys>;
