import { coarsestSubtileZoom, finestSubtileZoom } from './projection.ts';

/** What one subtile adds up to. */
export interface Subtile {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly sum: number;
  readonly mean: number;
  readonly count: number;
}

/** Takes the finest subtiles in the order along the curve, and gives every subtile of every zoom once it is complete. */
export interface SubtileLevels {
  add(x: number, y: number, figures: { readonly sum: number; readonly mean: number; readonly count: number }): void;
  /** Completes what is open. */
  end(): void;
}

interface OpenSubtile {
  isOpen: boolean;
  x: number;
  y: number;
  sum: number;
  mean: number;
  count: number;
}

/**
 * Adds subtiles up from zoom to zoom in one pass: along the curve, all parts of a subtile follow one another.
 *
 * Finer ones come before the coarser ones that hold them. Halving rounds down, left and north of the world as well.
 */
export function subtileLevels(onComplete: (subtile: Subtile) => void, finestZoom = finestSubtileZoom): SubtileLevels {
  const levels = Array.from({ length: finestZoom - coarsestSubtileZoom + 1 }, (): OpenSubtile => {
    return { isOpen: false, x: 0, y: 0, sum: 0, mean: 0, count: 0 };
  });

  const complete = (depth: number) => {
    const level = levels[depth];
    if (!level?.isOpen) return;
    onComplete({ zoom: finestZoom - depth, ...level });
    level.isOpen = false;
    addTo(depth + 1, level.x >> 1, level.y >> 1, level);
  };
  const addTo = (depth: number, x: number, y: number, figures: { sum: number; mean: number; count: number }) => {
    const level = levels[depth];
    if (!level) return;
    if (level.isOpen && (level.x !== x || level.y !== y)) complete(depth);
    if (!level.isOpen) Object.assign(level, { isOpen: true, x, y, sum: 0, mean: 0, count: 0 });
    level.sum += figures.sum;
    level.mean += figures.mean;
    level.count += figures.count;
  };

  return {
    add: (x, y, figures) => addTo(0, x, y, figures),
    end: () => {
      for (let depth = 0; depth < levels.length; depth += 1) complete(depth);
    },
  };
}
