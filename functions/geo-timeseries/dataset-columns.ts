/** Names of regions, from coarse to fine; their position is the number of the level. */
export const regionColumns = ['country', 'admin1', 'admin2', 'admin3'] as const;

export type RegionColumn = (typeof regionColumns)[number];

export function isRegion(name: string): name is RegionColumn {
  return regionColumns.some((region) => region === name);
}

const requiredColumns = new Set<string>(['timestamp', ...regionColumns, 'lat', 'lng', 'feature', 'value']);

/** Whether a column is none of the nine that a dataset has by contract. */
export function isExtraColumn(name: string): boolean {
  return !requiredColumns.has(name);
}

/** Every column outside the required ones, except the one with weights. */
export function qualifierColumns(names: readonly string[], weightColumn: string): string[] {
  return names.filter((name) => isExtraColumn(name) && name !== weightColumn);
}
