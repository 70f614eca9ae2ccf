// The row of numbers of a block as bytes: one JSON line, then ends, spans, times (32 bits each, little-endian) and flags.
// The line names the spans, so that a file of logs can be read without the session that wrote it.
import { Block } from './block.ts';
import type { SegmentFields } from './port.ts';

interface Header {
  readonly firstId: number;
  readonly count: number;
  readonly textOffset: number;
  readonly textBytes: number;
  readonly baseTimeMs: number;
  /** Index in the rows -> span id and resource. */
  readonly spans: Readonly<Record<string, readonly [string, string]>>;
  readonly fields?: readonly (readonly [number, SegmentFields])[];
}

/** The index of a sealed block. */
export function encodeIndex(
  block: Block,
  textOffset: number,
  nameOf: (span: number) => readonly [string, string],
): Buffer {
  const used = new Set(block.spans.subarray(0, block.count));
  const header: Header = {
    firstId: block.firstId,
    count: block.count,
    textOffset,
    textBytes: block.textBytes,
    baseTimeMs: block.baseTimeMs,
    spans: Object.fromEntries([...used].map(index => [index, nameOf(index)])),
    ...(block.fields.size > 0 ? { fields: [...block.fields] } : {}),
  };
  const rows = [block.ends, block.spans, block.times].map(row => bytesOf(row.subarray(0, block.count)));
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...rows, block.flags.subarray(0, block.count)]);
}

/** The block of an index and its text. Its rows are new, or in the bytes given for them, if those are enough. */
export function decodeIndex(index: Buffer, text: Buffer, into?: Uint8Array<ArrayBuffer>): Block {
  const lineEnd = index.indexOf(10);
  const header = JSON.parse(index.toString('utf8', 0, lineEnd)) as Header;
  const block = new Block(header.firstId, header.baseTimeMs, 0, 0);
  const { count } = header;
  // Copied, because rows of 32 bits must lie on a multiple of four.
  const rows = copyOf(index.subarray(lineEnd + 1), into).buffer;
  block.ends = new Uint32Array(rows, 0, count);
  block.spans = new Uint32Array(rows, count * 4, count);
  block.times = new Uint32Array(rows, count * 8, count);
  block.flags = new Uint8Array(rows, count * 12, count);
  block.fields = new Map(header.fields ?? []);
  block.text = text;
  block.textBytes = text.length;
  block.count = count;
  return block;
}

/** The bytes at the beginning of an ArrayBuffer of their own. */
function copyOf(bytes: Uint8Array, into: Uint8Array<ArrayBuffer> | undefined): Uint8Array<ArrayBuffer> {
  if (!into || into.length < bytes.length) return new Uint8Array(bytes);
  into.set(bytes);
  return into;
}

function bytesOf(row: Uint32Array): Uint8Array {
  return new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
}
