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
