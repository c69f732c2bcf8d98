import { describe, expect, it } from 'vitest';
import { colourClasses } from '../../../../functions/geo-timeseries/look-page/colour-classes.ts';
import { csvRows, figure } from '../../../../functions/geo-timeseries/look-page/csv-rows.ts';
import { shortNumber } from '../../../../functions/geo-timeseries/look-page/html.ts';
import { seriesChart } from '../../../../functions/geo-timeseries/look-page/series-chart.ts';
import { roundTicks } from '../../../../functions/geo-timeseries/look-page/ticks.ts';

describe('ticks', () => {
  it.each([
    { name: 'a scale from zero', low: 0, high: 47, count: 5, expected: [0, 10, 20, 30, 40] },
    { name: 'both signs', low: -1, high: 1, count: 4, expected: [-1, -0.5, 0, 0.5, 1] },
    { name: 'tenths without rounding errors', low: 0, high: 0.35, count: 4, expected: [0, 0.1, 0.2, 0.3] },
    { name: 'nothing in between', low: 5, high: 5, count: 4, expected: [5] },
    { name: 'an endless scale', low: 0, high: Infinity, count: 4, expected: [0] },
  ])('are round for $name', ({ low, high, count, expected }) => {
    expect(roundTicks(low, high, count)).toEqual(expected);
  });
});

describe('classes of colour', () => {
  const sizes = (values: readonly number[]) =>
    colourClasses(values).map(({ holds, colour }) => [colour, values.filter(holds).length]);

  it('hold about as many figures each, from the lightest colour to the darkest', () => {
    expect(sizes(Array.from({ length: 70 }, (_, index) => index ** 3))).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((colour) => [colour, 10]),
    );
  });

  it.each([
    { name: 'one figure', values: [5], expected: [[3, 1]] },
    { name: 'the same figure many times', values: [5, 5, 5, 5], expected: [[3, 4]] },
    {
      name: 'two figures',
      values: [1, 2, 2],
      expected: [
        [0, 1],
        [6, 2],
      ],
    },
  ])('never part equal figures: $name', ({ values, expected }) => {
    expect(sizes(values)).toEqual(expected);
  });
});

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [0.00001234, '1.2e-5'],
    [86.47999999999999, '86.5'],
    [1234567, '1.23M'],
    [-2500, '-2.5K'],
    [1e300, '1.00e+300'],
  ])('writes %d as %s', (value, text) => {
    expect(shortNumber(value)).toBe(text);
  });
});

describe('a CSV file', () => {
  it('is read with quoted cells, empty cells and infinities', () => {
    const rows = csvRows('id,a,b\n"x, ""y""\nz",1.5,\nw,inf,2.0\n');

    expect(rows).toEqual([
      { id: 'x, "y"\nz', a: '1.5', b: '' },
      { id: 'w', a: 'inf', b: '2.0' },
    ]);
    expect(rows.map((row) => [figure(row, 'a'), figure(row, 'b')])).toEqual([
      [1.5, undefined],
      [undefined, 2],
    ]);
  });
});

describe('a chart', () => {
  it.each([
    { name: 'one period', points: [{ timestamp: 0, value: 0 }] },
    {
      name: 'equal figures',
      points: [
        { timestamp: 0, value: -3 },
        { timestamp: 86_400_000, value: -3 },
      ],
    },
    {
      name: 'figures at the end of what a double holds',
      points: [
        { timestamp: 0, value: 1 },
        { timestamp: 86_400_000, value: 1.7e308 },
      ],
    },
  ])('stays within its frame for $name', ({ points }) => {
    const [, line = ''] = /class="line" d="M([^"]*)"/.exec(seriesChart(points, { label: 'x' })) ?? [];
    const places = line.split('L').map((place) => place.split(' ').map(Number));

    for (const [x = Number.NaN, y = Number.NaN] of places) {
      expect(x >= 48 && x <= 648).toBe(true);
      expect(y >= 10 && y <= 148).toBe(true);
    }
  });
});
