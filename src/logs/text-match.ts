// Whether a text is in a line, on what people see of it: without colours. Literals are looked for in the bytes of whole
// blocks, because nearly all of them hold none; expressions are tried line by line.
// Does not: know filters, files, or which lines are asked for.
import type { LogText } from '../api/client.ts';
import { type Block, flag } from './block.ts';

export interface TextMatcher {
  /** Whether a line matches, given without its colours. */
  readonly test: (text: string) => boolean;
  /** A text that every matching line holds, for looking at whole blocks; undefined for expressions. */
  readonly literal: Literal | undefined;
}

interface Literal {
  readonly needle: string | Buffer;
  /** The needle is of lower case, and the block is to be lowered too. */
  readonly isFolded: boolean;
  /** Bytes of it that follow each other, both in one number: where colours change within it they stand on both sides. */
  readonly neighbours: ReadonlySet<number>;
}

/** Lines are looked through up to here: what stands behind it is not seen on a screen, and bad expressions take long. */
const maxTestedLength = 10_000;

/** Throws a SyntaxError for a bad regular expression. */
export function makeTextMatcher({ pattern, isRegex = false, isCaseSensitive = false }: LogText): TextMatcher {
  if (isRegex) {
    const regex = new RegExp(pattern, isCaseSensitive ? 'u' : 'iu');
    return { test: text => regex.test(text.slice(0, maxTestedLength)), literal: undefined };
  }
  if (isCaseSensitive)
    return { test: text => text.includes(pattern), literal: makeLiteral(Buffer.from(pattern), false) };
  const lower = pattern.toLowerCase();
  // Lowering bytes as Latin-1 keeps their number, and is right for needles of plain letters.
  const isAscii = /^[\x20-\x7e]*$/.test(pattern);
  return {
    test: text => text.toLowerCase().includes(lower),
    literal: isAscii ? makeLiteral(lower, true) : undefined,
  };
}

function makeLiteral(needle: string | Buffer, isFolded: boolean): Literal {
  const bytes = Buffer.from(needle);
  const neighbours = new Set<number>();
  for (let i = 1; i < bytes.length; i++) neighbours.add((bytes[i - 1]! << 8) | bytes[i]!);
  return { needle, isFolded, neighbours };
}

function lowered(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte;
}

const escapeByte = 0x1b;
const newline = 10;

/** The bytes of a block as they are looked through, and the end of each record in them. */
export interface PlainBytes {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
}

/** True when the literal may be in these bytes; they may hold colours. */
export function mayHold(bytes: Buffer, { literal }: TextMatcher): boolean {
  if (!literal || literal.needle.length === 0) return true;
  return firstOffset(bytes, literal) >= 0 || mayHoldColoured(bytes, literal);
}

/** True when colours may change in the middle of the literal somewhere: most change at the ends of words. */
function mayHoldColoured(bytes: Buffer, { neighbours, isFolded }: Literal): boolean {
  for (let at = bytes.indexOf(escapeByte); at >= 0; ) {
    let end = endOfSequence(bytes, at + 1);
    while (bytes[end] === escapeByte) end = endOfSequence(bytes, end + 1);
    if (at > 0 && end < bytes.length) {
      const [before, after] = [bytes[at - 1]!, bytes[end]!];
      if (neighbours.has(isFolded ? (lowered(before) << 8) | lowered(after) : (before << 8) | after)) return true;
    }
    at = bytes.indexOf(escapeByte, end);
  }
  return false;
}

function firstOffset(bytes: Buffer, literal: Literal): number {
  return nextOffset(bytes, literal, 0);
}

/** Bytes that are lowered at a time: texts of this size are made and forgotten where the young objects live. */
const foldedBytes = 64 * 1024;

/** Where the literal comes next, from an offset on; -1 for nowhere. */
function nextOffset(bytes: Buffer, { needle, isFolded }: Literal, from: number): number {
  if (!isFolded) return bytes.indexOf(needle, from);
  for (let at = from; at < bytes.length; at += foldedBytes) {
    const part = bytes.toString('latin1', at, at + foldedBytes + needle.length - 1).toLowerCase();
    const hit = part.indexOf(needle as string);
    if (hit >= 0) return at + hit;
  }
  return -1;
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
    used += text.copy(bytes, used, at, to);
  };
  for (let next = text.indexOf(escapeByte); next >= 0; next = text.indexOf(escapeByte, at)) {
    take(next);
    at = endOfSequence(text, next + 1);
  }
  take(text.length);
  for (; record < count; record++) ends[record] = used;
  return { bytes: bytes.subarray(0, used), ends };
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

/** The records that hold the literal, rising; a hit that runs over the end of a record is none. */
export function literalRecords({ bytes, ends }: PlainBytes, count: number, literal: Literal): number[] {
  const records: number[] = [];
  let record = 0;
  for (const hit of offsetsOf(bytes, literal)) {
    if (record > 0 && hit < ends[record - 1]!) continue;
    record = recordAt(ends, hit, { from: record, count });
    if (hit + literal.needle.length > ends[record]!) continue;
    records.push(record);
    record++;
    if (record >= count) break;
  }
  return records;
}

/** All offsets of the literal, rising. */
function* offsetsOf(bytes: Buffer, literal: Literal): Generator<number> {
  const { needle, isFolded } = literal;
  if (!isFolded) {
    for (let hit = bytes.indexOf(needle); hit >= 0; hit = bytes.indexOf(needle, hit + 1)) yield hit;
    return;
  }
  for (let at = 0; at < bytes.length; at += foldedBytes) {
    const part = bytes.toString('latin1', at, at + foldedBytes + needle.length - 1).toLowerCase();
    for (let hit = part.indexOf(needle as string); hit >= 0; hit = part.indexOf(needle as string, hit + 1)) {
      if (hit < foldedBytes) yield at + hit;
    }
  }
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
