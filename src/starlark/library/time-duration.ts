// Durations as text, by Go's rules.
import { fail } from '../errors.ts';
import { quote } from '../values/quote.ts';

const unitNanos: Record<string, bigint> = {
  ns: 1n,
  us: 1000n,
  '\xc2\xb5s': 1000n,
  '\xce\xbcs': 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** The nanoseconds of a text like `1h15m30.5s` (a Starlark string). */
export function parseDuration(text: string): bigint {
  const invalid = (): never => fail(`time: invalid duration ${quote(text)}`);
  const sign = text.startsWith('-') ? -1n : 1n;
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0n;
  if (rest === '') invalid();
  let total = 0n;
  while (rest !== '') {
    const match = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest)!;
    const [whole, digits = '', fraction = '', unit = ''] = match;
    if (digits === '' && fraction === '') invalid();
    if (unit === '') fail(`time: missing unit in duration ${quote(text)}`);
    const nanos = Object.hasOwn(unitNanos, unit) ? unitNanos[unit]! : undefined;
    if (nanos === undefined) return fail(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    total += BigInt(digits || '0') * nanos;
    if (fraction !== '') total += (BigInt(fraction) * nanos) / 10n ** BigInt(fraction.length);
    rest = rest.slice(whole.length);
  }
  if (total > 2n ** 63n - (sign < 0n ? 0n : 1n)) invalid();
  return sign * total;
}

/** `value / unit` with as many decimals as it takes. */
function decimal(value: bigint, unit: bigint): string {
  const fraction = (value % unit)
    .toString()
    .padStart(unit.toString().length - 1, '0')
    .replace(/0+$/, '');
  return `${value / unit}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Nanoseconds as Go prints a duration: `1h0m0s`, `1.5s`, `250ms`, `0s`. */
export function formatDuration(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1000n)}\xc2\xb5s`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 1_000_000n)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 1_000_000_000n)}s`;
  if (minutes === 0n) return sign + seconds;
  const hours = minutes / 60n;
  return `${sign}${hours > 0n ? `${hours}h` : ''}${minutes % 60n}m${seconds}`;
}
