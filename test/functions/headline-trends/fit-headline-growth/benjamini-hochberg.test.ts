import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../../functions/headline-trends/fit-headline-growth/benjamini-hochberg.ts';
import { twoSidedP } from '../../../../functions/headline-trends/fit-headline-growth/normal-tail.ts';

describe('benjaminiHochberg', () => {
  it.each([
    // the fifteen tests of their paper of 1995, section 3.2
    {
      name: "the paper's example",
      p: [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
      ],
      discoveries: 4,
    },
    { name: 'nothing', p: [], discoveries: 0 },
    { name: 'terms that were not tested', p: [null, 0.01, null], discoveries: 1 },
  ])('finds the discoveries in $name', ({ p, discoveries }) => {
    const q = benjaminiHochberg(p);

    expect(q.filter((value) => value !== null && value <= 0.05)).toHaveLength(discoveries);
    expect(q.map((value) => value === null)).toEqual(p.map((value) => value === null));
  });

  it('gives a smaller p value no larger q value', () => {
    expect(benjaminiHochberg([0.04, 0.01, 0.03, 0.02])).toEqual([0.04, 0.04, 0.04, 0.04]);
  });
});

describe('twoSidedP', () => {
  it.each([
    { z: 0, p: 1 },
    { z: 1, p: 0.317310507862914 },
    { z: -1.959963984540054, p: 0.05 },
    { z: 3, p: 0.0026997960632601866 },
    { z: 5, p: 5.733031437583878e-7 },
    { z: 36.4163, p: 2.3e-290 },
    { z: 60, p: 0 },
  ])('is $p at $z', ({ z, p }) => {
    expect(p === 0 ? twoSidedP(z) : twoSidedP(z) / p - 1).toBeCloseTo(0, z > 30 ? 1 : 6);
  });
});
