// Searching for some lines at a time, from a place on, both ways, and giving the lines themselves.
import type { LogLine } from '../api/client.ts';
import { type LineSource, makeWish, matchingRecords } from './find-lines.ts';
import { assembleLine } from './line-assembly.ts';
import type { SearchQuery, SearchResult } from './port.ts';
import { Slice } from './turn.ts';

/** Rejects with a SyntaxError for a bad regular expression and with the signal's reason when aborted. */
export async function searchLog(source: LineSource, query: SearchQuery, signal: AbortSignal): Promise<SearchResult> {
  const { pattern, isRegex = false, isCaseSensitive = false, filter } = query;
  const wish = makeWish(source, { text: { pattern, isRegex, isCaseSensitive }, filter });
  const { list } = source.reader;
  const isBackward = query.direction !== 'forward';
  const start = query.from?.lineId ?? (isBackward ? list.endId : -1);
  const fromId = isBackward ? start - 1 : start + 1;
  const hits: LogLine[] = [];
  if (fromId < 0 || fromId > list.endId) return { hits, isComplete: true };
  const way = { fromId, step: isBackward ? -1 : 1, slice: new Slice(), signal } as const;
  for await (const { entry, records } of matchingRecords(source, wish, way)) {
    const block = await source.reader.get(entry);
    if (!block) continue;
    for (const record of isBackward ? records.reverse() : records) {
      const id = entry.firstId + record;
      if (isBackward ? id >= start : id <= start) continue;
      const made = assembleLine(source.reader, block, record, source.spans.get(block.spans[record]!));
      hits.push((made instanceof Promise ? await made : made).line);
      if (hits.length >= query.maxHits) return { hits, isComplete: false };
    }
  }
  return { hits, isComplete: true };
}
