// Finding lines, in memory and on disk: block by block, newest first or oldest first. Blocks that are on disk are looked
// through by threads where it is worth it, everything else here, in slices.
// Does not: make lines of what it finds (search.ts does), or remember anything.
import stripAnsi from 'strip-ansi';
import type { LogFilter, LogMatches, LogSearch, LogText } from '../api/client.ts';
import { AheadLook, bytesAhead, type WayAhead } from './ahead-look.ts';
import type { Block } from './block.ts';
import type { BlockEntry } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import { BlockScan, isWorthLooking, type WantedLines } from './block-scan.ts';
import { assembleLine } from './line-assembly.ts';
import { LineFilter } from './line-filter.ts';
import type { BlockFindings } from './search-protocol.ts';
import type { SearchThreads } from './search-threads.ts';
import { levelNumber, type SpanTable } from './span-table.ts';
import { makeTextMatcher } from './text-match.ts';
import { TextsAhead } from './texts-ahead.ts';
import { Slice } from './turn.ts';

export interface LineSource {
  readonly reader: BlockReader;
  readonly spans: SpanTable;
  /** Undefined where there are none; then all is done here. */
  readonly threads: SearchThreads | undefined;
}

/** What lines are searched for, as it was asked and as it is done here. */
export interface Wish extends WantedLines {
  readonly text: LogText;
  readonly asked: LogFilter;
  readonly filter: LineFilter;
}

/** Throws a SyntaxError for a bad regular expression. */
export function makeWish(
  source: LineSource,
  { text, filter, orLevel }: Pick<LogSearch, 'text' | 'filter' | 'orLevel'>,
): Wish {
  return {
    text,
    asked: filter,
    matcher: makeTextMatcher(text),
    orLevel: orLevel === undefined ? undefined : levelNumber[orLevel],
    filter: new LineFilter(source.spans, filter),
  };
}

/**
 * The ids of all lines that match, oldest first; where there are too many, the newest. Rejects with a SyntaxError for a bad
 * expression, a SlowExpressionError for one that takes for ever, and with the signal's reason.
 */
export async function findLines(source: LineSource, query: LogSearch, signal: AbortSignal): Promise<LogMatches> {
  const { list } = source.reader;
  const wish = makeWish(source, query);
  const afterId = query.afterId ?? -1;
  const throughId = list.endId - 1;
  const ids: number[] = [];
  const fromId = Math.min(throughId, (query.beforeId ?? Number.POSITIVE_INFINITY) - 1);
  if (fromId < 0 || fromId <= afterId) return { ids, throughId, isCut: false };
  const way = { fromId, toId: afterId + 1, step: -1, slice: new Slice(), signal } as const;
  for await (const { entry, records } of matchingRecords(source, wish, way)) {
    for (let i = records.length - 1; i >= 0; i--) {
      const id = entry.firstId + records[i]!;
      if (id > fromId) continue;
      if (id <= afterId) break;
      ids.push(id);
      if (ids.length >= query.maxIds) return { ids: ids.reverse(), throughId, isCut: true };
    }
  }
  return { ids: ids.reverse(), throughId, isCut: false };
}

interface Way {
  /** The first line to look at. */
  readonly fromId: number;
  /** Backwards: the last one; the first there is when left out. Forwards it goes on to what comes meanwhile. */
  readonly toId?: number;
  readonly step: 1 | -1;
  readonly slice: Slice;
  readonly signal: AbortSignal;
}

/** What is found in one block: records that begin matching lines, rising. */
export interface FoundRecords {
  readonly entry: BlockEntry;
  readonly records: number[];
}

/** Goes through the blocks from a line on; yields those that hold something. */
export async function* matchingRecords(source: LineSource, wish: Wish, way: Way): AsyncGenerator<FoundRecords> {
  const { entries } = source.reader.list;
  const { slice, signal } = way;
  const blocks = blocksOf(source, way);
  const ahead = lookAhead(source, wish, blocks);
  const isElsewhere = (entry: BlockEntry): boolean => ahead?.has(entry) === true;
  const texts = new TextsAhead(source.reader, wish.filter, { step: way.step, isElsewhere });
  try {
    for (let at = blocks.from; at >= 0 && at < entries.length; at += way.step) {
      signal.throwIfAborted();
      const entry = entries[at]!;
      const findings = await ahead?.take(entry);
      signal.throwIfAborted();
      const records = findings
        ? await withOpenLines(source, entry, findings, wish)
        : await lookHere({ source, wish, texts, slice }, at);
      if (records.length > 0) yield { entry, records };
      if (at === blocks.to && way.step === -1) break;
      const pause = slice.giveWay();
      if (pause) await pause;
    }
  } finally {
    ahead?.end();
  }
}

function blocksOf({ reader: { list } }: LineSource, { fromId, toId = 0, step }: Way): WayAhead {
  const newest = list.entries.length - 1;
  const from = Math.min(list.indexOf(Math.max(0, fromId)), newest);
  return { from, to: step === 1 ? newest : Math.min(list.indexOf(toId), newest), step };
}

function lookAhead({ reader, spans, threads }: LineSource, wish: Wish, way: WayAhead): AheadLook | undefined {
  // Whether a line took too long is told by the program's processor time, which is to be that of the one thread then.
  if (!threads || threads.isBroken || wish.matcher.risky) return undefined;
  if (bytesAhead(reader, wish.filter, way, threads.leastBytes) < threads.leastBytes) return undefined;
  const search = threads.open({
    text: wish.text,
    orLevel: wish.orLevel,
    filter: wish.asked,
    spans: spans.all.map(({ resource, source }) => ({ resource, source })),
  });
  return new AheadLook({ reader, filter: wish.filter }, search, way);
}

/** What was found, with those of the lines whose ends are elsewhere that are wanted. */
async function withOpenLines(
  { reader, spans }: LineSource,
  entry: BlockEntry,
  { records, open }: BlockFindings,
  { matcher, filter }: Wish,
): Promise<number[]> {
  if (open.length === 0) return [...records];
  const found = [...records];
  const block = await reader.get(entry);
  for (const record of block ? open : []) {
    const { line } = await assembleLine(reader, block!, record, spans.get(block!.spans[record]!));
    if (filter.passesWhole(block!, record, line.text) && matcher.test(stripAnsi(line.text))) found.push(record);
  }
  return found.sort((a, b) => a - b);
}

interface LookHere {
  readonly source: LineSource;
  readonly wish: Wish;
  readonly texts: TextsAhead;
  readonly slice: Slice;
}

/** Looks through the block at an index in this thread. */
async function lookHere({ source, wish, texts, slice }: LookHere, at: number): Promise<number[]> {
  const entry = source.reader.list.entries[at]!;
  const given = texts.of(at);
  const text = given instanceof Promise ? await given : given;
  const isWorth = text !== undefined && isWorthLooking(entry, text, wish);
  source.reader.release(text);
  const block = isWorth ? await source.reader.get(entry) : undefined;
  return block ? recordsOf(source, { block, entry }, wish, slice) : [];
}

async function recordsOf(
  source: LineSource,
  { block, entry }: { block: Block; entry: BlockEntry },
  wish: Wish,
  slice: Slice,
): Promise<number[]> {
  const scan = new BlockScan(block, entry, wish);
  while (!scan.isDone) {
    scan.goOn(slice);
    if (scan.isPiece) {
      const span = source.spans.get(block.spans[scan.at]!);
      const made = assembleLine(source.reader, block, scan.at, span);
      const { line } = made instanceof Promise ? await made : made;
      const passes = wish.filter.passesWhole(block, scan.at, line.text);
      scan.takePiece(passes && wish.matcher.test(stripAnsi(line.text)));
    }
    const pause = slice.giveWay();
    if (pause) await pause;
  }
  return scan.found;
}
