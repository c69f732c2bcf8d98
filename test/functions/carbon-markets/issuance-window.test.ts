import { describe, expect, it } from 'vitest';
import { halvesOf, monthsBetween, windowOfMonth } from '../../../functions/carbon-markets/issuance-window.ts';

describe('monthsBetween', () => {
  it.each([
    { name: 'one month', from: '2024-01', to: '2024-01', expected: ['2024-01'] },
    {
      name: 'over the turn of a year',
      from: '2023-11',
      to: '2024-02',
      expected: ['2023-11', '2023-12', '2024-01', '2024-02'],
    },
    { name: 'the wrong way round', from: '2024-02', to: '2024-01', expected: [] },
  ])('lists $name', ({ from, to, expected }) => {
    expect(monthsBetween(from, to)).toEqual(expected);
  });

  it('lists all months of the registry so far', () => {
    expect(monthsBetween('2009-01', '2026-11')).toHaveLength(215);
  });
});

describe('windowOfMonth', () => {
  it.each([
    { month: '2024-02', to: '2024-02-29' },
    { month: '2023-02', to: '2023-02-28' },
    { month: '2024-04', to: '2024-04-30' },
    { month: '2024-12', to: '2024-12-31' },
  ])('ends $month on $to', ({ month, to }) => {
    expect(windowOfMonth(month)).toEqual({ from: `${month}-01`, to });
  });
});

describe('halvesOf', () => {
  it.each([
    { name: 'an even window', from: '2024-04-01', to: '2024-04-30', middle: ['2024-04-15', '2024-04-16'] },
    { name: 'an odd window', from: '2024-01-01', to: '2024-01-31', middle: ['2024-01-15', '2024-01-16'] },
    { name: 'two days', from: '2024-02-28', to: '2024-02-29', middle: ['2024-02-28', '2024-02-29'] },
  ])('splits $name without gap or overlap', ({ from, to, middle }) => {
    expect(halvesOf({ from, to })).toEqual([
      { from, to: middle[0] },
      { from: middle[1], to },
    ]);
  });

  it('does not split a day', () => {
    expect(halvesOf({ from: '2024-02-29', to: '2024-02-29' })).toBeUndefined();
  });
});
