import { expect, it } from 'vitest';
import { didYouMean } from '../../lib/cli/did-you-mean.ts';

const known = ['build-verra', 'raw-verra-data', 'verra-data', 'verra-retirements'];

it.each([
  { name: 'a letter too few', typed: 'vera-data', means: 'verra-data' },
  { name: 'a letter too many', typed: 'verra-daata', means: 'verra-data' },
  { name: 'a wrong letter', typed: 'verra_data', means: 'verra-data' },
  { name: 'two letters swapped', typed: 'biuld-verra', means: 'build-verra' },
  { name: 'another case', typed: 'Verra-Data', means: 'verra-data' },
  { name: 'a part of a name', typed: 'retire', means: 'verra-retirements' },
  { name: 'nothing near', typed: 'headlines', means: undefined },
  { name: 'too short to be a part', typed: 'v', means: undefined },
])('finds what $name stands for', ({ typed, means }) => {
  expect(didYouMean(typed, known)).toBe(means);
});
