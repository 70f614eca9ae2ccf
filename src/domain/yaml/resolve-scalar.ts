// What an unquoted word of YAML 1.1 means, by the rules of the reader that Tilt and Kubernetes use: yes and on are
// booleans, 010 is octal, 12:30 and dates are text.

const words = new Map<string, null | boolean | number>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) words.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) words.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, null);
for (const word of ['.nan', '.NaN', '.NAN']) words.set(word, Number.NaN);
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) words.set(word, Number.POSITIVE_INFINITY);
for (const word of ['-.inf', '-.Inf', '-.INF']) words.set(word, Number.NEGATIVE_INFINITY);

const floatForm = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const maxInt = 2n ** 63n - 1n;
const minInt = -(2n ** 63n);
const maxUint = 2n ** 64n - 1n;

/** What an unquoted word means to readers of YAML 1.2: only true and false are booleans. */
export function resolveCoreScalar(text: string): null | boolean | number | bigint | string {
  const value = resolveScalar(text);
  return typeof value === 'boolean' && !/^(true|false)$/i.test(text) ? text : value;
}

/** The value of an unquoted word. */
export function resolveScalar(text: string): null | boolean | number | bigint | string {
  const first = text.charCodeAt(0);
  const isNumberish = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!isNumberish) {
    if (text.length > 5) return text;
    const known = words.get(text);
    return known === undefined ? text : known;
  }
  const known = words.get(text);
  if (known !== undefined) return known;
  return resolveNumber(text, first === 46) ?? text;
}

function resolveNumber(text: string, startsWithDot: boolean): number | bigint | undefined {
  if (startsWithDot) {
    const dotted = text.replace(/([0-9])_(?=[0-9])/g, '$1');
    return /^\.[0-9]+([eE][-+]?[0-9]+)?$/.test(dotted) ? float(dotted) : undefined;
  }
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = resolveInteger(plain);
  if (integer !== undefined) return integer;
  return floatForm.test(plain) ? float(plain) : undefined;
}

/** A number too big for a float stays text. */
function float(text: string): number | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** True when an unquoted word is a number that is written as a whole one. */
export function isIntegerText(text: string): boolean {
  return resolveInteger(text.replaceAll('_', '')) !== undefined;
}

function resolveInteger(text: string): number | bigint | undefined {
  const sign = text[0] === '-' ? -1 : 1;
  const digits = text[0] === '-' || text[0] === '+' ? text.slice(1) : text;
  const radix = radixOf(digits);
  if (!radix) return undefined;
  const { prefix, body } = radix;
  if (prefix === '' && body.length < 16) return sign === -1 && body !== '0' ? -Number(body) : Number(body);
  const value = BigInt(`${prefix}${body}`) * BigInt(sign);
  if (value > (sign > 0 ? maxUint : maxInt) || value < minInt) return undefined;
  // What an int64 cannot hold becomes a float on its way through JSON.
  if (value > maxInt) return Number(value);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function radixOf(digits: string): { readonly prefix: string; readonly body: string } | undefined {
  if (/^(0|[1-9][0-9]*)$/.test(digits)) return { prefix: '', body: digits };
  const match = /^0(?:([xX])([0-9a-fA-F]+)|([bB])([01]+)|[oO]?([0-7]+))$/.exec(digits);
  if (!match) return undefined;
  if (match[1]) return { prefix: '0x', body: match[2]! };
  if (match[3]) return { prefix: '0b', body: match[4]! };
  return { prefix: '0o', body: match[5]! };
}

/** True when the text, written without quotes, would be read as something else than this text. */
export function needsQuotes(text: string): boolean {
  if (text === '') return true;
  const first = text.charCodeAt(0);
  // Nothing that begins with a letter and is longer than `false` means anything but itself.
  if (text.length > 5 && ((first >= 97 && first <= 122) || (first >= 65 && first <= 90))) return false;
  if (typeof resolveScalar(text) !== 'string') return true;
  return isTimestamp(text) || /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
}

const timestampForms = [
  /^\d{4}-\d\d?-\d\d?$/,
  /^\d{4}-\d\d?-\d\d?[Tt]\d\d?:\d\d?:\d\d?(\.\d+)?(Z|[-+]\d\d:\d\d)$/,
  /^\d{4}-\d\d?-\d\d? \d\d?:\d\d?:\d\d?(\.\d+)?$/,
];

/** True for dates, alone or with a time. */
export function isTimestamp(text: string): boolean {
  if (!timestampForms.some(form => form.test(text))) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = text.split(/[-Tt :.Z+]/).map(Number);
  const daysOfMonth = new Date(Date.UTC(year!, month!, 0)).getUTCDate();
  const isDay = month! >= 1 && month! <= 12 && day! >= 1 && day! <= daysOfMonth;
  return isDay && hour < 24 && minute < 60 && second < 60;
}
