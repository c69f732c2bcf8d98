import { createHash } from 'node:crypto';
import type { Warehouse, WarehouseRow } from '../../../lib/warehouse/warehouse.ts';
import { type Rules, schemaOf } from '../models/models.ts';
import type { Observations } from './logit-fit.ts';
import type { Window } from './window.ts';

/** The counts of one term, by days since the window's start. */
export interface TermSeries extends Observations {
  readonly term: string;
  readonly day: readonly number[];
  readonly trials: readonly number[];
  readonly successes: readonly number[];
}

/** Terms that occur less often than this have no series. */
export const fewestOccurrences = 50;

/**
 * The series of every eligible term in a window, by term.
 *
 * Better rules: terms with 50 occurrences in the window, a count for every day that has words, zeros included. Compat:
 * terms with 50 occurrences ever, and only the days on which they occur.
 *
 * @see the specification of headline-trends, §4.7, §5.3 and §8, 1 and 2
 */
export async function readSeries(warehouse: Warehouse, rules: Rules, window: Window): Promise<TermSeries[]> {
  if (rules === 'compat') return (await readTerms(warehouse, compatQuery, window)).map(sparse);
  const days = await warehouse.query(
    `SELECT publication_date - $1::date AS day, total_frequency AS trials FROM ${schemaOf(rules)}.fct_daily_counts
     WHERE publication_date BETWEEN $1::date AND $2::date ORDER BY publication_date`,
    [window.start, window.end],
  );
  const day = days.map((row) => Number(row.day));
  const trials = days.map((row) => Number(row.trials));
  const positionOf = new Map(day.map((each, position) => [each, position]));
  return (await readTerms(warehouse, betterQuery, window)).map((row) => {
    const { term, day: occurs, successes: counts } = sparse(row);
    const successes = day.map(() => 0);
    for (const [index, count] of counts.entries()) successes[positionOf.get(occurs[index] ?? -1) ?? -1] = count;
    return { term, day, trials, successes };
  });
}

/** A digest of all counts of all series: the same whenever a fit would see the same. */
export function checksumOf(series: readonly TermSeries[]): string {
  const hash = createHash('sha256');
  for (const { term, day, trials, successes } of series) hash.update(JSON.stringify([term, day, trials, successes]));
  return hash.digest('hex');
}

async function readTerms(warehouse: Warehouse, query: string, { start, end }: Window): Promise<WarehouseRow[]> {
  return await warehouse.query(query, [start, end, fewestOccurrences]);
}

/** A term, and lists of equal length by day. */
const columns = `headline_term AS term,
  jsonb_agg(publication_date - $1::date ORDER BY publication_date) AS days,
  jsonb_agg(trials ORDER BY publication_date) AS trials,
  jsonb_agg(successes ORDER BY publication_date) AS successes`;

const compatQuery = `
  SELECT ${columns} FROM ${schemaOf('compat')}.fct_logit_inputs
  WHERE publication_date BETWEEN $1::date AND $2::date AND headline_term_frequency >= $3 AND headline_term <> ''
  GROUP BY headline_term ORDER BY headline_term COLLATE "C"`;

const betterQuery = `
  SELECT ${columns} FROM ${schemaOf('better')}.fct_logit_inputs
  WHERE publication_date BETWEEN $1::date AND $2::date
  GROUP BY headline_term HAVING sum(successes) >= $3 ORDER BY headline_term COLLATE "C"`;

function sparse(row: WarehouseRow): TermSeries {
  return {
    term: String(row.term),
    // jsonb_agg of integer columns
    day: row.days as number[],
    trials: row.trials as number[],
    successes: row.successes as number[],
  };
}
