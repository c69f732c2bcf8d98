/**
 * Probability that a normal variable is further from its mean than `z` standard deviations, on either side.
 *
 * Keeps its relative precision (about 1e-13) far out, down to the smallest double.
 */
export function twoSidedP(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/** erfc for arguments from 0 on: a power series near 0, a continued fraction beyond. */
function complementaryError(x: number): number {
  return x < 2 ? 1 - errorSeries(x) : (Math.exp(-x * x) / Math.sqrt(Math.PI)) * continuedFraction(x);
}

/** `2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1))`, whose terms are all positive. */
function errorSeries(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; term > total * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

/** `1/(x + ½/(x + 1/(x + 1½/(x + …))))`, from the inside out; 120 levels settle all digits from 2 on. */
function continuedFraction(x: number): number {
  let tail = x;
  for (let level = 120; level >= 1; level -= 1) tail = x + level / 2 / tail;
  return 1 / tail;
}
