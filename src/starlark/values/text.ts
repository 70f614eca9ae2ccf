// Starlark strings are sequences of bytes. A JavaScript string that holds one char (U+0000 to U+00FF) per byte of UTF-8
// represents them; these functions are the only way between that form and ordinary text.

const beyondAscii = /[^\x00-\x7f]/;

/** True when `text` is plain ASCII, so that its bytes, runes and chars are the same. */
export function isAscii(text: string): boolean {
  return !beyondAscii.test(text);
}

/** The Starlark string (bytes of UTF-8) of an ordinary JavaScript string; a lone surrogate becomes U+FFFD. */
export function starlarkString(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}

/** The JavaScript string of a Starlark string; bytes that are not UTF-8 become U+FFFD. */
export function jsString(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text;
}

/** The Starlark string of raw bytes. */
export function starlarkStringOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The raw bytes of a Starlark string. */
export function bytesOfStarlarkString(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** What decoding gives for a byte that starts no valid sequence. */
export const replacementRune = 0xfffd;

/**
 * The rune at byte `at` and its width, packed as `rune * 8 + width`. A byte that starts no shortest valid
 * sequence gives U+FFFD with width 1, as in Go.
 */
export function decodeRune(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first < 0x80) return first * 8 + 1;
  const invalid = replacementRune * 8 + 1;
  if (first < 0xc2 || first > 0xf4) return invalid;
  const second = text.charCodeAt(at + 1);
  if (!(second >= 0x80 && second <= 0xbf)) return invalid;
  if (first < 0xe0) return (((first & 0x1f) << 6) | (second & 0x3f)) * 8 + 2;
  const third = text.charCodeAt(at + 2);
  if (!(third >= 0x80 && third <= 0xbf)) return invalid;
  if (first < 0xf0) {
    const rune = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
    return rune < 0x800 || (rune >= 0xd800 && rune < 0xe000) ? invalid : rune * 8 + 3;
  }
  const fourth = text.charCodeAt(at + 3);
  if (!(fourth >= 0x80 && fourth <= 0xbf)) return invalid;
  const rune = ((first & 0x07) << 18) | ((second & 0x3f) << 12) | ((third & 0x3f) << 6) | (fourth & 0x3f);
  return rune < 0x10000 || rune > 0x10ffff ? invalid : rune * 8 + 4;
}

/** The runes of a Starlark string. */
export function runesOf(text: string): number[] {
  const runes: number[] = [];
  for (let at = 0; at < text.length; ) {
    const packed = decodeRune(text, at);
    runes.push(packed >> 3);
    at += packed & 7;
  }
  return runes;
}

/** The bytes of one rune; what is no Unicode scalar value gives those of U+FFFD. */
export function encodeRune(rune: number): string {
  if (rune < 0x80 && rune >= 0) return String.fromCharCode(rune);
  if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return '\xef\xbf\xbd';
  if (rune < 0x800) return String.fromCharCode(0xc0 | (rune >> 6), 0x80 | (rune & 0x3f));
  if (rune < 0x10000) {
    return String.fromCharCode(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
  }
  return String.fromCharCode(
    0xf0 | (rune >> 18),
    0x80 | ((rune >> 12) & 0x3f),
    0x80 | ((rune >> 6) & 0x3f),
    0x80 | (rune & 0x3f),
  );
}

/** `text` with every byte that is part of no valid UTF-8 replaced by U+FFFD, one each. */
export function validUtf8(text: string): string {
  if (isAscii(text) || starlarkString(jsString(text)) === text) return text;
  return runesOf(text).map(encodeRune).join('');
}
