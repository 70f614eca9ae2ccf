// Finding lines, in memory and on disk: block by block, in slices, with the next blocks on their way from the disk.
// Does not: make lines of what it finds (search.ts does), or remember anything.
import stripAnsi from 'strip-ansi';
import type { LogMatches, LogSearch } from '../api/client.ts';
import { textLimitMs } from '../base/limited-regex.ts';
import { TimeLimitError, withTimeLimit } from '../base/time-limit.ts';
import { type Block, flag } from './block.ts';
import type { BlockEntry } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import { assembleLine } from './line-assembly.ts';
import { LineFilter } from './line-filter.ts';
import { levelNumber, type SpanTable } from './span-table.ts';
import {
  isWholeLine,
  literalRecords,
  makeTextMatcher,
  mayHold,
  plainBytes,
  recordText,
  type TextMatcher,
} from './text-match.ts';
import { Slice } from './turn.ts';

export interface LineSource {
  readonly reader: BlockReader;
  readonly spans: SpanTable;
}

/** Blocks that are read ahead. */
const aheadBlocks = 4;
/** Records between two looks at the clock. */
const recordsPerLook = 32;

export interface WantedLines {
  readonly matcher: TextMatcher;
  /** Lines of that level and above are wanted whatever they say. */
  readonly orLevel: number | undefined;
  readonly filter: LineFilter;
}

/** The ids of all lines that match, oldest first; where there are too many, the newest. Rejects with a SyntaxError for a bad expression, a SlowExpressionError for one that takes for ever, and with the signal's reason. */
export async function findLines(source: LineSource, query: LogSearch, signal: AbortSignal): Promise<LogMatches> {
  const { list } = source.reader;
  const wanted: WantedLines = {
    matcher: makeTextMatcher(query.text),
    orLevel: query.orLevel === undefined ? undefined : levelNumber[query.orLevel],
    filter: new LineFilter(source.spans, query.filter),
  };
  const afterId = query.afterId ?? -1;
  const throughId = list.endId - 1;
  const ids: number[] = [];
  const fromId = Math.min(throughId, (query.beforeId ?? Number.POSITIVE_INFINITY) - 1);
  if (fromId < 0) return { ids, throughId, isCut: false };
  const slice = new Slice();
  for await (const { entry, records } of matchingRecords(source, wanted, {
    fromId,
    step: -1,
    slice,
    signal,
  })) {
    for (let i = records.length - 1; i >= 0; i--) {
      const id = entry.firstId + records[i]!;
      if (id > fromId) continue;
      if (id <= afterId) break;
      ids.push(id);
      if (ids.length >= query.maxIds) return { ids: ids.reverse(), throughId, isCut: true };
    }
    if (entry.firstId <= afterId) break;
  }
  return { ids: ids.reverse(), throughId, isCut: false };
}

interface Way {
  /** The first line to look at. */
  readonly fromId: number;
  readonly step: 1 | -1;
  readonly slice: Slice;
  readonly signal: AbortSignal;
}

/** What is found in one block: records that begin matching lines, rising. */
export interface FoundRecords {
  readonly entry: BlockEntry;
  readonly block: Block;
  readonly records: number[];
}

/** Goes through the blocks from a line on; yields those that hold something. */
export async function* matchingRecords(
  source: LineSource,
  wanted: WantedLines,
  { fromId, step, slice, signal }: Way,
): AsyncGenerator<FoundRecords> {
  const { list } = source.reader;
  const first = Math.min(list.indexOf(Math.max(0, fromId)), list.entries.length - 1);
  const texts = new Map<BlockEntry, Buffer | undefined | Promise<Buffer | undefined>>();
  const textOf = (index: number): Buffer | undefined | Promise<Buffer | undefined> => {
    const entry = list.entries[index];
    if (!entry || entry.dropped || !wanted.filter.mayPass(entry)) return undefined;
    let text = texts.get(entry);
    if (text === undefined) {
      text = source.reader.text(entry);
      texts.set(entry, text);
    }
    return text;
  };
  for (let at = first; at >= 0 && at < list.entries.length; at += step) {
    signal.throwIfAborted();
    const entry = list.entries[at]!;
    const given = textOf(at);
    for (let ahead = 1; ahead <= aheadBlocks; ahead++) textOf(at + ahead * step);
    const text = given instanceof Promise ? await given : given;
    texts.delete(entry);
    const isWorth = text !== undefined && isWorthLooking(entry, text, wanted);
    source.reader.release(text);
    if (isWorth) {
      const block = await source.reader.get(entry);
      if (block) {
        const records = await recordsOf(source, { block, entry }, wanted, slice);
        if (records.length > 0) yield { entry, block, records };
      }
    }
    const pause = slice.giveWay();
    if (pause) await pause;
  }
}

/** A line may be in pieces over several blocks; those are put together before they are looked through. */
function isWorthLooking(entry: BlockEntry, text: Buffer, { matcher, orLevel }: WantedLines): boolean {
  return entry.hasPieces || (orLevel !== undefined && entry.maxLevel >= orLevel) || mayHold(text, matcher);
}

async function recordsOf(
  source: LineSource,
  { block, entry }: { block: Block; entry: BlockEntry },
  wanted: WantedLines,
  slice: Slice,
): Promise<number[]> {
  const { matcher, orLevel, filter } = wanted;
  const { count } = entry;
  const hits = matcher.literal && literalRecords(block, count, matcher);
  const hasOthers = entry.hasPieces || (orLevel !== undefined && entry.maxLevel >= orLevel);
  if (hits && !hasOthers) return hits.filter(record => filter.passes(block, record));
  const holds = hits && new Set(hits);
  const plain = hits ? undefined : plainBytes(block, count);
  const says = (record: number): boolean => (holds ? holds.has(record) : matcher.test(recordText(plain!, record)));
  const scan: Scan = { block, count, at: 0, isPiece: false, found: [] };
  while (scan.at < count) {
    scanLines(scan, { wanted, says, slice });
    if (scan.isPiece) {
      const span = source.spans.get(block.spans[scan.at]!);
      const made = assembleLine(source.reader, block, scan.at, span);
      const { line } = made instanceof Promise ? await made : made;
      if (matcher.test(stripAnsi(line.text))) scan.found.push(scan.at);
      scan.at++;
    }
    const pause = slice.giveWay();
    if (pause) await pause;
  }
  return scan.found;
}

interface Scan {
  readonly block: Block;
  readonly count: number;
  /** The record that is looked at next. */
  at: number;
  /** It begins a line in pieces, which are to be put together first. */
  isPiece: boolean;
  readonly found: number[];
}

interface ScanFor {
  readonly wanted: WantedLines;
  readonly says: (record: number) => boolean;
  readonly slice: Slice;
}

/** Looks through whole lines, up to one in pieces or to the end of the slice. A line that takes too long is passed over. */
function scanLines(scan: Scan, search: ScanFor): void {
  const { risky } = search.wanted.matcher;
  scan.isPiece = false;
  if (!risky) {
    scanOn(scan, search);
    return;
  }
  try {
    withTimeLimit(textLimitMs, () => scanOn(scan, search));
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    if (!error.wasBusy) return;
    scan.at++;
    risky.countSlow();
  }
}

function scanOn(scan: Scan, { wanted: { orLevel, filter, matcher }, says, slice }: ScanFor): void {
  const { block, count, found } = scan;
  const perLook = matcher.risky ? 1 : recordsPerLook;
  while (scan.at < count) {
    const record = scan.at;
    const flags = block.flags[record]!;
    if ((flags & flag.continues) === 0 && filter.passes(block, record)) {
      const isLoud = orLevel !== undefined && (flags & 7) >= orLevel && (flags & flag.anchor) !== 0;
      if (!isLoud && !isWholeLine(flags)) {
        scan.isPiece = true;
        return;
      }
      if (isLoud || says(record)) found.push(record);
    }
    scan.at++;
    if (record % perLook === 0 && slice.isOver) return;
  }
}
