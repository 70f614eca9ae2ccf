// Entry of the threads that look through the log's files: reads the blocks it is told, one after the other into the same
// bytes, and answers with the records that were found. Ends by itself when nobody has asked for a while.
// Does not: know what is in memory, or put lines together that go on in other blocks.
import { parentPort, workerData } from 'node:worker_threads';
import { BlockFile } from './block-file.ts';
import type { WantedLines } from './block-scan.ts';
import { findInBlock } from './find-in-block.ts';
import { LineFilter } from './line-filter.ts';
import {
  type BlockFindings,
  type LookOrder,
  packFindings,
  type SearchMessage,
  type SearchOrder,
} from './search-protocol.ts';
import { makeTextMatcher } from './text-match.ts';

export interface SearchWorkerData {
  /** After so long without a question the thread ends. */
  readonly idleMs: number;
}

interface Search {
  readonly wanted: WantedLines;
  readonly isOver: Int32Array;
}

const searches = new Map<number, Search>();
const file = new BlockFile();

function begin({ text, orLevel, filter, spans, isOver }: SearchOrder): Search {
  // A line that takes too long is left to the main thread, which counts them.
  const matcher = makeTextMatcher(text, 1);
  return { wanted: { matcher, orLevel, filter: new LineFilter({ get: index => spans[index]! }, filter) }, isOver };
}

function look({ search, batch, blocks }: LookOrder): void {
  const wanted = searches.get(search);
  const findings = blocks.map(block => (wanted && wanted.isOver[0] === 0 ? tryBlock(block, wanted) : undefined));
  file.close();
  const rows = packFindings(findings);
  parentPort!.postMessage({ batch, rows }, [rows.buffer]);
}

/** Undefined for what could not be read, or takes too long. */
function tryBlock(block: LookOrder['blocks'][number], { wanted, isOver }: Search): BlockFindings | undefined {
  try {
    return findInBlock(file, block, wanted, () => Atomics.load(isOver, 0) !== 0);
  } catch {
    return undefined;
  }
}

const { idleMs } = workerData as SearchWorkerData;
const idle = setTimeout(() => parentPort!.close(), idleMs);

parentPort!.on('message', (message: SearchMessage) => {
  if (message.kind === 'search') searches.set(message.search, begin(message));
  else if (message.kind === 'end') searches.delete(message.search);
  else look(message);
  idle.refresh();
});
