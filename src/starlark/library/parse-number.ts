// int("...") and float("...").
import { fail } from '../errors.ts';
import { intOfBig } from '../values/int.ts';
import type { Int } from '../values/value.ts';

const prefixBases: Record<string, number> = { o: 8, x: 16, b: 2 };
const names: Record<string, number> = {
  infinity: Number.POSITIVE_INFINITY,
  '+infinity': Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
  '+nan': Number.NaN,
  '-nan': Number.NaN,
};

/** Digits in any base up to 36 as a bigint; undefined when one of them is none. */
function parseDigits(digits: string, base: number): bigint | undefined {
  if (digits === '') return undefined;
  if (base === 10) return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
  let result = 0n;
  const big = BigInt(base);
  for (const digit of digits) {
    const value = /[0-9a-zA-Z]/.test(digit) ? Number.parseInt(digit, 36) : Number.NaN;
    if (!(value < base)) return undefined;
    result = result * big + BigInt(value);
  }
  return result;
}

/** The int of a text in a base from 2 to 36, or 0 for "as a literal says"; undefined for no int. */
export function parseIntText(text: string, base: number): Int | undefined {
  const isNegative = text.startsWith('-');
  let digits = isNegative || text.startsWith('+') ? text.slice(1) : text;
  let radix = base;
  if (digits.length > 1 && digits[0] === '0') {
    const prefix = digits.length > 2 ? prefixBases[digits[1]!.toLowerCase()] : undefined;
    if (prefix !== undefined) {
      if (base === 0 || base === prefix) {
        radix = prefix;
        digits = digits.slice(2);
      }
    } else if (base === 0) return /^0+$/.test(digits) ? 0 : undefined;
  }
  const big = parseDigits(digits, radix === 0 ? 10 : radix);
  return big === undefined ? undefined : intOfBig(isNegative ? -big : big);
}

/** Go's hexadecimal floats: 0x1.8p3. */
function parseHexFloat(text: string): number | undefined {
  const match = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/.exec(text);
  if (!match || (match[2] === '' && match[3] === '')) return undefined;
  const mantissa = Number(BigInt(`0x${match[2]}${match[3]}`));
  const value = mantissa * 2 ** (Number(match[4]) - 4 * match[3]!.length);
  return match[1] === '-' ? -value : value;
}

/** The float of a text; throws for no float and for one too large. */
export function parseFloatText(text: string): number {
  if (text === '') fail('float: empty string');
  const named = names[text.toLowerCase()];
  if (named !== undefined) return named;
  // An underscore stands between two digits, or behind the prefix.
  const isHex = /^[+-]?0[xX]/.test(text);
  const stray = isHex ? /(^|[^0-9a-fA-FxX])_|_([^0-9a-fA-F]|$)/ : /(^|\D)_|_(\D|$)/;
  const plain = /^[\w+.-]*$/.test(text) && !stray.test(text) ? text.replaceAll('_', '') : '';
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : parseHexFloat(plain);
  if (value === undefined) fail(`invalid float literal: ${text}`);
  if (!Number.isFinite(value)) fail('floating-point number too large');
  return value as number;
}
