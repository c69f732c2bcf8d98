import { doubleText } from '../json-text.ts';
import { coarsestSubtileZoom, finestSubtileZoom } from './projection.ts';
import type { Subtile } from './subtile-levels.ts';

const figureNames = ['s_sum_t_sum', 's_sum_t_mean', 's_mean_t_sum', 's_mean_t_mean'] as const;
const header = ['zoom', ...figureNames.flatMap((name) => [`min_${name}`, `max_${name}`])].join(',');

/** Extremes over the subtiles of each zoom, for one feature and period. */
export interface GridStatistics {
  add(subtile: Subtile): void;
  /** The CSV file. Zooms without any mean have empty cells if `compat`, which readers refuse, and else no line. */
  text(options: { readonly compat: boolean }): string;
}

export function gridStatistics(finestZoom = finestSubtileZoom): GridStatistics {
  const zooms = finestZoom - coarsestSubtileZoom + 1;
  const extremes = Float64Array.from({ length: zooms * 8 }, (_, index) => (index % 2 === 0 ? Infinity : -Infinity));
  const widen = (at: number, figure: number) => {
    if (figure < (extremes[at] ?? 0)) extremes[at] = figure;
    if (figure > (extremes[at + 1] ?? 0)) extremes[at + 1] = figure;
  };
  return {
    add({ zoom, sum, mean, count }) {
      const at = (zoom - coarsestSubtileZoom) * 8;
      widen(at, sum);
      widen(at + 2, mean);
      if (count === 0) return;
      widen(at + 4, sum / count);
      widen(at + 6, mean / count);
    },
    text({ compat }) {
      const lines = Array.from({ length: zooms }, (_, index) => {
        const figures = [...extremes.subarray(index * 8, index * 8 + 8)];
        const isMissing = (at: number) => (figures[at - (at % 2)] ?? 0) > (figures[at - (at % 2) + 1] ?? 0);
        const cells = figures.map((figure, at) => (isMissing(at) ? '' : csvNumber(figure)));
        return cells.includes('') && !compat ? '' : `${[index + coarsestSubtileZoom, ...cells].join(',')}\n`;
      });
      return `${header}\n${lines.join('')}`;
    },
  };
}

function csvNumber(figure: number): string {
  if (Number.isFinite(figure)) return doubleText(figure);
  return figure > 0 ? 'inf' : '-inf';
}
