// Int and float literals.
import { intOfBig } from '../values/int.ts';

/** What a number literal says, or what is wrong with it and where (`at` is an offset of the whole text). */
export type NumberScan =
  | { readonly kind: 'int'; readonly end: number; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly end: number; readonly value: number }
  | { readonly kind: 'error'; readonly at: number; readonly message: string };

const prefixed = /0(?:[xX][0-9a-fA-F]*|[oO][0-7]*|[bB][01]*)/y;
const decimal = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-](?!\d)|[eE][+-]?\d*)?/y;
const baseNames: Record<string, string> = { x: 'hex', o: 'octal', b: 'binary' };

function scanPrefixed(text: string, start: number): NumberScan {
  prefixed.lastIndex = start;
  const raw = prefixed.exec(text)![0];
  const end = start + raw.length;
  const letter = raw[1]!.toLowerCase();
  if (raw.length === 2) {
    return { kind: 'error', at: letter === 'x' ? start : end, message: `invalid ${baseNames[letter]} literal` };
  }
  return { kind: 'int', end, value: intOfBig(BigInt(raw.toLowerCase())) };
}

function scanInt(raw: string, start: number): NumberScan {
  const end = start + raw.length;
  if (raw.length > 1 && raw[0] === '0' && !/^0+$/.test(raw)) {
    return /^[0-7]+$/.test(raw)
      ? { kind: 'error', at: end, message: `obsolete form of octal literal; use 0o${raw.slice(1)}` }
      : { kind: 'error', at: start, message: 'invalid int literal' };
  }
  return { kind: 'int', end, value: raw.length < 16 ? Number(raw) : intOfBig(BigInt(raw)) };
}

/** Scans the number that begins at `start` with a digit, or with a dot and a digit. */
export function scanNumber(text: string, start: number): NumberScan {
  if (text[start] === '0' && /[xXoObB]/.test(text[start + 1] ?? '')) return scanPrefixed(text, start);
  decimal.lastIndex = start;
  const raw = decimal.exec(text)![0];
  if (/^\d+$/.test(raw)) return scanInt(raw, start);
  const value = /\d$|\.$/.test(raw) ? Number(raw) : Number.NaN;
  const end = start + raw.length;
  return Number.isFinite(value)
    ? { kind: 'float', end, value }
    : { kind: 'error', at: end, message: 'invalid float literal' };
}
