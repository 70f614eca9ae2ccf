// Segments become lines: pieces of one span that follow each other without a newline belong together, whatever other
// spans wrote between them (reference 5.1, "Line assembly").
import type { LogLine } from '../api/client.ts';
import { type Block, flag } from './block.ts';
import type { BlockReader } from './block-reader.ts';
import { levelNames, type Span } from './span-table.ts';

export interface AssembledLine {
  readonly line: LogLine;
  /** The last segment that is in it. */
  readonly throughId: number;
}

/** The line that begins with record `at` of `block`. Waits only when its rest is on disk. */
export function assembleLine(
  reader: BlockReader,
  block: Block,
  at: number,
  span: Span,
): AssembledLine | Promise<AssembledLine> {
  const id = block.firstId + at;
  if (block.flags[at]! & flag.complete) {
    return {
      line: makeLine(block, at, span, decode(block.text, block.start(at), block.ends[at]!), false),
      throughId: id,
    };
  }
  return assembleLong(reader, block, at, span);
}

async function assembleLong(reader: BlockReader, first: Block, at: number, span: Span): Promise<AssembledLine> {
  const parts: Buffer[] = [Buffer.from(first.bytes(at))];
  let throughId = first.firstId + at;
  let isComplete = false;
  let block: Block | undefined = first;
  const isOpen = span.openId === throughId;
  const { lastId } = span;
  for (let id = throughId + 1, done = false; id <= lastId && !done; ) {
    const entry = reader.list.entries[reader.list.indexOf(id)];
    if (!entry) break;
    const end = entry.firstId + entry.count;
    block = entry.spans.has(span.index) ? await reader.get(entry) : undefined;
    for (; block && id < end && id <= lastId; id++) {
      const record = id - block.firstId;
      if (block.spans[record] !== span.index) continue;
      const flags = block.flags[record]!;
      done = (flags & flag.continues) === 0;
      if (done) break;
      parts.push(Buffer.from(block.bytes(record)));
      throughId = id;
      isComplete = done = (flags & flag.complete) !== 0;
      if (done) break;
    }
    if (!done) id = Math.max(id, end);
  }
  return { line: makeLine(first, at, span, decodeLine(parts), isOpen && !isComplete), throughId };
}

/** The first segment of the line that the segment `id` of a span continues; undefined when it is gone. */
export async function lineStart(reader: BlockReader, id: number, span: Span): Promise<number | undefined> {
  for (let at = id - 1; at >= 0; ) {
    const entry = reader.list.entries[reader.list.indexOf(at)];
    if (!entry || entry.dropped) return undefined;
    const block = entry.spans.has(span.index) ? await reader.get(entry) : undefined;
    for (; block && at >= entry.firstId; at--) {
      const record = at - block.firstId;
      if (block.spans[record] === span.index && (block.flags[record]! & flag.continues) === 0) return at;
    }
    at = Math.min(at, entry.firstId - 1);
  }
  return undefined;
}

function makeLine(block: Block, at: number, span: Span, text: string, isPartial: boolean): LogLine {
  const flags = block.flags[at]!;
  const fields = block.fields.get(at);
  const line: { -readonly [K in keyof LogLine]: LogLine[K] } = {
    id: block.firstId + at,
    timeMs: block.baseTimeMs + block.times[at]!,
    resource: span.resource,
    spanId: span.id,
    level: levelNames[flags & 7]!,
    isAnchor: (flags & flag.anchor) !== 0,
    source: span.source,
    text,
  };
  if (line.id === span.firstId) line.isSpanStart = true;
  if (isPartial) line.isPartial = true;
  if (fields?.buildEvent) line.buildEvent = fields.buildEvent;
  if (fields?.progressId) line.progressId = fields.progressId;
  if (fields?.progressMustPrint) line.progressMustPrint = true;
  return line;
}

/** The text of a line whose pieces are given. */
export function decodeLine(parts: readonly Buffer[]): string {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return decode(bytes, 0, bytes.length);
}

/** Text without its line end; bytes that are no UTF-8 become U+FFFD. */
function decode(bytes: Buffer, start: number, end: number): string {
  let to = end;
  if (to > start && bytes[to - 1] === 10) to--;
  if (to > start && bytes[to - 1] === 13 && to < end) to--;
  return bytes.toString('utf8', start, to);
}
