import { describe, expect, it } from 'vitest';
import { countTables, type Line } from '../../../../functions/consultation-documents/pdf-features/find-tables.ts';

const level = (at: number, from: number, to: number): Line => ({ direction: 'level', at, from, to });
const upright = (at: number, from: number, to: number): Line => ({ direction: 'upright', at, from, to });

/** A grid of lines at these places. */
const grid = (xs: readonly number[], ys: readonly number[]): Line[] => [
  ...ys.map((y) => level(y, Math.min(...xs), Math.max(...xs))),
  ...xs.map((x) => upright(x, Math.min(...ys), Math.max(...ys))),
];

/** A filled rectangle as thin as a line. */
const thin = (x: number, y: number, width: number, height: number) => grid([x, x + width], [y, y + height]);

describe('tables of a page', () => {
  it.each<{ name: string; lines: Line[]; tables: number }>([
    { name: 'are none without lines', lines: [], tables: 0 },
    { name: 'are none in a frame around the page', lines: grid([10, 500], [10, 700]), tables: 0 },
    { name: 'are none where lines only underline', lines: [level(10, 0, 90), level(30, 0, 90)], tables: 0 },
    { name: 'begin with two cells', lines: grid([0, 50, 100], [0, 20]), tables: 1 },
    { name: 'are one, however many cells it has', lines: grid([0, 50, 100, 150], [0, 20, 40, 60, 80]), tables: 1 },
    {
      name: 'are two when nothing joins them',
      lines: [...grid([0, 50, 100], [0, 20]), ...grid([200, 250, 300], [300, 320])],
      tables: 2,
    },
    {
      name: 'may have cells over several columns',
      lines: [...grid([0, 100], [0, 20, 40]), upright(50, 0, 20)],
      tables: 1,
    },
    {
      name: 'may be ruled by thin rectangles',
      lines: [...[0, 20, 40].flatMap((y) => thin(0, y, 100, 0.5)), ...[0, 50, 100].flatMap((x) => thin(x, 0, 0.5, 40))],
      tables: 1,
    },
    {
      name: 'may be ruled cell by cell, with lines that nearly meet',
      lines: [0, 50.5].flatMap((x) => [0, 21].flatMap((y) => grid([x, x + 49.5], [y, y + 20]))),
      tables: 1,
    },
    { name: 'are not made by strokes as short as those of letters', lines: grid([0, 1, 2], [0, 1, 2]), tables: 0 },
  ])('$name', ({ lines, tables }) => {
    expect(countTables(lines)).toBe(tables);
  });

  it('are found in a second, also among thousands of cells', () => {
    const places = Array.from({ length: 70 }, (_, index) => index * 8);

    expect(countTables(grid(places, places))).toBe(1);
  }, 1_000);
});
