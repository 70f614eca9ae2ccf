// A text that is looked for as it is, in the bytes of a log. Node finds bytes as fast as memory is read, so what has no two
// cases is found that way first: all of the text where upper and lower case count, else its longest part without letters.
// Where colours may stand within the text, and for letters alone, an expression does it.
// Does not: know lines or blocks.

export interface LiteralText {
  /** The bytes, letters in lower case unless case counts. */
  readonly bytes: Buffer;
  readonly isCaseSensitive: boolean;
  /** A part that stands in every hit as it is, and where in the text; undefined for letters alone. */
  readonly core: { readonly bytes: Buffer; readonly offset: number } | undefined;
  /** Finds the text in bytes read as Latin-1. */
  readonly plain: RegExp;
  /** The same where escape sequences may stand between the letters. */
  readonly coloured: RegExp;
}

/** For a pattern that is not empty; where case does not count, of ASCII. `sequence` is the source of an expression for escape sequences. */
export function literalText(pattern: string, isCaseSensitive: boolean, sequence: string): LiteralText {
  const bytes = Buffer.from(isCaseSensitive ? pattern : pattern.toLowerCase());
  const letters = [...bytes.toString('latin1')].map(letter => {
    if (!isCaseSensitive && /[a-z]/.test(letter)) return `[${letter}${letter.toUpperCase()}]`;
    return letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  });
  return {
    bytes,
    isCaseSensitive,
    core: isCaseSensitive ? { bytes, offset: 0 } : longestWithoutLetters(bytes),
    plain: new RegExp(letters.join(''), 'g'),
    coloured: new RegExp(letters.join(`(?:${sequence})*`), 'g'),
  };
}

function longestWithoutLetters(bytes: Buffer): LiteralText['core'] {
  let best: { bytes: Buffer; offset: number } | undefined;
  for (const { 0: part, index } of bytes.toString('latin1').matchAll(/[^a-z]+/g)) {
    if (part.length > (best?.bytes.length ?? 0))
      best = { bytes: bytes.subarray(index, index + part.length), offset: index };
  }
  return best;
}

const escapeByte = 0x1b;
const newline = 10;

/** Bytes that are read as text at a time: texts of this size are made and forgotten where the young objects live. */
const partBytes = 64 * 1024;

/** Gets a hit, from its first byte to behind its last; answers where to look on. */
export type TakeHit = (from: number, to: number) => number;

/** Calls back for all places of the text, rising. */
export function eachHit(bytes: Buffer, literal: LiteralText, take: TakeHit): void {
  const isColoured = bytes.includes(escapeByte);
  if (literal.core && !isColoured) eachHitOfCore(bytes, literal, take);
  else eachHitOfExpression(bytes, isColoured ? literal.coloured : literal.plain, take);
}

function eachHitOfCore(bytes: Buffer, literal: LiteralText, take: TakeHit): void {
  const { bytes: core, offset } = literal.core!;
  const { length } = literal.bytes;
  for (let at = bytes.indexOf(core, offset); at >= 0 && at < bytes.length; ) {
    const from = at - offset;
    const next = standsAt(bytes, from, literal) ? take(from, from + length) : from + 1;
    at = bytes.indexOf(core, next + offset);
  }
}

function standsAt(bytes: Buffer, from: number, { bytes: wanted, isCaseSensitive }: LiteralText): boolean {
  if (isCaseSensitive) return true;
  if (from + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[from + i]!;
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== wanted[i]) return false;
  }
  return true;
}

function eachHitOfExpression(bytes: Buffer, expression: RegExp, take: TakeHit): void {
  for (let at = 0; at < bytes.length; ) {
    // Parts end with a line, because nothing is found across lines.
    const end = at + partBytes >= bytes.length ? bytes.length : endOfLine(bytes, at);
    const part = bytes.toString('latin1', at, end);
    let next = 0;
    while (next < part.length) {
      expression.lastIndex = next;
      const match = expression.exec(part);
      next = match ? take(at + match.index, at + match.index + match[0].length) - at : part.length;
    }
    at = Math.max(end, at + next);
  }
}

/** The last end of a line within a part, else the next one. */
function endOfLine(bytes: Buffer, at: number): number {
  const last = bytes.lastIndexOf(newline, at + partBytes - 1);
  const end = last >= at ? last : bytes.indexOf(newline, at + partBytes);
  return end < 0 ? bytes.length : end + 1;
}
