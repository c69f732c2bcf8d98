import type { Sql } from '../../../lib/table/sql.ts';
import type { RunRequest } from '../flow-inputs.contract.ts';
import { coarsestSubtileZoom, finestSubtileZoom, isOnGrid, subtileColumns } from './projection.ts';

/** Share of the points that must have a subtile of their own: a few doubled points ask for no finer grid. */
const shareApart = 0.99;

/**
 * The zoom of the finest subtiles that are worth making.
 *
 * `auto` is one zoom finer than the coarsest on which points that have a subtile of their own at zoom 14 still have one,
 * 99 in 100 of them. One finer, so that a point is shown less than half of the points' spacing from where it is.
 */
export async function maxPrecision(
  sql: Sql,
  from: string,
  { max_precision: asked, compat }: Pick<RunRequest, 'max_precision' | 'compat'>,
): Promise<number> {
  if (asked !== 'auto') return asked;
  const zooms = Array.from(
    { length: finestSubtileZoom - coarsestSubtileZoom },
    (_, index) => coarsestSubtileZoom + index,
  );
  const at = (axis: string, zoom: number) => `CAST(floor(${axis} / ${2 ** (finestSubtileZoom - zoom)}) AS BIGINT)`;
  const subtiles = zooms.map((zoom) => `count(DISTINCT (${at('x', zoom)}, ${at('y', zoom)})) AS subtiles_${zoom}`);
  const [row = {}] = await sql.rows(`SELECT count(*) AS finest, ${subtiles.join(', ')} FROM (
    SELECT DISTINCT ${subtileColumns({ compat })} FROM (SELECT DISTINCT lat, lng FROM ${from} WHERE ${isOnGrid({ compat })}))`);
  const coarsest = zooms.find((zoom) => Number(row[`subtiles_${zoom}`]) >= shareApart * Number(row.finest));
  return coarsest === undefined ? finestSubtileZoom : coarsest + 1;
}
