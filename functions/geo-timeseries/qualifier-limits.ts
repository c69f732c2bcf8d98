/** Per feature, the names of its qualifiers. */
export type QualifierMap = Readonly<Record<string, readonly string[]>>;

/** Per feature, how many different values each qualifier of the dataset has. */
export type QualifierCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The map without features that are not there and without qualifiers of more values than `maxCount`, and the columns
 * that are still wanted by some feature.
 */
export function limitQualifiers(
  wanted: { readonly map: QualifierMap; readonly columns: readonly string[] },
  counts: QualifierCounts,
  maxCount: number,
): { map: QualifierMap; columns: string[] } {
  const map = Object.fromEntries(
    Object.entries(wanted.map).flatMap(([feature, names]) => {
      const known = counts[feature];
      if (!known) return [];
      return [[feature, names.filter((name) => (known[name] ?? Number.POSITIVE_INFINITY) <= maxCount)]];
    }),
  );
  const kept = new Set(Object.values(map).flat());
  return { map, columns: wanted.columns.filter((name) => kept.has(name)) };
}

/** Features that want a breakdown by this qualifier. */
export function featuresWith(map: QualifierMap, qualifier: string): string[] {
  return Object.keys(map).filter((feature) => map[feature]?.includes(qualifier));
}
