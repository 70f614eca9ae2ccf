// Which ways of writing a text in YAML keep it as it is (libyaml's rules), and the order of keys.

export interface AllowedStyles {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

/** Anything that ends a line. */
export const lineBreaks = /[\n\r\u0085\u2028\u2029]/;

const startsSpecial = /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t\n\r\u0085\u2028\u2029]|$)|---|\.\.\.)/;
const holdsSpecial = /:(?:[ \t\n\r\u0085\u2028\u2029]|$)|[ \t\n\r\u0085\u2028\u2029]#/;
const notPrintable = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

/** The styles that a text may be written in. */
export function analyzeScalar(text: string): AllowedStyles {
  const hasBreaks = lineBreaks.test(text);
  const hasEdges = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  const isSpecial = notPrintable.test(text) || / [\n\r\u0085\u2028\u2029]/.test(text);
  const breakSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const hasIndicators = startsSpecial.test(text) || holdsSpecial.test(text);
  return {
    plain: !hasBreaks && !hasEdges && !isSpecial && !breakSpace && !hasIndicators,
    single: !isSpecial && !breakSpace,
    block: !isSpecial && !text.endsWith(' '),
  };
}

const shortEscapes: Readonly<Record<number, string>> = {
  0: '0',
  7: 'a',
  8: 'b',
  9: 't',
  10: 'n',
  11: 'v',
  12: 'f',
  13: 'r',
  27: 'e',
  34: '"',
  92: '\\',
  133: 'N',
  160: '_',
  8232: 'L',
  8233: 'P',
};

/** A text between double quotes. */
export function doubleQuoted(text: string): string {
  let out = '"';
  // Go's writer asks at each character whether the text begins with a byte order mark.
  const escapesAll = text.startsWith('\ufeff');
  for (const char of text) {
    const code = char.codePointAt(0)!;
    const mustEscape = escapesAll || code === 34 || code === 92 || notPrintable.test(char) || lineBreaks.test(char);
    out += mustEscape ? escaped(code) : char;
  }
  return `${out}"`;
}

function escaped(code: number): string {
  const short = shortEscapes[code];
  if (short) return `\\${short}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A number with a fraction, or too big for an integer: the shortest that reads back, as Go's %g writes it. */
export function floatText(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  const digits = String(Math.abs(power)).padStart(2, '0');
  return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`;
}

const letter = /^\p{L}$/u;

/** Natural order: letters by code, numbers inside names by value, and letters after everything else. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    return compareAt(a, b, i);
  }
  return a.length - b.length;
}

function compareAt(a: string, b: string, i: number): number {
  const isLetterA = isLetter(a, i);
  const isLetterB = isLetter(b, i);
  if (isLetterA && isLetterB) return rankAt(a, i) - rankAt(b, i);
  if (isLetterA || isLetterB) return isLetterB ? -1 : 1;
  // Digits before the difference belong to the same number: a leading zero then counts.
  const isInsideNumber = (a[i] === '0' || b[i] === '0') && followsNonZeroDigits(a, i);
  const start = isInsideNumber ? 1 : 0;
  const [numberA, endA] = readNumber(a, i, start);
  const [numberB, endB] = readNumber(b, i, start);
  if (numberA !== numberB) return numberA - numberB;
  if (endA !== endB) return endA - endB;
  return rankAt(a, i) - rankAt(b, i);
}

/** Halves of characters beyond U+FFFF rank above all others, as the characters do. */
function rankAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code;
}

function isLetter(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  if (code < 128) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return letter.test(String.fromCodePoint(text.codePointAt(i)!));
}

function isDigit(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return code >= 48 && code <= 57;
}

function followsNonZeroDigits(text: string, i: number): boolean {
  for (let j = i - 1; j >= 0 && isDigit(text, j); j--) if (text[j] !== '0') return true;
  return false;
}

function readNumber(text: string, from: number, start: number): [number, number] {
  let value = start;
  let i = from;
  for (; i < text.length && isDigit(text, i); i++) value = value * 10 + Number(text[i]);
  return [value, i];
}
