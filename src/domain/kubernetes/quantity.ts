// Amounts of CPU and memory (`500m`, `1.5Gi`) in the one form in which Kubernetes writes them.

const form = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+|[numkMGTPE])?$/;
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Amounts are counted in billionths; what is finer is rounded up. */
const nano = 10n ** 9n;

/** The canonical text of an amount. Throws with Kubernetes' words for a text that is none. */
export function canonicalQuantity(text: string): string {
  if (text === '')
    throw new Error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  const match = form.exec(text);
  if (!match) {
    if (/^[+-]?[0-9]*\.?[0-9]*[eEinumkKMGTP]*[-+]?[0-9]*$/.test(text))
      throw new Error("unable to parse quantity's suffix");
    throw new Error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }
  const [, sign, digits = '', suffix = ''] = match;
  if (keepsSpelling(digits, suffix)) return text;
  const minus = sign === '-' ? '-' : '';
  if (suffix.endsWith('i')) return minus + binary(scaled(digits, 9, 1024n ** BigInt(binarySuffixes.indexOf(suffix))));
  if (/^[eE]./.test(suffix)) return minus + exponent(scaled(digits, 9 + Number(suffix.slice(1)), 1n));
  return minus + decimal(scaled(digits, decimalSuffixes.indexOf(suffix) * 3, 1n));
}

/**
 * Whether Kubernetes writes a small amount as it was spelled: whole thousands (or 1024s) of the suffix's unit that a
 * larger suffix could not say shorter. So `1.500` stays, while `1.5` becomes `1500m`.
 */
function keepsSpelling(digits: string, suffix: string): boolean {
  const [whole = '', fraction = ''] = digits.split('.');
  const number = whole.replace(/^0+/, '') || '0';
  if (suffix.endsWith('i')) {
    const step = binarySuffixes.indexOf(suffix);
    const isSmall = number.length + step * 3 <= 14;
    return fraction === '' && isSmall && Number(number) % 8 !== 0;
  }
  const power = /^[eE]./.test(suffix) ? Number(suffix.slice(1)) : decimalSuffixes.indexOf(suffix) * 3 - 9;
  const scale = power - fraction.length;
  const all = number + fraction;
  return all.length <= 18 && scale >= -9 && scale % 3 === 0 && !all.endsWith('000') && all[0] !== '0';
}

/** digits x 10^power x factor, rounded up. */
function scaled(digits: string, power: number, factor: bigint): bigint {
  const [whole = '', fraction = ''] = digits.split('.');
  const amount = BigInt(`${whole}${fraction}` || '0') * factor;
  const shift = power - fraction.length;
  if (shift >= 0) return amount * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (amount + divisor - 1n) / divisor;
}

/** The largest suffix that leaves a whole number. */
function decimal(amount: bigint): string {
  if (amount === 0n) return '0';
  let rest = amount;
  let step = 0;
  while (rest % 1000n === 0n && step < decimalSuffixes.length - 1) {
    rest /= 1000n;
    step++;
  }
  return `${rest}${decimalSuffixes[step]}`;
}

function exponent(amount: bigint): string {
  if (amount === 0n) return '0';
  let rest = amount;
  let power = -9;
  while (rest % 1000n === 0n) {
    rest /= 1000n;
    power += 3;
  }
  return power === 0 ? String(rest) : `${rest}e${power}`;
}

function binary(amount: bigint): string {
  if (amount < 1024n * nano || amount % nano !== 0n) return decimal(amount);
  let rest = amount / nano;
  let step = 0;
  while (rest % 1024n === 0n && step < binarySuffixes.length - 1) {
    rest /= 1024n;
    step++;
  }
  return `${rest}${binarySuffixes[step]}`;
}
