// Escape sequences in the bytes of a log: where they begin and end, and text without them.
// Does not: know what they mean.

/**
 * Sequences as `endOfSequence` reads them: CSI up to its letter, OSC and the like up to BEL or ST, others with what stands
 * between; none goes beyond its line. No part can be read in two ways, so that the expression never goes back.
 */
export const sequence =
  '\\x1b(?:' +
  '\\[[^\\x40-\\x7e\\n\\x1b]*(?:[\\x40-\\x7e]|(?=[\\n\\x1b]|$))|' +
  '[\\]PX^_][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\|(?=\\n|\\x1b[^\\\\]|$))|' +
  '(?![[\\]PX^_])[\\x20-\\x2f]*(?:[^\\n\\x20-\\x2f]|(?=\\n)|$))';
const allSequences = new RegExp(sequence, 'g');

export const escapeByte = 0x1b;
const newline = 10;

/** Where text goes on behind an escape sequence; never beyond its line. */
export function endOfSequence(text: Buffer, from: number): number {
  const kind = text[from];
  if (kind === undefined || kind === newline) return from;
  // CSI: parameters up to a letter.
  if (kind === 0x5b) {
    for (let at = from + 1; at < text.length; at++) {
      const byte = text[at]!;
      if (byte === newline || byte === escapeByte) return at;
      if (byte >= 0x40 && byte <= 0x7e) return at + 1;
    }
    return text.length;
  }
  // OSC and the like: up to BEL or ST.
  if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) {
    for (let at = from + 1; at < text.length; at++) {
      const byte = text[at]!;
      if (byte === newline) return at;
      if (byte === 0x07) return at + 1;
      if (byte === escapeByte) return text[at + 1] === 0x5c ? at + 2 : at;
    }
    return text.length;
  }
  // Others may have bytes between: `ESC ( B` chooses a character set.
  let at = from;
  while (at < text.length && text[at]! >= 0x20 && text[at]! <= 0x2f) at++;
  return text[at] === newline ? at : at + 1;
}

/** Where text goes on behind the sequence at `at` and those that follow it at once. */
export function skipSequences(bytes: Buffer, at: number): number {
  let to = at;
  while (to < bytes.length && bytes[to] === escapeByte) to = endOfSequence(bytes, to + 1);
  return to;
}

/** Text in bytes, without sequences. */
export function withoutColours(line: Buffer): string {
  return Buffer.from(line.toString('latin1').replace(allSequences, ''), 'latin1').toString();
}
