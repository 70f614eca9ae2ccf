// The literal that denotes a string or bytes value, as repr() prints it.
import { decodeRune, replacementRune } from './text.ts';

const plain = /^[ !#-[\]-~]*$/;
const printable = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
const shortEscapes: Record<number, string> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
};

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function quotedRune(text: string, at: number, rune: number, width: number): string {
  if (width === 1 && rune === replacementRune) return `\\x${hex(text.charCodeAt(at), 2)}`;
  const short = shortEscapes[rune];
  if (short !== undefined) return short;
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`;
  if (rune < 0x7f || printable.test(String.fromCodePoint(rune))) return text.slice(at, at + width);
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

/** `text` (a Starlark string) as a double-quoted Starlark literal. */
export function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  let out = '"';
  for (let at = 0; at < text.length; ) {
    const packed = decodeRune(text, at);
    const width = packed & 7;
    out += quotedRune(text, at, packed >> 3, width);
    at += width;
  }
  return `${out}"`;
}
