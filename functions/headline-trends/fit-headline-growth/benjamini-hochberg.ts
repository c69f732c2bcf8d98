/**
 * q values by Benjamini and Hochberg: the smallest false discovery rate at which each test would count as a discovery.
 *
 * Entries without a p value are no tests, and get no q value.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }])).sort((a, b) => b.p - a.p);
  const qValues: (number | null)[] = pValues.map(() => null);
  let lowest = 1;
  for (const [position, { p, index }] of tests.entries()) {
    lowest = Math.min(lowest, (p * tests.length) / (tests.length - position));
    qValues[index] = lowest;
  }
  return qValues;
}
