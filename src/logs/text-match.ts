// Whether a text is in a line, on what people see of it: without colours. Literals are looked for in the bytes of whole
// blocks; expressions that people type are tried line by line.
// Does not: know filters, files, or which lines are asked for.
import type { LogText } from '../api/client.ts';
import { LimitedRegex } from '../base/limited-regex.ts';
import { type Block, flag } from './block.ts';
import { endOfSequence, escapeByte, withoutColours } from './escape-sequences.ts';
import { eachColouredPlace, eachHit, type LiteralText, literalText, type TakeHit } from './literal-text.ts';

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

/** Throws a SyntaxError for a bad regular expression. After `maxSlowLines` that take too long an expression is given up. */
export function makeTextMatcher(
  { pattern, isRegex = false, isCaseSensitive = false }: LogText,
  maxSlowLines?: number,
): TextMatcher {
  if (isRegex) {
    const regex = new LimitedRegex(new RegExp(pattern, isCaseSensitive ? 'u' : 'iu'), maxSlowLines);
    const test = (text: string): boolean => regex.test(text.slice(0, maxTestedLength));
    return { test, literal: undefined, risky: regex.isRisky ? regex : undefined };
  }
  // Letters beyond ASCII have no bytes of upper case that stand for them alone.
  const isExact = isCaseSensitive || /^[\x20-\x7e]*$/.test(pattern);
  const literal = pattern !== '' && isExact ? literalText(pattern, isCaseSensitive) : undefined;
  if (isCaseSensitive) return { test: text => text.includes(pattern), literal, risky: undefined };
  const lower = pattern.toLowerCase();
  return { test: text => text.toLowerCase().includes(lower), literal, risky: undefined };
}

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
  const take: TakeHit = () => {
    isThere = true;
    return bytes.length;
  };
  eachHit(bytes, literal, take);
  if (!isThere) eachColouredPlace(bytes, literal, take);
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

/** The records of a block that hold the literal, rising; a hit that runs over the end of a record is none. */
export function literalRecords(block: Block, count: number, { literal, test }: TextMatcher): number[] {
  if (!literal || count === 0) return [];
  const rows = { bytes: block.text.subarray(0, block.textBytes), ends: block.ends, count };
  const found = recordsWithHit(rows, (bytes, take) => eachHit(bytes, literal, take));
  // What was found may be a part of a colour.
  const records = found.filter(record => {
    const line = lineOf(rows, record);
    return !line.includes(escapeByte) || test(withoutColours(line));
  });
  const isKnown = new Set(found);
  const coloured = recordsWithHit(rows, (bytes, take) => eachColouredPlace(bytes, literal, take)).filter(record => {
    if (isKnown.has(record)) return false;
    const line = lineOf(rows, record);
    return literal.coloured.test(line.toString('latin1')) && test(withoutColours(line));
  });
  return coloured.length === 0 ? records : [...records, ...coloured].sort((a, b) => a - b);
}

interface TextRows {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
  readonly count: number;
}

/** The records with a hit that ends in them, rising. */
function recordsWithHit({ bytes, ends, count }: TextRows, each: (bytes: Buffer, take: TakeHit) => void): number[] {
  const records: number[] = [];
  let record = 0;
  each(bytes, (from, to) => {
    if (from >= ends[count - 1]!) return bytes.length;
    record = recordAt(ends, from, { from: record, count });
    const end = ends[record]!;
    if (to > end) return from + 1;
    records.push(record);
    return end;
  });
  return records;
}

function lineOf({ bytes, ends }: TextRows, record: number): Buffer {
  return bytes.subarray(record === 0 ? 0 : ends[record - 1]!, ends[record]!);
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
