import type { RegionColumn } from './dataset-columns.ts';

/** Whether names may stay ambiguous, as the original leaves them. */
interface NameRules {
  readonly compat?: boolean;
}

/**
 * SQL of a region's name as all outputs have it: without double slashes, and ids join names by `__`, so a name may hold
 * none, nor begin or end with an underscore; `%5F` stands for one.
 */
export function regionName(text: string, { compat }: NameRules): string {
  const plain = `replace(${text}, '//', '')`;
  return compat ? plain : `regexp_replace(regexp_replace(replace(${plain}, '__', '_%5F'), '^_', '%5F'), '_$', '%5F')`;
}

/** SQL of whether {@link regionName} is another than the text; quicker than to compare them. */
export function isRenamed(text: string, { compat }: NameRules): string {
  const hasSlashes = `contains(${text}, '//')`;
  const isAmbiguous = `contains(${text}, '__') OR starts_with(${text}, '_') OR ends_with(${text}, '_')`;
  return compat ? hasSlashes : `${hasSlashes} OR ${isAmbiguous}`;
}

/** The column that has the names of regions as the dataset writes them. */
export function writtenName(region: RegionColumn): string {
  return `written_${region}`;
}
