// All blocks of a session in order, whether their text is in memory, on disk, or gone.
// Invariants: entries are contiguous in ids; only the last one grows; an entry that was dropped stays as a mark.
import { Block } from './block.ts';

/** Where a block is on disk. */
export interface DiskPlace {
  readonly file: number;
  readonly textOffset: number;
  readonly indexOffset: number;
  readonly indexBytes: number;
}

export interface BlockEntry {
  readonly firstId: number;
  count: number;
  textBytes: number;
  readonly spans: Set<number>;
  /** The highest level of its records, as a number. */
  maxLevel: number;
  /** It holds lines of build events, which pass filters of level and source. */
  hasEvents: boolean;
  /** It holds lines in pieces: unfinished ones, or rests of such. */
  hasPieces: boolean;
  minTimeMs: number;
  maxTimeMs: number;
  isSealed: boolean;
  /** In memory. */
  block: Block | undefined;
  /** On disk in full, text and index. */
  place: DiskPlace | undefined;
  /** Grows with every edit, so that a reader of the old bytes notices. */
  version: number;
  /** Why nothing is left of it. */
  dropped: DropReason | undefined;
}

export type DropReason = 'size' | 'disk' | 'removed';

export class BlockList {
  #entries: BlockEntry[] = [];
  #memoryBytes = 0;

  get entries(): readonly BlockEntry[] {
    return this.#entries;
  }

  get endId(): number {
    const last = this.#entries.at(-1);
    return last ? last.firstId + last.count : 0;
  }

  get memoryBytes(): number {
    const last = this.#entries.at(-1);
    return this.#memoryBytes + (last?.block && !last.isSealed ? last.block.sizeBytes : 0);
  }

  /** What is on disk and not in memory. */
  get bytesOnDiskAlone(): number {
    return this.#entries.reduce((sum, { block, place, textBytes }) => sum + (place && !block ? textBytes : 0), 0);
  }

  /** Index of the entry that holds `id`; entries.length when `id` is at or behind the end. */
  indexOf(id: number): number {
    if (id >= this.endId) return this.#entries.length;
    let low = 0;
    let high = this.#entries.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle]!;
      if (entry.firstId + entry.count > id) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The entry that grows, a new one if the last is sealed. */
  active(timeMs: number): BlockEntry & { block: Block } {
    const last = this.#entries.at(-1);
    if (last && !last.isSealed) return last as BlockEntry & { block: Block };
    const firstId = this.endId;
    const entry = {
      firstId,
      count: 0,
      textBytes: 0,
      spans: new Set<number>(),
      maxLevel: 0,
      hasEvents: false,
      hasPieces: false,
      minTimeMs: timeMs,
      maxTimeMs: timeMs,
      isSealed: false,
      block: new Block(firstId, timeMs),
      place: undefined,
      version: 0,
      dropped: undefined,
    };
    this.#entries.push(entry);
    return entry;
  }

  /** No more goes into the last entry. */
  seal(): void {
    const last = this.#entries.at(-1);
    if (!last || last.isSealed) return;
    last.isSealed = true;
    last.block!.shrink();
    this.#memoryBytes += last.block!.sizeBytes;
  }

  /** Forgets the text in memory of a sealed entry that is on disk. */
  evict(entry: BlockEntry): void {
    if (!entry.block || !entry.isSealed) return;
    this.#memoryBytes -= entry.block.sizeBytes;
    entry.block = undefined;
  }

  /** Puts a block into memory that was changed and must be written again. */
  adopt(entry: BlockEntry, block: Block): void {
    if (entry.block === block) return;
    entry.block = block;
    if (entry.isSealed) this.#memoryBytes += block.sizeBytes;
  }

  /** Changes the size of a block in memory. */
  resize(entry: BlockEntry, change: () => void): void {
    if (entry.isSealed && entry.block) this.#memoryBytes -= entry.block.sizeBytes;
    change();
    if (entry.isSealed && entry.block) this.#memoryBytes += entry.block.sizeBytes;
    entry.textBytes = entry.block!.textBytes;
    entry.version++;
  }

  /** Nothing is left of these; a counted mark stays. */
  drop(entries: readonly BlockEntry[], reason: DropReason): void {
    for (const entry of entries) {
      this.evict(entry);
      entry.place = undefined;
      entry.dropped = reason;
      entry.version++;
      entry.spans.clear();
    }
  }
}
