// Rewrites what was written before a secret was known, in memory and on disk.
import type { Block } from './block.ts';
import { flag } from './block.ts';
import type { BlockEntry } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import { editsOfPieces, type NeedleSet, type Piece } from './redaction.ts';
import { Slice } from './turn.ts';

interface PlacedPiece extends Piece {
  readonly entry: BlockEntry;
  readonly bytes: Buffer;
}

export interface EditTarget {
  readonly reader: BlockReader;
  /** Replaces parts of an entry's records. */
  edit(entry: BlockEntry, block: Block, edits: Parameters<Block['edit']>[0]): void;
}

/** Redacts all segments from `since` on. Whole as soon as it resolves, but for the disk. */
export async function redactSince(target: EditTarget, needles: NeedleSet, since: number): Promise<void> {
  const { list } = target.reader;
  const slice = new Slice();
  /** By span: the newest pieces, as many as a secret that goes on in the next block could have begun in. */
  const tails = new Map<number, PlacedPiece[]>();
  for (let at = list.indexOf(since); at < list.entries.length; at++) {
    const entry = list.entries[at]!;
    const block = entry.dropped ? undefined : await target.reader.get(entry);
    if (block) {
      const pieces = piecesBySpan(entry, block, since);
      for (const [span, own] of pieces) {
        const joined = [...(tails.get(span) ?? []), ...own];
        await editPieces(target, needles, joined);
        // Read again: an edit moved the bytes.
        tails.set(span, newest(await refreshed(target.reader, joined), needles.longest));
      }
    }
    const pause = slice.giveWay();
    if (pause) await pause;
  }
}

async function editPieces(target: EditTarget, needles: NeedleSet, pieces: readonly PlacedPiece[]): Promise<void> {
  const matches = needles.find(Buffer.concat(pieces.map(piece => piece.bytes)));
  if (matches.length === 0) return;
  const byEntry = new Map<BlockEntry, Parameters<Block['edit']>[0][number][]>();
  for (const [piece, edits] of editsOfPieces(pieces, matches)) {
    const known = byEntry.get(piece.entry);
    if (known) known.push(...edits);
    else byEntry.set(piece.entry, [...edits]);
  }
  for (const [entry, edits] of byEntry) {
    const block = await target.reader.get(entry);
    if (block) target.edit(entry, block, edits);
  }
}

function piecesBySpan(entry: BlockEntry, block: Block, since: number): Map<number, PlacedPiece[]> {
  const pieces = new Map<number, PlacedPiece[]>();
  for (let record = Math.max(0, since - entry.firstId); record < entry.count; record++) {
    const span = block.spans[record]!;
    const own = pieces.get(span);
    const piece = makePiece(entry, block, record);
    if (own) own.push(piece);
    else pieces.set(span, [piece]);
  }
  return pieces;
}

function makePiece(entry: BlockEntry, block: Block, record: number): PlacedPiece {
  const bytes = block.bytes(record);
  return { entry, record, bytes, length: bytes.length, isComplete: (block.flags[record]! & flag.complete) !== 0 };
}

function newest(pieces: readonly PlacedPiece[], bytes: number): PlacedPiece[] {
  let at = pieces.length;
  for (let left = bytes - 1; at > 0 && left > 0; at--) left -= pieces[at - 1]!.length;
  return pieces.slice(at);
}

async function refreshed(reader: BlockReader, pieces: readonly PlacedPiece[]): Promise<PlacedPiece[]> {
  const fresh: PlacedPiece[] = [];
  for (const piece of pieces.slice(-64)) {
    const block = await reader.get(piece.entry);
    if (block) fresh.push(makePiece(piece.entry, block, piece.record));
  }
  return fresh;
}
