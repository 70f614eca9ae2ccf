// Functions of floats that JavaScript lacks.

/** The nearest integral number, halves away from zero. */
export function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : Object.is(whole, -0) || x < 0 ? -Math.abs(whole) : whole;
}

/** The IEEE 754 remainder: x - n*y for the integer n nearest to x/y, ties to even. */
export function remainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y) || !Number.isFinite(x) || y === 0) return Number.NaN;
  if (!Number.isFinite(y)) return x;
  const size = Math.abs(y);
  let rest = Math.abs(x) % (2 * size);
  if (!Number.isFinite(2 * size)) rest = Math.abs(x);
  // Halving instead of doubling keeps tiny and huge operands exact.
  if (rest > size / 2) {
    rest -= size;
    if (rest >= size / 2) rest -= size;
  }
  return x < 0 || Object.is(x, -0) ? -rest : rest;
}

/** A positive finite float as a fraction in [1/2, 1) and a power of two. */
function splitFloat(x: number): { fraction: number; exponent: number } {
  const exponent = Math.floor(Math.log2(x)) + 1;
  // Two factors, since one alone could be out of range.
  const half = Math.trunc(exponent / 2);
  const fraction = x / 2 ** half / 2 ** (exponent - half);
  if (fraction >= 1) return { fraction: fraction / 2, exponent: exponent + 1 };
  return fraction < 0.5 ? { fraction: fraction * 2, exponent: exponent - 1 } : { fraction, exponent };
}

/** x times a power of two. */
function scaled(x: number, exponent: number): number {
  const clamped = Math.max(-2200, Math.min(2200, exponent));
  let result = x;
  for (let left = clamped; left !== 0; ) {
    const step = Math.max(-1000, Math.min(1000, left));
    result *= 2 ** step;
    left -= step;
  }
  return result;
}

/** `factor` times x to the power of a natural number, by squarings of the fraction with the exponent kept apart. */
function timesPower(factor: number, x: number, whole: number): { fraction: number; exponent: number } {
  let { fraction: square, exponent } = splitFloat(Math.abs(x));
  if (x < 0) square = -square;
  const result = { fraction: factor, exponent: 0 };
  for (let left = whole; left !== 0; left = Math.floor(left / 2)) {
    // Beyond what a float can hold, whatever follows.
    if (Math.abs(exponent) > 4096) return { fraction: result.fraction, exponent: result.exponent + exponent };
    if (left % 2 === 1) {
      result.fraction *= square;
      result.exponent += exponent;
    }
    square *= square;
    exponent *= 2;
    if (square < 0.5) {
      square *= 2;
      exponent--;
    }
  }
  return result;
}

/** x to the power of y, to the last digit as Go computes it: the fractional part of y goes through exp and log. */
export function power(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1;
  if (y === 1 || x === 0 || y === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  if (y === 0.5 || y === -0.5) return y > 0 ? Math.sqrt(x) : 1 / Math.sqrt(x);
  const size = Math.abs(y);
  let whole = Math.floor(size);
  let rest = size - whole;
  if (rest !== 0 && x < 0) return Number.NaN;
  if (whole >= 2 ** 63) return x ** y;
  if (rest > 0.5) {
    rest--;
    whole++;
  }
  const factor = rest === 0 ? 1 : Math.exp(rest * Math.log(x));
  const { fraction, exponent } = timesPower(factor, x, whole);
  return y < 0 ? scaled(1 / fraction, -exponent) : scaled(fraction, exponent);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Products are exact for small integral arguments, where the approximation would be off in the last digit. */
function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}

/** The gamma function; NaN for negative integers and -Inf. */
export function gamma(x: number): number {
  if (Number.isInteger(x)) {
    if (x < 0) return Number.NaN;
    if (x === 0) return Object.is(x, -0) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (x <= 171) return factorial(x - 1);
  }
  if (x === Number.NEGATIVE_INFINITY) return Number.NaN;
  if (!Number.isFinite(x)) return x;
  if (x > 171.7) return Number.POSITIVE_INFINITY;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const z = x - 1;
  let sum = lanczos[0]!;
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (z + i);
  const t = z + lanczos.length - 1.5;
  return Math.sqrt(2 * Math.PI) * t ** (z + 0.5) * Math.exp(-t) * sum;
}
