// Finding lines, in memory and on disk. Literals are looked for in whole blocks of bytes; only what hits is decoded.
// The match is on the text as people see it: without colours.
import stripAnsi from 'strip-ansi';
import type { LogLine } from '../api/client.ts';
import type { Block } from './block.ts';
import { flag } from './block.ts';
import type { BlockReader } from './block-reader.ts';
import { assembleLine } from './line-assembly.ts';
import { LineFilter } from './line-filter.ts';
import type { SearchQuery, SearchResult } from './port.ts';
import type { SpanTable } from './span-table.ts';
import { Slice } from './turn.ts';

interface Matcher {
  /** Whether the text of a line, without colours, matches. */
  readonly test: (text: string) => boolean;
  /** Offsets in the block's text of possible matches; undefined when every line must be tested. */
  readonly candidates: ((block: Block) => number[]) | undefined;
}

/** Rejects with a SyntaxError for a bad regular expression and with the signal's reason when aborted. */
export async function searchLog(
  reader: BlockReader,
  spans: SpanTable,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<SearchResult> {
  const matcher = makeMatcher(query);
  const filter = new LineFilter(spans, query.filter);
  const backward = query.direction !== 'forward';
  const { list } = reader;
  const start = query.from?.lineId ?? (backward ? list.endId : -1);
  const hits: LogLine[] = [];
  const slice = new Slice();
  const step = backward ? -1 : 1;
  let at = backward ? list.indexOf(start - 1) : list.indexOf(start + 1);
  if (backward) at = start <= 0 ? -1 : Math.min(at, list.entries.length - 1);
  for (; at >= 0 && at < list.entries.length; at += step) {
    signal.throwIfAborted();
    const entry = list.entries[at]!;
    if (!entry.dropped && filter.mayPass(entry)) {
      const block = await reader.get(entry);
      const records = block ? candidateRecords(block, entry.count, matcher) : [];
      for (const record of backward ? records.reverse() : records) {
        const id = entry.firstId + record;
        if (backward ? id >= start : id <= start) continue;
        if (!filter.passes(block!, record)) continue;
        const made = assembleLine(reader, block!, record, spans.get(block!.spans[record]!));
        const { line } = made instanceof Promise ? await made : made;
        if (!matcher.test(stripAnsi(line.text))) continue;
        hits.push(line);
        if (hits.length >= query.maxHits) return { hits, isComplete: false };
        const pause = slice.giveWay();
        if (pause) await pause;
      }
    }
    const pause = slice.giveWay();
    if (pause) await pause;
  }
  return { hits, isComplete: true };
}

function makeMatcher(query: SearchQuery): Matcher {
  const { pattern } = query;
  if (query.isRegex) {
    const regex = new RegExp(pattern, query.isCaseSensitive ? 'u' : 'iu');
    return { test: text => regex.test(text), candidates: undefined };
  }
  if (query.isCaseSensitive) {
    const needle = Buffer.from(pattern);
    return { test: text => text.includes(pattern), candidates: block => offsets(block, b => b, needle) };
  }
  const lower = pattern.toLowerCase();
  const isAscii = /^[\x20-\x7e]*$/.test(pattern);
  return {
    test: text => text.toLowerCase().includes(lower),
    // Lowering bytes as Latin-1 keeps their number, and is right for needles of plain letters.
    candidates: isAscii ? block => offsets(block, text => text.toLowerCase(), lower) : undefined,
  };
}

function offsets(block: Block, fold: (text: string) => string, needle: string): number[];
function offsets(block: Block, fold: (text: Buffer) => Buffer, needle: Buffer): number[];
function offsets(block: Block, fold: (text: never) => string | Buffer, needle: string | Buffer): number[] {
  const bytes = block.text.subarray(0, block.textBytes);
  const where = fold((typeof needle === 'string' ? bytes.toString('latin1') : bytes) as never);
  const found: number[] = [];
  if (needle.length === 0) return found;
  for (let at = where.indexOf(needle as never); at >= 0; at = where.indexOf(needle as never, at + 1)) found.push(at);
  return found;
}

/** Records that begin a line and may match, in order. Unfinished pieces and coloured ones are always worth a look. */
function candidateRecords(block: Block, count: number, matcher: Matcher): number[] {
  const begins: number[] = [];
  if (!matcher.candidates) {
    for (let record = 0; record < count; record++) if (LineFilter.beginsLine(block, record)) begins.push(record);
    return begins;
  }
  const wanted = new Set(matcher.candidates(block).map(offset => block.recordAt(offset)));
  const hasColour = block.text.subarray(0, block.textBytes).includes(0x1b);
  for (let record = 0; record < count; record++) {
    const flags = block.flags[record]!;
    if (flags & flag.continues) continue;
    const isOdd = (flags & flag.complete) === 0 || (hasColour && block.bytes(record).includes(0x1b));
    if (isOdd || wanted.has(record)) begins.push(record);
  }
  return begins;
}
