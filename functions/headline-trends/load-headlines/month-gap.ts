import type * as z from 'zod';
import type { WarehouseSession } from '../../../lib/warehouse/warehouse.ts';
import { endOfMonth } from '../months.ts';
import type { gap } from './loaded-month.ts';

/** Longest time without an article that nobody wonders about. */
const toleratedSeconds = 2 * 3600;

/**
 * Whether the end of a month is missing, as it is in every file that is written on the month's last day at noon.
 *
 * Notes what it finds; a gap that was searched for once is not looked for again until the file changes.
 *
 * @param now a month that is not over yet has no gap
 * @see the specification of headline-trends, §2.5
 */
export async function findGap(
  session: Pick<WarehouseSession, 'query'>,
  month: string,
  now: Date,
): Promise<z.infer<typeof gap> | null> {
  const end = endOfMonth(month);
  if (end > now) return null;
  const [known] = await session.query('SELECT gap_seconds FROM raw.archive_month WHERE month = $1', [month]);
  if (known && known.gap_seconds !== null) return null;
  const { from, seconds } = await noteGap(session, month);
  if (seconds <= toleratedSeconds) return null;
  await session.query('UPDATE raw.archive_month SET gap_seconds = NULL WHERE month = $1', [month]);
  return { from, to: end.toISOString() };
}

/** Measures and notes the time from a month's newest article to its end. */
export async function noteGap(
  session: Pick<WarehouseSession, 'query'>,
  month: string,
): Promise<{ from: string; seconds: number }> {
  const [start, end] = [`${month}-01T00:00:00Z`, endOfMonth(month).toISOString()];
  const [found] = await session.query(
    `UPDATE raw.archive_month SET (newest_publication_date, gap_seconds) = (
       SELECT max(publication_date), extract(epoch FROM $3::timestamptz - coalesce(max(publication_date), $2))::integer
       FROM raw.article WHERE publication_date >= $2::timestamptz AND publication_date < $3::timestamptz)
     WHERE month = $1 RETURNING newest_publication_date AS newest, gap_seconds AS seconds`,
    [month, start, end],
  );
  return { from: String(found?.newest ?? start), seconds: Number(found?.seconds) };
}
