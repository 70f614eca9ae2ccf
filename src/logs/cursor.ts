// A reader's place in the log. Nothing is queued for it: it looks at the blocks when it is asked.
// Invariant: every line whose first segment lies between two places is given exactly once by the way between them, plus
// once more each time an unfinished line grew.
import type { LogCursor, LogFilter, LogLine, LogPlace } from '../api/client.ts';
import type { Disposable } from '../base/disposable.ts';
import { type Block, flag } from './block.ts';
import type { BlockEntry, DropReason } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import { assembleLine, lineStart } from './line-assembly.ts';
import { LineFilter } from './line-filter.ts';
import type { SpanTable } from './span-table.ts';
import { Slice } from './turn.ts';

export interface CursorSource {
  readonly reader: BlockReader;
  readonly spans: SpanTable;
  /** Calls after appends, with the spans that got something, once a turn. */
  onAppended(listener: (spans: ReadonlySet<number>) => void): Disposable;
}

/** Records between two looks at the clock, where what lines say is looked at. */
const recordsPerLook = 16;

interface Shown {
  readonly lineId: number;
  readonly throughId: number;
}

const dropReasons: Readonly<Record<DropReason, string>> = {
  size: 'the logs reached log_max_bytes',
  disk: 'the disk took no more',
  removed: 'somebody removed their files',
};

export class Cursor implements LogCursor {
  #source: CursorSource;
  #filter: LineFilter;
  /** The next segment to look at. */
  #at: number;
  #tail: number;
  /** What came after this cursor was opened; earlier pieces of lines before its place are not its business. */
  #openedAt: number;
  /** By span: the unfinished line that was given last. */
  #shown = new Map<number, Shown>();
  /** One for all calls: a loop over next() gives way too. */
  #slice = new Slice();
  #work: Promise<unknown> = Promise.resolve();
  #listeners = new Set<Disposable>();
  #isDisposed = false;

  constructor(source: CursorSource, filter: LogFilter, place: LogPlace) {
    this.#source = source;
    this.#filter = new LineFilter(source.spans, filter);
    const end = source.reader.list.endId;
    this.#openedAt = end;
    this.#tail = place.at === 'end' ? (place.tail ?? 0) : 0;
    this.#at = place.at === 'start' ? 0 : place.at === 'end' ? end : Math.min(place.at.lineId, end);
  }

  next(max: number): Promise<readonly LogLine[]> {
    return this.#inOrder(async () => {
      await this.#goToTail();
      return this.#forward(max);
    });
  }

  previous(max: number): Promise<readonly LogLine[]> {
    return this.#inOrder(async () => {
      this.#tail = 0;
      return this.#backward(max);
    });
  }

  onMore(listener: () => void): Disposable {
    const own = this.#source.onAppended(spans => {
      for (const span of spans) {
        if (this.#filter.wantsSpan(span)) return listener();
      }
    });
    this.#listeners.add(own);
    return own;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const listener of this.#listeners) listener.dispose();
    this.#shown.clear();
  }

  /** Whether it is time to look at the clock. */
  #mayPause(record: number): boolean {
    return this.#filter.hasWords && (record % recordsPerLook === 0 || this.#filter.isRisky);
  }

  #inOrder<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#work.then(run);
    this.#work = result.catch(() => {});
    return result;
  }

  /** 'end' with a tail begins with the last lines there were. */
  async #goToTail(): Promise<void> {
    const tail = this.#tail;
    if (tail === 0) return;
    this.#tail = 0;
    await this.#backward(tail);
    this.#shown.clear();
  }

  async #forward(max: number): Promise<LogLine[]> {
    const { list } = this.#source.reader;
    const lines: LogLine[] = [];
    while (lines.length < max && this.#at < list.endId && !this.#isDisposed) {
      const entry = list.entries[list.indexOf(this.#at)]!;
      if (entry.dropped) {
        lines.push(this.#mark(list.indexOf(this.#at), 1));
        continue;
      }
      // What is appended while the disk is read was not looked at.
      const end = entry.firstId + entry.count;
      const ready = await this.#worthReading(entry);
      if (ready) await this.#readBlock(ready, entry, lines, max);
      else if (!entry.dropped) this.#at = end;
      const pause = this.#slice.giveWay();
      if (pause) await pause;
    }
    return lines;
  }

  /** Reads on from the place to the end of the block, or until there are `max` lines. */
  async #readBlock(block: Block, entry: BlockEntry, lines: LogLine[], max: number): Promise<void> {
    const end = entry.firstId + entry.count;
    while (this.#at < end && lines.length < max) {
      const record = this.#at - block.firstId;
      const flags = block.flags[record]!;
      if (flags & flag.continues) {
        const line = this.#filter.wantsSpan(block.spans[record]!) ? await this.#grown(block, record) : undefined;
        if (line) lines.push(line);
      } else if (this.#filter.passes(block, record)) {
        const span = this.#source.spans.get(block.spans[record]!);
        const made = assembleLine(this.#source.reader, block, record, span);
        const { line, throughId } = made instanceof Promise ? await made : made;
        if ((flags & flag.complete) === 0) this.#shown.set(span.index, { lineId: line.id, throughId });
        if (this.#filter.passesText(line)) lines.push(line);
      }
      this.#at++;
      if (this.#mayPause(record)) {
        const pause = this.#slice.giveWay();
        if (pause) await pause;
        if (this.#isDisposed) return;
      }
    }
  }

  /** The block of an entry, undefined when nothing in it can pass. */
  async #worthReading(entry: BlockEntry): Promise<Block | undefined> {
    const { reader } = this.#source;
    if (!this.#filter.mayPass(entry)) return undefined;
    if (this.#filter.hasWords) {
      const given = reader.text(entry);
      const text = given instanceof Promise ? await given : given;
      const mayHold = text !== undefined && this.#filter.mayHoldText(entry, text);
      reader.release(text);
      if (!mayHold) return undefined;
    }
    return reader.get(entry);
  }

  /** The line that a later piece belongs to, if it has grown since it was given. */
  async #grown(block: Block, record: number): Promise<LogLine | undefined> {
    const id = block.firstId + record;
    const span = this.#source.spans.get(block.spans[record]!);
    const shown = this.#shown.get(span.index);
    if (shown ? id <= shown.throughId : id < this.#openedAt) return undefined;
    const startId = shown?.lineId ?? (await lineStart(this.#source.reader, id, span));
    if (startId === undefined) return undefined;
    const { list } = this.#source.reader;
    const entry = list.entries[list.indexOf(startId)]!;
    const first = await this.#source.reader.get(entry);
    if (!first || !this.#filter.passes(first, startId - first.firstId)) return undefined;
    const { line, throughId } = await assembleLine(this.#source.reader, first, startId - first.firstId, span);
    this.#shown.set(span.index, { lineId: startId, throughId });
    return this.#filter.passesText(line) ? line : undefined;
  }

  async #backward(max: number): Promise<LogLine[]> {
    const { reader } = this.#source;
    const lines: LogLine[] = [];
    while (lines.length < max && this.#at > 0 && !this.#isDisposed) {
      const index = reader.list.indexOf(this.#at - 1);
      const entry = reader.list.entries[index]!;
      if (entry.dropped) {
        lines.push(this.#mark(index, -1));
        continue;
      }
      const block = await this.#worthReading(entry);
      while (block && this.#at > entry.firstId && lines.length < max) {
        const record = this.#at - 1 - block.firstId;
        if (LineFilter.beginsLine(block, record) && this.#filter.passes(block, record)) {
          const span = this.#source.spans.get(block.spans[record]!);
          const { line, throughId } = await assembleLine(reader, block, record, span);
          if (throughId > line.id || line.isPartial) this.#shown.set(span.index, { lineId: line.id, throughId });
          if (this.#filter.passesText(line)) lines.push(line);
        }
        this.#at--;
        if (this.#mayPause(record)) {
          const pause = this.#slice.giveWay();
          if (pause) await pause;
          if (this.#isDisposed) break;
        }
      }
      if (!block && !entry.dropped) this.#at = Math.min(this.#at, entry.firstId);
      const pause = this.#slice.giveWay();
      if (pause) await pause;
    }
    return lines.reverse();
  }

  /** One line for all that is gone around the entry `index`; moves the place over it. */
  #mark(index: number, step: 1 | -1): LogLine {
    const { entries } = this.#source.reader.list;
    let from = index;
    let to = index;
    while (entries[from - 1]?.dropped) from--;
    while (entries[to + 1]?.dropped) to++;
    let segments = 0;
    let bytes = 0;
    for (const entry of entries.slice(from, to + 1)) {
      segments += entry.count;
      bytes += entry.textBytes;
    }
    const last = entries[to]!;
    const endId = last.firstId + last.count;
    this.#at = step === 1 ? endId : entries[from]!.firstId;
    const why = dropReasons[last.dropped ?? 'disk'];
    const text = `[${segments} lines (${formatBytes(bytes)}) are not kept: ${why}]`;
    return {
      id: endId - 1,
      timeMs: last.maxTimeMs,
      resource: '',
      spanId: '',
      level: 'warn',
      isAnchor: false,
      source: 'runtime',
      text,
    };
  }
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
