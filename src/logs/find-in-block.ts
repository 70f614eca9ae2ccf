// Looks through one block in files, whole, with its lines in pieces as far as they end in it.
import stripAnsi from 'strip-ansi';
import { type Block, flag } from './block.ts';
import type { BlockFile } from './block-file.ts';
import { BlockScan, isWorthLooking, type WantedLines } from './block-scan.ts';
import { decodeLine } from './line-assembly.ts';
import type { BlockFindings, BlockOnDisk } from './search-protocol.ts';
import { Slice } from './turn.ts';

/** Undefined when the files hold something else, or nobody waits for the answer. Throws what reading and slow expressions throw. */
export function findInBlock(
  file: BlockFile,
  told: BlockOnDisk,
  wanted: WantedLines,
  isOver: () => boolean,
): BlockFindings | undefined {
  const text = file.text(told);
  if (!isWorthLooking(told, text, wanted)) return { records: [], open: [] };
  const block = file.block(told, text);
  if (block.firstId !== told.firstId || block.count !== told.count) return undefined;
  const open: number[] = [];
  const scan = new BlockScan(block, told, wanted);
  while (!scan.isDone) {
    scan.goOn(new Slice());
    if (scan.isPiece) {
      const line = lineWithin(block, scan.at);
      if (line === undefined) open.push(scan.at);
      const passes = line !== undefined && wanted.filter.passesWhole(block, scan.at, line);
      scan.takePiece(passes && wanted.matcher.test(stripAnsi(line)));
    }
    if (isOver()) return undefined;
  }
  return { records: scan.found, open };
}

/** The line in pieces that begins with record `at`; undefined when it may go on behind the block. */
function lineWithin(block: Block, at: number): string | undefined {
  const parts = [block.bytes(at)];
  for (let record = at + 1; record < block.count; record++) {
    if (block.spans[record] !== block.spans[at]) continue;
    const flags = block.flags[record]!;
    if ((flags & flag.continues) === 0) return decodeLine(parts);
    parts.push(block.bytes(record));
    if ((flags & flag.complete) !== 0) return decodeLine(parts);
  }
  return undefined;
}
