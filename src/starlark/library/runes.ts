// Classes and cases of runes as Go's unicode package has them: one rune maps to one rune.
import { encodeRune, isAscii, runesOf } from '../values/text.ts';

const spaces = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]);

/** White space, Unicode's included. */
export function isSpace(rune: number): boolean {
  return spaces.has(rune) || (rune >= 0x2000 && rune <= 0x200a);
}

/** Whether a rune belongs to the class of a regular expression. */
export function isInClass(rune: number, pattern: RegExp): boolean {
  return pattern.test(String.fromCodePoint(rune));
}

/** The rune a string consists of, or undefined when it has more. */
function single(text: string): number | undefined {
  const rune = text.codePointAt(0);
  return rune !== undefined && String.fromCodePoint(rune).length === text.length ? rune : undefined;
}

/** Greek letters with iota subscript: JavaScript spells them out in upper case, Unicode's simple mapping does not. */
function simpleUpper(rune: number): number | undefined {
  if (rune >= 0x1f80 && rune <= 0x1faf) return (rune & 8) === 0 ? rune + 8 : rune;
  if (rune === 0x1fb3 || rune === 0x1fc3 || rune === 0x1ff3) return rune + 9;
  return undefined;
}

/** Upper case of one rune. */
export function upperRune(rune: number): number {
  return simpleUpper(rune) ?? single(String.fromCodePoint(rune).toUpperCase()) ?? rune;
}

/** Lower case of one rune. */
export function lowerRune(rune: number): number {
  if (rune === 0x130) return 0x69;
  return single(String.fromCodePoint(rune).toLowerCase()) ?? rune;
}

/** Title case of one rune: upper case, but for the digraphs that have a form of their own, and Georgian. */
export function titleRune(rune: number): number {
  if (rune >= 0x1c4 && rune <= 0x1cc) return rune <= 0x1c6 ? 0x1c5 : rune <= 0x1c9 ? 0x1c8 : 0x1cb;
  if (rune >= 0x1f1 && rune <= 0x1f3) return 0x1f2;
  return rune >= 0x10d0 && rune <= 0x10ff ? rune : upperRune(rune);
}

/** Whether a rune has another case, by simple folding: the sharp s has one, the two Turkish letters i have none. */
export function isCased(rune: number): boolean {
  if (rune === 0xdf) return true;
  if (rune === 0x130 || rune === 0x131) return false;
  return upperRune(rune) !== rune || lowerRune(rune) !== rune;
}

/** Every rune of a Starlark string mapped; what is no UTF-8 becomes U+FFFD. */
export function mapRunes(text: string, map: (rune: number, index: number) => number): string {
  return runesOf(text)
    .map((rune, index) => encodeRune(map(rune, index)))
    .join('');
}

/** A Starlark string in upper case. */
export function upperText(text: string): string {
  return isAscii(text) ? text.toUpperCase() : mapRunes(text, upperRune);
}

/** A Starlark string in lower case. */
export function lowerText(text: string): string {
  return isAscii(text) ? text.toLowerCase() : mapRunes(text, lowerRune);
}
