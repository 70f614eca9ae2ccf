// Up to 256 KiB of log text with one row of numbers a segment: the unit of memory, disk, search and skipping.
// A segment is a piece of one span's output that ends with a newline or with the end of a write.
// Does not: know spans by name, files, or what a line is.
import type { SegmentFields } from './port.ts';

export const blockTextBytes = 256 * 1024;
const maxRecords = 16_384;
const newline = 10;

/** Bits 0 to 2 of a record's flags are its level. */
export const flag = { anchor: 8, continues: 16, complete: 32 } as const;

export interface RecordHead {
  readonly span: number;
  readonly timeMs: number;
  readonly level: number;
  /** Whether the first segment continues the span's unfinished line. */
  readonly continues: boolean;
  readonly isAnchor: boolean;
  readonly fields: SegmentFields | undefined;
}

/** One replacement inside a record, in bytes from the record's start. */
export interface RecordEdit {
  readonly record: number;
  readonly start: number;
  readonly end: number;
  readonly replacement: Uint8Array;
}

export class Block {
  readonly firstId: number;
  readonly baseTimeMs: number;
  text: Buffer;
  textBytes = 0;
  count = 0;
  /** End of record i in `text`. */
  ends: Uint32Array;
  spans: Uint32Array;
  /** Milliseconds since baseTimeMs. */
  times: Uint32Array;
  flags: Uint8Array;
  fields = new Map<number, SegmentFields>();

  constructor(firstId: number, baseTimeMs: number, textCapacity = blockTextBytes, recordCapacity = 256) {
    this.firstId = firstId;
    this.baseTimeMs = baseTimeMs;
    this.text = Buffer.allocUnsafeSlow(textCapacity);
    this.ends = new Uint32Array(recordCapacity);
    this.spans = new Uint32Array(recordCapacity);
    this.times = new Uint32Array(recordCapacity);
    this.flags = new Uint8Array(recordCapacity);
  }

  get sizeBytes(): number {
    return this.text.length + this.ends.length * 13;
  }

  start(record: number): number {
    return record === 0 ? 0 : this.ends[record - 1]!;
  }

  timeMs(record: number): number {
    return this.baseTimeMs + this.times[record]!;
  }

  /** The bytes of a record; a view, valid until the block is edited. */
  bytes(record: number): Buffer {
    return this.text.subarray(this.start(record), this.ends[record]!);
  }

  /** The record that holds the byte at `offset` of the text. */
  recordAt(offset: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /**
   * Takes as much of `bytes` from `from` on as fits, cut into segments behind each newline. Returns where it stopped;
   * `from` itself when nothing fits, so that the caller begins a new block.
   */
  append(bytes: Uint8Array, from: number, head: RecordHead): number {
    const room = this.text.length - this.textBytes;
    const to = Math.min(this.#fitting(bytes, from, room), bytes.length);
    if (to <= from || this.count >= maxRecords) return from;
    this.text.set(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to), this.textBytes);
    return from + this.#cut(this.textBytes + (to - from), head);
  }

  /** Where to cut so that it fits: behind the last newline, or, if a line alone is longer than a block, in the line. */
  #fitting(bytes: Uint8Array, from: number, room: number): number {
    if (bytes.length - from <= room) return bytes.length;
    if (room === 0) return from;
    const last = Buffer.prototype.lastIndexOf.call(bytes, newline, from + room - 1);
    if (last >= from) return last + 1;
    if (this.count > 0) return from;
    let to = from + room;
    // Not inside a character.
    while (to > from + room - 4 && (bytes[to]! & 0xc0) === 0x80) to--;
    return to;
  }

  /** Makes records of what was copied up to `end`; returns how many bytes got one. */
  #cut(end: number, head: RecordHead): number {
    const { text } = this;
    const begin = this.textBytes;
    const time = Math.max(0, head.timeMs - this.baseTimeMs);
    let flags = head.level | (head.continues ? flag.continues : 0) | (head.isAnchor ? flag.anchor : 0);
    // What an older, longer text left behind the end may hold newlines as well.
    for (let at = text.indexOf(newline, begin); at >= 0 && at < end; at = text.indexOf(newline, at + 1)) {
      this.#add(at + 1, time, flags | flag.complete, head);
      flags = head.level;
      if (this.count >= maxRecords) return at + 1 - begin;
    }
    if (this.textBytes < end) this.#add(end, time, flags, head);
    return end - begin;
  }

  #add(end: number, time: number, flags: number, head: RecordHead): void {
    const at = this.count;
    if (at === this.ends.length) this.#grow();
    this.ends[at] = end;
    this.spans[at] = head.span;
    this.times[at] = time;
    this.flags[at] = flags;
    if (head.fields) this.fields.set(at, head.fields);
    this.count = at + 1;
    this.textBytes = end;
  }

  #grow(): void {
    const size = Math.min(this.ends.length * 2, maxRecords);
    const grown = <T extends Uint32Array | Uint8Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    this.ends = grown(this.ends, new Uint32Array(size));
    this.spans = grown(this.spans, new Uint32Array(size));
    this.times = grown(this.times, new Uint32Array(size));
    this.flags = grown(this.flags, new Uint8Array(size));
  }

  /** Gives back what was reserved for more. */
  shrink(): void {
    if (this.text.length - this.textBytes > 4096) {
      const text = Buffer.allocUnsafeSlow(this.textBytes);
      this.text.copy(text, 0, 0, this.textBytes);
      this.text = text;
    }
    this.ends = this.ends.slice(0, this.count);
    this.spans = this.spans.slice(0, this.count);
    this.times = this.times.slice(0, this.count);
    this.flags = this.flags.slice(0, this.count);
  }

  /** Replaces parts of records; sorted by record and start, without overlap. */
  edit(edits: readonly RecordEdit[]): void {
    const parts: Uint8Array[] = [];
    const ends = new Uint32Array(this.ends.length);
    let length = 0;
    let next = 0;
    const push = (part: Uint8Array): void => {
      parts.push(part);
      length += part.length;
    };
    for (let record = 0; record < this.count; record++) {
      const begin = this.start(record);
      let at = begin;
      for (; next < edits.length && edits[next]!.record === record; next++) {
        push(this.text.subarray(at, begin + edits[next]!.start));
        push(edits[next]!.replacement);
        at = begin + edits[next]!.end;
      }
      push(this.text.subarray(at, this.ends[record]!));
      ends[record] = length;
    }
    const spare = this.text.length - this.textBytes;
    const text = Buffer.allocUnsafeSlow(length + spare);
    Buffer.concat(parts, length).copy(text);
    this.text = text;
    this.ends = ends;
    this.textBytes = length;
  }
}
