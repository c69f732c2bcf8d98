import { quoteText } from '../../lib/table/quote.ts';
import type { Sql } from '../../lib/table/sql.ts';
import type { Qualifier } from './cell-table.ts';
import { jsonText, type OutputJson } from './json-text.ts';
import type { OutputFile } from './output-file.ts';
import type { OutputKeys } from './output-keys.ts';
import type { QualifierCounts } from './qualifier-limits.ts';

/** Where the lists are made from, and what is written beside them. */
export interface QualifierListOptions {
  readonly from: string;
  readonly qualifiers: readonly Qualifier[];
  readonly features: readonly string[];
  readonly thresholds: OutputJson;
  readonly keys: OutputKeys;
}

/** Per feature, how many different values each qualifier has. */
export async function countQualifiers(
  sql: Sql,
  { from, qualifiers, features }: Pick<QualifierListOptions, 'from' | 'qualifiers' | 'features'>,
): Promise<QualifierCounts> {
  const counts = qualifiers.map(({ column }) => `count(DISTINCT ${column}) AS ${column}`);
  const rows = await sql.rows(
    `SELECT ${['feature', ...counts].join(', ')} FROM ${from} WHERE feature IS NOT NULL GROUP BY feature`,
  );
  const byFeature = new Map(rows.map((row) => [String(row.feature), row]));
  return Object.fromEntries(
    features.map((feature) => {
      const row = byFeature.get(feature);
      return [feature, Object.fromEntries(qualifiers.map(({ name, column }) => [name, Number(row?.[column] ?? 0)]))];
    }),
  );
}

/** The values of each qualifier, and how many there are: for every feature and every qualifier of the dataset. */
export async function* qualifierLists(
  sql: Sql,
  options: QualifierListOptions & { readonly counts: QualifierCounts },
): AsyncGenerator<OutputFile> {
  const { from, qualifiers, features, thresholds, counts, keys } = options;
  for (const feature of features) {
    for (const { name, column } of qualifiers) {
      const rows = await sql.rows(
        `SELECT DISTINCT ${column} AS value FROM ${from} WHERE feature = ${quoteText(feature)} ORDER BY value`,
      );
      yield { key: keys.qualifierList(feature, name), body: jsonText(rows.map(({ value }) => String(value))) };
    }
    const ofFeature = Object.entries(counts[feature] ?? {}).map(([name, count]) => [name, BigInt(count)]);
    yield { key: keys.qualifierCounts(feature), body: jsonText({ thresholds, counts: Object.fromEntries(ofFeature) }) };
  }
}
