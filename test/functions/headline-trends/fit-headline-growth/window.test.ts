import { describe, expect, it } from 'vitest';
import { monthsOf, windowBefore } from '../../../../functions/headline-trends/fit-headline-growth/window.ts';

describe('windowBefore', () => {
  it.each([
    { name: 'half a year', asAt: '2025-01-01', months: 6, start: '2024-07-01' },
    { name: 'a day that the earlier month lacks', asAt: '2024-08-31', months: 6, start: '2024-02-29' },
    { name: 'a day in the middle', asAt: '2024-03-15', months: 1, start: '2024-02-15' },
    { name: 'several years', asAt: '2024-02-29', months: 36, start: '2021-02-28' },
  ])('begins calendar months earlier: $name', ({ asAt, months, start }) => {
    expect(windowBefore(asAt, months)).toEqual({ start, end: asAt });
  });
});

describe('monthsOf', () => {
  it.each([
    { end: '2020-07-01', months: ['2020-05', '2020-06'] },
    { end: '2020-07-02', months: ['2020-05', '2020-06', '2020-07'] },
  ])('wants the month of the last day only if more of it is in the window: $end', ({ end, months }) => {
    expect(monthsOf({ start: '2020-05-01', end })).toEqual(months);
  });
});
