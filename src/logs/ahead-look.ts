// What a search lets threads find: the blocks on disk that lie ahead on its way, in batches, answered block by block when
// the search comes there.
// Does not: look through anything; a block without an answer is looked through by who asks.
import type { BlockEntry } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import type { LineFilter } from './line-filter.ts';
import type { BlockFindings, BlockOnDisk } from './search-protocol.ts';
import type { ThreadSearch } from './search-threads.ts';

/** The first batches are small, so that the newest lines are found at once. */
const firstBatchBlocks = 2;
const maxBatchBlocks = 16;
/** Batches for each thread: one that it looks through, one that waits. */
const batchesAThread = 2;
/** Blocks that are looked through before the search comes there. */
const maxAheadBlocks = 192;

export interface WayAhead {
  /** Index of the first block and of the last, in the order of the way. */
  readonly from: number;
  readonly to: number;
  readonly step: 1 | -1;
}

interface Asked {
  readonly block: BlockOnDisk;
  readonly answer: Promise<BlockFindings | undefined>;
}

/** Bytes on the way that threads could look through; stops counting at `enough`. */
export function bytesAhead(
  reader: BlockReader,
  filter: LineFilter,
  { from, to, step }: WayAhead,
  enough: number,
): number {
  let bytes = 0;
  for (let at = from; (to - at) * step >= 0 && bytes < enough; at += step) {
    const entry = reader.list.entries[at];
    if (entry && isForThreads(reader, filter, entry)) bytes += entry.textBytes;
  }
  return bytes;
}

function isForThreads(reader: BlockReader, filter: LineFilter, entry: BlockEntry): boolean {
  return !entry.block && !entry.dropped && entry.place !== undefined && filter.mayPass(entry) && !reader.holds(entry);
}

export class AheadLook {
  readonly #reader: BlockReader;
  readonly #filter: LineFilter;
  readonly #search: ThreadSearch;
  readonly #way: WayAhead;
  readonly #asked = new Map<BlockEntry, Asked>();
  /** The next index that may be asked for. */
  #next: number;
  #batchBlocks = firstBatchBlocks;
  #underWay = 0;
  #isOver = false;

  constructor(
    source: { readonly reader: BlockReader; readonly filter: LineFilter },
    search: ThreadSearch,
    way: WayAhead,
  ) {
    this.#reader = source.reader;
    this.#filter = source.filter;
    this.#search = search;
    this.#way = way;
    this.#next = way.from;
    this.#ask();
  }

  /** What is in a block, when the threads know; for each block of the way, in its order. */
  take(entry: BlockEntry): Promise<BlockFindings | undefined> | undefined {
    const asked = this.#asked.get(entry);
    return asked && this.#take(entry, asked);
  }

  async #take(entry: BlockEntry, asked: Asked): Promise<BlockFindings | undefined> {
    this.#asked.delete(entry);
    this.#ask();
    const found = await asked.answer;
    // What was written again meanwhile was read from another place, or half.
    return this.#reader.isStill(entry, asked.block) ? found : undefined;
  }

  /** Whether `take` may know anything of it. */
  has(entry: BlockEntry): boolean {
    return this.#asked.has(entry);
  }

  end(): void {
    this.#isOver = true;
    this.#search.end();
  }

  #ask(): void {
    while (!this.#isOver && this.#underWay < this.#search.width * batchesAThread && this.#asked.size < maxAheadBlocks) {
      const batch = this.#batch();
      if (batch.length === 0) return;
      this.#batchBlocks = Math.min(maxBatchBlocks, this.#batchBlocks * 2);
      this.#send(batch);
    }
  }

  #send(batch: readonly (readonly [BlockEntry, BlockOnDisk])[]): void {
    this.#underWay++;
    const answers = this.#search.look(batch.map(([, block]) => block));
    void answers.then(() => {
      this.#underWay--;
      this.#ask();
    });
    for (const [i, [entry, block]] of batch.entries())
      this.#asked.set(entry, { block, answer: answers.then(all => all?.[i]) });
  }

  /** The next blocks that are only on disk. */
  #batch(): (readonly [BlockEntry, BlockOnDisk])[] {
    const { to, step } = this.#way;
    const { entries } = this.#reader.list;
    const batch: (readonly [BlockEntry, BlockOnDisk])[] = [];
    while (batch.length < this.#batchBlocks && (to - this.#next) * step >= 0) {
      const entry = entries[this.#next];
      this.#next += step;
      const block = entry && isForThreads(this.#reader, this.#filter, entry) && this.#reader.onDisk(entry);
      if (block) batch.push([entry, block]);
    }
    return batch;
  }
}
