// Floats as text in Go's formats: the shortest digits that read back (%g) and six exact decimals (%e, %f).

/** Digits and the position of the decimal point: 0.d1d2d3... times 10^point. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return '+inf';
  return value === Number.NEGATIVE_INFINITY ? '-inf' : undefined;
}

function exponentText(exponent: number, letter: string): string {
  return `${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** The shortest decimal that reads back as the positive double `value`. */
function shortestDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 };
}

/** `value` in the shortest form that reads back: `1.5`, `1e+06`, `1.0`; `letter` is g or G. */
export function formatFloatShortest(value: number, letter: 'g' | 'G'): string {
  const named = special(value);
  if (named !== undefined) return named;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0.0`;
  const { digits, point } = shortestDecimal(Math.abs(value));
  const exponent = point - 1;
  // The shortest form decides between the two notations as if its precision were 6.
  if (exponent < -4 || exponent >= 6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}${exponentText(exponent, letter === 'g' ? 'e' : 'E')}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}.0`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The exact value of a positive double as numerator and power of two: numerator * 2^exponent. */
function exactParts(value: number): { numerator: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return biased === 0
    ? { numerator: fraction, exponent: -1074 }
    : { numerator: fraction | 0x10000000000000n, exponent: biased - 1075 };
}

/** round(value * 10^scale), a tie going to the even neighbour; exact. */
function scaledRound(value: number, scale: number): bigint {
  const { numerator, exponent } = exactParts(value);
  let top = numerator;
  let bottom = 1n;
  if (exponent > 0) top <<= BigInt(exponent);
  else bottom <<= BigInt(-exponent);
  if (scale > 0) top *= 10n ** BigInt(scale);
  else bottom *= 10n ** BigInt(-scale);
  const whole = top / bottom;
  const twice = (top % bottom) * 2n;
  const up = twice > bottom || (twice === bottom && (whole & 1n) === 1n);
  return up ? whole + 1n : whole;
}

/** `value` with exactly six decimals, without exponent: `%f`. */
export function formatFloatFixed(value: number): string {
  const named = special(value);
  if (named !== undefined) return named;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const digits = (value === 0 ? 0n : scaledRound(Math.abs(value), 6)).toString().padStart(7, '0');
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** `value` as d.dddddde+dd: `%e`, `%E`. */
export function formatFloatExponent(value: number, letter: 'e' | 'E'): string {
  const named = special(value);
  if (named !== undefined) return named;
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0.000000${letter}+00`;
  let exponent = shortestDecimal(Math.abs(value)).point - 1;
  let digits = scaledRound(Math.abs(value), 6 - exponent).toString();
  if (digits.length > 7) {
    exponent++;
    digits = digits.slice(0, 7);
  }
  return `${sign}${digits[0]}.${digits.slice(1)}${exponentText(exponent, letter)}`;
}
