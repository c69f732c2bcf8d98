import type { MergeTarget } from './warehouse.ts';

/**
 * SQL that merges the rows of `incoming`, which has the target's columns and `ordinal`, their order.
 *
 * Each key comes once from `incoming` (one statement may not touch a row twice), and a row that is already so is left
 * alone, so that loading the same rows again changes nothing. Answers one row for each that changed.
 */
export function mergeStatement({ table, columns, key, newestBy }: MergeTarget, incoming: string): string {
  const names = Object.keys(columns);
  const others = names.filter((name) => !key.includes(name));
  const list = (some: readonly string[], prefix = '') => some.map((name) => `${prefix}${name}`).join(', ');
  return `
    INSERT INTO ${table} AS known (${list(names)})
    SELECT DISTINCT ON (${list(key)}) ${list(names)} FROM ${incoming}
    ORDER BY ${list(key)}, ${newestBy} DESC NULLS LAST, ordinal DESC
    ON CONFLICT (${list(key)}) DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE (known.${newestBy} IS NULL OR excluded.${newestBy} >= known.${newestBy})
      AND (${list(others, 'known.')}) IS DISTINCT FROM (${list(others, 'excluded.')})
    RETURNING 1 AS changed`;
}

/** `article_id text, word_count integer`: the columns of a table or a record. */
export function columnList(columns: MergeTarget['columns']): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ');
}
