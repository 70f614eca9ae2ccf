// The log as the web view and snapshots carry it: the newest 2,000,000 bytes of segments (reference 5.1, 5.7).
import { formatMicroTime } from '../api/meta.ts';
import { flag } from './block.ts';
import type { BlockEntry, BlockList } from './block-list.ts';
import type { LogList, LogListSegment, SegmentFields } from './port.ts';
import { levelNames, type SpanTable } from './span-table.ts';

const maxBytes = 2_000_000;

/** Segments from `fromCheckpoint` on, as far as they are in memory and in the newest 2,000,000 bytes. */
export function makeLogList(list: BlockList, spans: SpanTable, fromCheckpoint: number): LogList {
  const end = list.endId;
  const from = Math.max(fromCheckpoint, firstWithin(list, maxBytes));
  if (from >= end) return { spans: {}, segments: [], fromCheckpoint: -1, toCheckpoint: -1 };
  const segments: LogListSegment[] = [];
  const used = new Set<number>();
  for (let at = list.indexOf(from); at < list.entries.length; at++) {
    const entry = list.entries[at]!;
    const first = Math.max(0, from - entry.firstId);
    for (let record = first; record < entry.count; record++) {
      used.add(entry.block!.spans[record]!);
      segments.push(segmentOf(entry, record, spans));
    }
  }
  const names = [...used].map(index => spans.get(index));
  return {
    spans: Object.fromEntries(names.map(span => [span.id, { manifestName: span.resource }])),
    segments,
    fromCheckpoint: from,
    toCheckpoint: end,
  };
}

/** The oldest segment so that it and all after it are in memory and not more than `bytes`. */
function firstWithin(list: BlockList, bytes: number): number {
  let left = bytes;
  for (let at = list.entries.length - 1; at >= 0; at--) {
    const { block, firstId, count } = list.entries[at]!;
    if (!block) return firstId + count;
    if (block.textBytes <= left) {
      left -= block.textBytes;
      continue;
    }
    for (let record = count - 1; record >= 0; record--) {
      left -= block.ends[record]! - block.start(record);
      if (left < 0) return firstId + record + 1;
    }
  }
  return 0;
}

function segmentOf(entry: BlockEntry, record: number, spans: SpanTable): LogListSegment {
  const block = entry.block!;
  const flags = block.flags[record]!;
  const fields = block.fields.get(record);
  return {
    spanId: spans.get(block.spans[record]!).id,
    time: formatMicroTime(block.timeMs(record)),
    text: block.bytes(record).toString('utf8'),
    level: levelNames[flags & 7]!.toUpperCase() as LogListSegment['level'],
    ...(flags & flag.anchor ? { anchor: true } : {}),
    ...(fields ? { fields: fieldsOf(fields) } : {}),
  };
}

function fieldsOf(fields: SegmentFields): Record<string, string> {
  return {
    ...(fields.buildEvent ? { buildEvent: fields.buildEvent } : {}),
    ...(fields.progressId ? { progressID: fields.progressId } : {}),
    ...(fields.progressMustPrint ? { progressMustPrint: '1' } : {}),
  };
}
