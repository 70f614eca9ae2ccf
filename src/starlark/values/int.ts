// Ints of any size: numbers while they are safe, bigints beyond, never both for one value.
import { fail } from '../errors.ts';
import type { Int, Value } from './value.ts';

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** The int of a bigint: a number when it is in the safe range. */
export function intOfBig(big: bigint): Int {
  return big <= maxSafe && big >= -maxSafe ? Number(big) : big;
}

/** True for an int value. */
export function isInt(value: Value): value is Int {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** -1, 0 or 1. */
export function signOf(x: Int): number {
  return x < 0 ? -1 : x > 0 ? 1 : 0;
}

/** x // y, rounded towards negative infinity; y is not 0. */
export function floorDivide(x: Int, y: Int): Int {
  if (typeof x === 'number' && typeof y === 'number') {
    const remainder = x % y;
    // x - remainder is a multiple of y, so the division is exact even where x / y would round.
    const quotient = (x - remainder) / y;
    return (remainder !== 0 && remainder < 0 !== y < 0 ? quotient - 1 : quotient) + 0;
  }
  const a = BigInt(x);
  const b = BigInt(y);
  const quotient = a / b;
  return intOfBig(a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient);
}

/** x % y with the sign of y; y is not 0. */
export function floorModulo(x: Int, y: Int): Int {
  if (typeof x === 'number' && typeof y === 'number') {
    const remainder = x % y;
    return (remainder !== 0 && remainder < 0 !== y < 0 ? remainder + y : remainder) + 0;
  }
  const b = BigInt(y);
  const remainder = BigInt(x) % b;
  return intOfBig(remainder !== 0n && remainder < 0n !== b < 0n ? remainder + b : remainder);
}

/** The int a finite float stands for once its fraction is dropped (towards zero). */
export function intOfFloat(float: number): Int {
  const whole = Math.trunc(float);
  return Number.isSafeInteger(whole) ? whole + 0 : intOfBig(BigInt(whole));
}

/** The nearest float, possibly infinite. */
export function floatOfInt(x: Int): number {
  return Number(x);
}

/** The nearest float; throws when there is no finite one. */
export function finiteFloatOfInt(x: Int): number {
  const float = Number(x);
  if (!Number.isFinite(float)) fail('int too large to convert to float');
  return float;
}

/** Negative, zero or positive as the int is less than, equal to or greater than the float; NaN is greater than all. */
export function compareIntFloat(x: Int, y: number): number {
  if (Number.isNaN(y)) return -1;
  if (!Number.isFinite(y)) return y > 0 ? -1 : 1;
  if (typeof x === 'number') return x < y ? -1 : x > y ? 1 : 0;
  // JavaScript compares a bigint with a number by their exact values.
  return x < y ? -1 : x > y ? 1 : 0;
}

/** A hash that equal ints share (and floats equal to them, which hash as ints). */
export function hashInt(x: Int): number {
  const low = typeof x === 'number' ? x % 0x1_0000_0000 : Number(BigInt.asIntN(32, x));
  return Math.imul(12582917, (low | 0) + 3);
}
