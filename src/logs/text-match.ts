// Whether a text is in a line, on what people see of it: without colours. Literals are looked for in the bytes of whole
// blocks, by an expression that colours may stand within; expressions that people type are tried line by line.
// Does not: know filters, files, or which lines are asked for.
import type { LogText } from '../api/client.ts';
import { LimitedRegex } from '../base/limited-regex.ts';
import { type Block, flag } from './block.ts';
import { eachHit, type LiteralText, literalText } from './literal-text.ts';

export interface TextMatcher {
  /** Whether a line matches, given without its colours. Throws a SlowExpressionError, see limited-regex.ts. */
  readonly test: (text: string) => boolean;
  /** The text in bytes, colours and all; undefined for expressions and for no text at all. */
  readonly literal: LiteralText | undefined;
  /** Set for expressions that may take long for any line. */
  readonly risky: LimitedRegex | undefined;
}

/** Lines are looked through up to here: what stands behind it is not seen on a screen, and bad expressions take long. */
const maxTestedLength = 10_000;

/** Throws a SyntaxError for a bad regular expression. */
export function makeTextMatcher({ pattern, isRegex = false, isCaseSensitive = false }: LogText): TextMatcher {
  if (isRegex) {
    const regex = new LimitedRegex(new RegExp(pattern, isCaseSensitive ? 'u' : 'iu'));
    const test = (text: string): boolean => regex.test(text.slice(0, maxTestedLength));
    return { test, literal: undefined, risky: regex.isRisky ? regex : undefined };
  }
  // Letters beyond ASCII have no bytes of upper case that stand for them alone.
  const isExact = isCaseSensitive || /^[\x20-\x7e]*$/.test(pattern);
  const literal = pattern !== '' && isExact ? literalText(pattern, isCaseSensitive, sequence) : undefined;
  if (isCaseSensitive) return { test: text => text.includes(pattern), literal, risky: undefined };
  const lower = pattern.toLowerCase();
  return { test: text => text.toLowerCase().includes(lower), literal, risky: undefined };
}

/**
 * Sequences as `endOfSequence` reads them: CSI up to its letter, OSC and the like up to BEL or ST, others with what stands
 * between; none goes beyond its line. No part can be read in two ways, so that the expression never goes back.
 */
const sequence =
  '\\x1b(?:' +
  '\\[[^\\x40-\\x7e\\n\\x1b]*(?:[\\x40-\\x7e]|(?=[\\n\\x1b]|$))|' +
  '[\\]PX^_][^\\x07\\x1b\\n]*(?:\\x07|\\x1b\\\\|(?=\\n|\\x1b[^\\\\]|$))|' +
  '(?![[\\]PX^_])[\\x20-\\x2f]*(?:[^\\n\\x20-\\x2f]|(?=\\n)|$))';
const allSequences = new RegExp(sequence, 'g');

const escapeByte = 0x1b;
const newline = 10;

/** The bytes of a block as they are looked through, and the end of each record in them. */
export interface PlainBytes {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
}

/** True when the literal may be in these bytes; they may hold colours. */
export function mayHold(bytes: Buffer, { literal }: TextMatcher): boolean {
  if (!literal) return true;
  let isThere = false;
  eachHit(bytes, literal, () => {
    isThere = true;
    return bytes.length;
  });
  return isThere;
}

/** The block's text without colours and other sequences; the text itself where it has none. */
export function plainBytes(block: Block, count: number): PlainBytes {
  const text = block.text.subarray(0, block.textBytes);
  if (!text.includes(escapeByte)) return { bytes: text, ends: block.ends };
  const bytes = Buffer.allocUnsafe(text.length);
  const ends = new Uint32Array(count);
  let used = 0;
  let at = 0;
  let record = 0;
  const take = (to: number): void => {
    while (record < count && block.ends[record]! <= to) {
      ends[record] = used + Math.max(0, block.ends[record]! - at);
      record++;
    }
    if (to - at > nearBytes) used += text.copy(bytes, used, at, to);
    else for (let from = at; from < to; from++) bytes[used++] = text[from]!;
  };
  for (let next = text.indexOf(escapeByte); next >= 0; next = nextEscape(text, at)) {
    take(next);
    at = endOfSequence(text, next + 1);
  }
  take(text.length);
  for (; record < count; record++) ends[record] = used;
  return { bytes: bytes.subarray(0, used), ends };
}

/** Colours stand near each other: looking at so many bytes is faster than asking for the next one. */
const nearBytes = 48;

function nextEscape(text: Buffer, from: number): number {
  const near = Math.min(text.length, from + nearBytes);
  for (let at = from; at < near; at++) if (text[at] === escapeByte) return at;
  return text.indexOf(escapeByte, near);
}

/** Where text goes on behind an escape sequence; never beyond its line. */
function endOfSequence(text: Buffer, from: number): number {
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

/** The records of a block that hold the literal, rising; a hit that runs over the end of a record is none. */
export function literalRecords(block: Block, count: number, { literal, test }: TextMatcher): number[] {
  const { ends } = block;
  const bytes = block.text.subarray(0, block.textBytes);
  const records: number[] = [];
  let record = 0;
  if (literal && count > 0)
    eachHit(bytes, literal, (from, to) => {
      if (from >= ends[count - 1]!) return bytes.length;
      record = recordAt(ends, from, { from: record, count });
      const end = ends[record]!;
      if (to > end) return from + 1;
      // What was found may be a part of a colour.
      const line = bytes.subarray(record === 0 ? 0 : ends[record - 1]!, end);
      if (!line.includes(escapeByte) || test(withoutColours(line))) records.push(record);
      return end;
    });
  return records;
}

function withoutColours(line: Buffer): string {
  return Buffer.from(line.toString('latin1').replace(allSequences, ''), 'latin1').toString();
}

function recordAt(ends: Uint32Array, offset: number, { from, count }: { from: number; count: number }): number {
  let low = from;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The text of a record, without its line end. */
export function recordText({ bytes, ends }: PlainBytes, record: number): string {
  const start = record === 0 ? 0 : ends[record - 1]!;
  let end = ends[record]!;
  if (end > start && bytes[end - 1] === newline) end--;
  return bytes.toString('utf8', start, Math.min(end, start + 4 * maxTestedLength));
}

/** True for a record that is a whole line. */
export function isWholeLine(flags: number): boolean {
  return (flags & (flag.complete | flag.continues)) === flag.complete;
}
