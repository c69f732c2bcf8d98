import type { Sql } from '../../../lib/table/sql.ts';
import type { AssembledDataset } from './assembled-dataset.ts';

/** Counts what is in the dataset and what is not; wants the tables `candidates`, `judgements` and `fallen`. */
export async function countDataset(
  sql: Sql,
): Promise<Pick<AssembledDataset, 'dropped' | 'kinds' | 'texts' | 'relabelledLanguages'>> {
  const kept = 'documents JOIN (FROM judgements WHERE reason IS NULL) AS judgements USING (position)';
  const kind = `document_source || ' ' || language || ' ' || coalesce(document_type, 'unknown')`;
  const [relabelled] = await sql.rows(`SELECT count(*) AS n FROM ${kept} WHERE language <> document_language`);
  return {
    dropped: await countBy(sql, 'reason', 'fallen'),
    kinds: await countBy(sql, kind, kept),
    texts: await countBy(sql, 'origin', kept),
    relabelledLanguages: Number(relabelled?.n),
  };
}

async function countBy(sql: Sql, expression: string, from: string): Promise<Record<string, number>> {
  const rows = await sql.rows(`SELECT ${expression} AS kind, count(*) AS n FROM ${from} GROUP BY ALL ORDER BY kind`);
  return Object.fromEntries(rows.map(({ kind, n }) => [String(kind), Number(n)]));
}
