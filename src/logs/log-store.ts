// The log of a session: append-only, bounded in memory, complete on disk (design, "Logs").
// An append copies bytes into the active block and writes a row of numbers a line; nothing else happens on its way.
// Does not: print, colour, keep lines as strings, or queue anything for a reader.
import type { LogCursor, LogFilter, LogLevel, LogMatches, LogPlace, LogSearch, LogSection } from '../api/client.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { type Block, flag } from './block.ts';
import { type BlockEntry, BlockList } from './block-list.ts';
import { BlockReader } from './block-reader.ts';
import { CommandIndex } from './command-index.ts';
import { Cursor } from './cursor.ts';
import { DiskWriter } from './disk-writer.ts';
import { findLines, type LineSource } from './find-lines.ts';
import { makeLogList } from './log-list.ts';
import { redactSince } from './past-redaction.ts';
import type {
  Checkpoint,
  LogList,
  LogStore,
  LogStoreOptions,
  SearchQuery,
  SearchResult,
  Secret,
  SegmentFields,
  SpanCounts,
  SpanWriter,
} from './port.ts';
import { editsOfPieces, NeedleSet } from './redaction.ts';
import { searchLog } from './search.ts';
import { SearchThreads, type SearchThreadsOptions } from './search-threads.ts';
import { levelNumber, type Span, SpanTable } from './span-table.ts';

const minMemoryBytes = 4 << 20;
/** What memory keeps of a log that is on disk: the newest part, which is what people look at and new readers get. */
const defaultMemoryBytes = 8 << 20;
/** What it keeps where there is no disk. */
const defaultMemoryOnlyBytes = 32 << 20;
/** What it may grow to while the disk is only slow, before lines are given up. */
const defaultSlowDiskBytes = 128 << 20;
const defaultDiskBytes = 2 * 1024 ** 3;
const fileBytes = 16 << 20;
/** A line that rewrites itself with carriage returns is cut here, so that hours of progress don't become one line. */
const maxRewrittenLineBytes = 16 << 10;
const maxLineBytes = 4 << 20;
/** The same for a bound that was asked for. */
const slowDiskFactor = 4;

/** Spans that are one build or one run; the output of commands within a build is a part of it. */
const sectionSpan = /^(?:build|tiltfile|localserve|pod|container|compose):/;

/** Settings that only tests change. */
export interface LogStoreTuning {
  readonly clock?: Clock;
  readonly maxFileBytes?: number;
  /** Instead of 4 MiB. */
  readonly minMemoryBytes?: number;
  readonly searchThreads?: Partial<SearchThreadsOptions>;
}

interface MemoryBounds {
  /** Beyond this, what is on disk is forgotten here. */
  readonly usualBytes: number;
  readonly slowDiskBytes: number;
  readonly memoryOnlyBytes: number;
}

function memoryBounds(askedBytes: number | undefined, leastBytes: number): MemoryBounds {
  if (askedBytes === undefined)
    return {
      usualBytes: defaultMemoryBytes,
      slowDiskBytes: defaultSlowDiskBytes,
      memoryOnlyBytes: defaultMemoryOnlyBytes,
    };
  const bytes = Math.max(leastBytes, askedBytes);
  return { usualBytes: bytes, slowDiskBytes: bytes * slowDiskFactor, memoryOnlyBytes: bytes };
}

export function makeLogStore(options: LogStoreOptions, tuning: LogStoreTuning = {}): LogStore {
  return new SegmentedLogStore(options, tuning);
}

class SegmentedLogStore implements LogStore {
  #clock: Clock;
  #spans = new SpanTable();
  #commands = new CommandIndex();
  #list = new BlockList();
  #disk: DiskWriter | undefined;
  #reader: BlockReader;
  #threads: SearchThreads | undefined;
  #needles = new NeedleSet();
  #memory: MemoryBounds;
  #appended = new Emitter<ReadonlySet<number>>();
  #touched: Set<number> | undefined;
  #oldestInMemory = 0;
  #repairs: Promise<void> = Promise.resolve();

  constructor(options: LogStoreOptions, tuning: LogStoreTuning) {
    this.#clock = tuning.clock ?? systemClock;
    const least = tuning.minMemoryBytes ?? minMemoryBytes;
    this.#memory = memoryBounds(options.maxMemoryBytes, least);
    if (options.directory !== undefined) {
      this.#disk = new DiskWriter(this.#list, {
        directory: options.directory,
        sessionName: options.sessionName,
        isLiveSession: options.isLiveSession,
        maxBytes: options.maxDiskBytes ?? defaultDiskBytes,
        maxFileBytes: tuning.maxFileBytes ?? fileBytes,
        nameOf: index => [this.#spans.get(index).id, this.#spans.get(index).resource],
        onError: options.onDiskError,
        onProgress: () => this.#freeMemory(),
        clock: this.#clock,
      });
    }
    this.#reader = new BlockReader(this.#list, this.#disk);
    const { searchWorkerFile } = options;
    if (this.#disk && searchWorkerFile)
      this.#threads = new SearchThreads({ workerFile: searchWorkerFile, ...tuning.searchThreads });
  }

  span(spanId: string, resource: string): SpanWriter {
    const span = this.#spans.open(spanId, resource);
    return { spanId, write: (chunk, level = 'info', fields) => this.#append(span, chunk, level, fields) };
  }

  openCursor(filter: LogFilter, place: LogPlace): LogCursor {
    const source = {
      reader: this.#reader,
      spans: this.#spans,
      onAppended: (listener: (spans: ReadonlySet<number>) => void) => this.#appended.on(listener),
    };
    return new Cursor(source, filter, place);
  }

  get checkpoint(): Checkpoint {
    return this.#list.endId;
  }

  toLogList(fromCheckpoint: Checkpoint): LogList {
    return makeLogList(this.#list, this.#spans, fromCheckpoint);
  }

  counts(spanId: string): SpanCounts {
    const span = this.#spans.find(spanId);
    return { warnings: span?.warnings ?? 0, errors: span?.errors ?? 0 };
  }

  resourceCounts(resource: string): SpanCounts {
    return this.#spans.resourceCounts(resource);
  }

  search(query: SearchQuery, options: { readonly signal: AbortSignal }): Promise<SearchResult> {
    return searchLog(this.#lineSource(), query, options.signal);
  }

  find(query: LogSearch, options: { readonly signal: AbortSignal }): Promise<LogMatches> {
    return findLines(this.#lineSource(), query, options.signal);
  }

  commandIds(most: number): readonly number[] {
    return this.#commands.newest(most);
  }

  prepareSearch(): void {
    if (this.#threads && this.#list.bytesOnDiskAlone >= this.#threads.leastBytes) this.#threads.prepare();
  }

  #lineSource(): LineSource {
    return { reader: this.#reader, spans: this.#spans, threads: this.#threads };
  }

  sections(resources?: readonly string[]): readonly LogSection[] {
    const wanted = resources && new Set(resources);
    const begun = this.#spans.all.filter(
      span => span.firstId >= 0 && sectionSpan.test(span.id) && (!wanted || wanted.has(span.resource)),
    );
    return begun
      .map(({ firstId, id, resource }) => ({ id: firstId, spanId: id, resource }))
      .sort((a, b) => a.id - b.id);
  }

  addSecrets(secrets: readonly Secret[], since: Checkpoint): Promise<void> {
    if (this.#needles.add(secrets).length === 0) return this.#repairs;
    return this.#repair(since);
  }

  redact(text: string): string {
    if (this.#needles.isEmpty) return text;
    return this.#needles.redact(Buffer.from(text)).toString();
  }

  onAppend(listener: () => void): Disposable {
    return this.#appended.on(() => listener());
  }

  async flush(): Promise<void> {
    await this.#repairs;
    await this.#disk?.drain();
  }

  async dispose(): Promise<void> {
    await this.#threads?.dispose();
    for (const span of this.#spans.all) this.#releaseCarry(span);
    await this.#repairs;
    this.#list.seal();
    await this.#disk?.close();
  }

  #append(span: Span, chunk: Uint8Array | string, level: LogLevel, fields: SegmentFields | undefined): void {
    let bytes = typeof chunk === 'string' ? Buffer.from(chunk) : asBuffer(chunk);
    if (span.carry) {
      bytes = Buffer.concat([span.carry, bytes]);
      span.carry = undefined;
    }
    const cut = completeCharacters(bytes);
    if (cut < bytes.length) {
      span.carry = Uint8Array.prototype.slice.call(bytes, cut);
      bytes = bytes.subarray(0, cut);
    }
    if (bytes.length === 0) return;
    if (!this.#needles.isEmpty) {
      bytes = this.#needles.redact(bytes);
      if (span.lastId >= 0) bytes = this.#redactAcross(span, bytes);
      if (bytes.length === 0) return;
    }
    this.#store(span, bytes, levelNumber[level], fields);
  }

  #store(span: Span, bytes: Buffer, level: number, fields: SegmentFields | undefined): void {
    const continues = span.openId >= 0 && span.openLevel === level && !this.#mustBreak(span, bytes);
    let isAnchor = level >= levelNumber.warn && !continues;
    if (isAnchor) this.#spans.countAnchor(span, level);
    const timeMs = this.#clock.now();
    if (!continues) this.#commands.take(bytes, this.#list.endId);
    let isContinued = continues;
    for (let at = 0; at < bytes.length; ) {
      const entry = this.#list.active(timeMs);
      const before = entry.count;
      const to = entry.block.append(bytes, at, {
        span: span.index,
        timeMs,
        level,
        continues: isContinued,
        isAnchor,
        fields,
      });
      if (to === at) {
        this.#list.seal();
        this.#disk?.hurry(this.#list.memoryBytes > this.#memory.usualBytes);
        this.#freeMemory();
        continue;
      }
      this.#note(entry, span, before, isContinued, level);
      isContinued = bytes[to - 1] !== 10;
      isAnchor = false;
      at = to;
    }
    this.#announce(span.index);
  }

  /** Keeps the entry's and the span's summaries right after records `from` and on were added. */
  #note(entry: BlockEntry & { block: Block }, span: Span, from: number, continued: boolean, level: number): void {
    const { block } = entry;
    const added = block.textBytes - entry.textBytes;
    entry.count = block.count;
    entry.textBytes = block.textBytes;
    entry.spans.add(span.index);
    entry.maxLevel = Math.max(entry.maxLevel, level);
    entry.hasEvents ||= block.fields.size > 0;
    entry.hasPieces ||= continued || (block.flags[block.count - 1]! & flag.complete) === 0;
    entry.maxTimeMs = Math.max(entry.maxTimeMs, block.timeMs(block.count - 1));
    span.lastId = entry.firstId + block.count - 1;
    if (span.firstId < 0) span.firstId = entry.firstId + from;
    const last = block.count - 1;
    if (block.flags[last]! & flag.complete) {
      span.openId = -1;
      span.openBytes = 0;
      return;
    }
    const isSameLine = continued && last === from && span.openId >= 0;
    if (!isSameLine) span.openId = span.lastId;
    span.openBytes = isSameLine ? span.openBytes + added : block.ends[last]! - block.start(last);
    span.openLevel = level;
  }

  /** Lines have an end, also those that never print a newline. */
  #mustBreak(span: Span, bytes: Buffer): boolean {
    if (span.openBytes > maxLineBytes) return true;
    return span.openBytes > maxRewrittenLineBytes && bytes.includes(13);
  }

  /** A secret whose beginning was written before: its first part is replaced where it stands, the rest left out. */
  #redactAcross(span: Span, bytes: Buffer): Buffer {
    const tail = this.#tailOf(span);
    if (tail.length === 0) return bytes;
    const head = bytes.subarray(0, this.#needles.longest);
    const isComplete = head.length === bytes.length && head.at(-1) === 10;
    const own = { entry: undefined, record: -1, length: head.length, isComplete, bytes: head };
    const pieces = [...tail, own];
    const edits = editsOfPieces(pieces, this.#needles.find(Buffer.concat(pieces.map(piece => piece.bytes))));
    let rest = bytes;
    for (const [piece, list] of edits) {
      const block = piece.entry?.block;
      if (piece.entry && block) this.#edit(piece.entry, block, list);
      // Whole needles inside the new bytes are gone already; what is left begins at its first byte.
      else if (piece === own && list[0]!.start === 0) rest = bytes.subarray(list[0]!.end);
    }
    return rest;
  }

  /** The newest pieces in memory that a secret could have begun in, oldest first. */
  #tailOf(span: Span): { entry: BlockEntry; record: number; length: number; isComplete: boolean; bytes: Buffer }[] {
    const pieces: { entry: BlockEntry; record: number; length: number; isComplete: boolean; bytes: Buffer }[] = [];
    let left = this.#needles.longest - 1;
    for (let id = span.lastId; id >= 0 && left > 0; ) {
      const entry = this.#list.entries[this.#list.indexOf(id)]!;
      const { block } = entry;
      if (!block) break;
      for (; id >= entry.firstId && left > 0; id--) {
        const record = id - entry.firstId;
        if (block.spans[record] !== span.index) continue;
        const isComplete = (block.flags[record]! & flag.complete) !== 0;
        if (isComplete && !this.#needles.hasMultiline) return pieces;
        const bytes = block.bytes(record);
        pieces.unshift({ entry, record, length: bytes.length, isComplete, bytes });
        left -= bytes.length;
      }
    }
    return pieces;
  }

  #repair(since: Checkpoint): Promise<void> {
    const target = {
      reader: this.#reader,
      edit: (entry: BlockEntry, block: Block, edits: Parameters<Block['edit']>[0]) => this.#edit(entry, block, edits),
    };
    this.#repairs = this.#repairs
      .then(() => redactSince(target, this.#needles, since))
      .then(() => this.#disk?.drain())
      .then(() => this.#freeMemory());
    return this.#repairs;
  }

  #edit(entry: BlockEntry, block: Block, edits: Parameters<Block['edit']>[0]): void {
    this.#list.adopt(entry, block);
    this.#list.resize(entry, () => block.edit(edits));
    this.#disk?.changed(entry);
    this.#oldestInMemory = Math.min(this.#oldestInMemory, this.#list.indexOf(entry.firstId));
    this.#disk?.wake();
  }

  #releaseCarry(span: Span): void {
    if (!span.carry) return;
    const bytes = Buffer.from(span.carry);
    span.carry = undefined;
    this.#store(span, bytes, span.openId >= 0 ? span.openLevel : levelNumber.info, undefined);
  }

  #announce(span: number): void {
    this.#disk?.wake();
    if (this.#touched) {
      this.#touched.add(span);
      return;
    }
    this.#touched = new Set([span]);
    setImmediate(() => {
      const touched = this.#touched!;
      this.#touched = undefined;
      this.#appended.emit(touched);
    });
  }

  /** Forgets the oldest blocks that are on disk; gives up the oldest lines where the disk does not take them. */
  #freeMemory(): void {
    const { entries } = this.#list;
    const diskWorks = this.#disk !== undefined && !this.#disk.isFailing;
    const { slowDiskBytes, memoryOnlyBytes } = this.#memory;
    const hardLimit = diskWorks ? slowDiskBytes : memoryOnlyBytes;
    const bound = this.#disk === undefined ? memoryOnlyBytes : this.#memory.usualBytes;
    for (let at = this.#oldestInMemory; at < entries.length - 1; at++) {
      if (this.#list.memoryBytes <= bound) return;
      const entry = entries[at]!;
      if (entry.block && entry.place) this.#list.evict(entry);
      else if (entry.block && this.#list.memoryBytes > hardLimit) {
        this.#list.drop([entry], 'disk');
        this.#disk?.forget([entry]);
      }
      if (!entry.block && at === this.#oldestInMemory) this.#oldestInMemory++;
    }
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** How many bytes end with a whole character; what follows is the beginning of one whose rest may come. */
function completeCharacters(bytes: Uint8Array): number {
  const end = bytes.length;
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back]!;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}
