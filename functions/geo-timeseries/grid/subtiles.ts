import type { CellTable } from '../cell-table.ts';
import { alongCurve, isOnGrid, subtileColumns } from './projection.ts';

/** How points become subtiles. */
export interface GridRules {
  /** Leaves points outside of the world where the formula puts them, instead of wrapping and clamping. */
  readonly compat: boolean;
  /** A subtile without any figure is none, instead of one with sums of 0. @default false */
  readonly emptyAsNull?: boolean;
  /** Zoom of the finest subtiles that are made. @default 14 */
  readonly maxPrecision?: number;
}

/** SQL of the sums per feature, period and subtile of the finest zoom that is made; regions and qualifiers together, without weights. */
export function subtileSums(cells: Pick<CellTable, 'from'>, rules: GridRules): string {
  return `SELECT feature, timestamp, x, y, coalesce(sum(t_sum), 0) AS s_sum_t_sum,
      coalesce(sum(t_mean), 0) AS s_sum_t_mean, count(t_mean) AS s_count
    FROM (SELECT feature, timestamp, t_sum, t_mean, ${subtileColumns(rules)} FROM ${cells.from} WHERE ${isOnGrid(rules)})
    GROUP BY ALL`;
}

/** The same in the order in which the subtiles of every tile, of every zoom, lie together. */
export function subtilesAlongCurve(sums: string): string {
  return `SELECT feature, timestamp, CAST(x AS INTEGER) AS x, CAST(y AS INTEGER) AS y,
      CAST(s_sum_t_sum AS DOUBLE) AS s_sum_t_sum, CAST(s_sum_t_mean AS DOUBLE) AS s_sum_t_mean, CAST(s_count AS INTEGER) AS s_count
    FROM (SELECT *, ${alongCurve('x', 'y')} AS place FROM (${sums})) ORDER BY feature, timestamp, place`;
}
