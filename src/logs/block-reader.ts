// Gives readers the block behind an entry, from memory or from disk, with a small cache of what came from disk.
import { type Block, blockTextBytes } from './block.ts';
import type { BlockEntry, BlockList } from './block-list.ts';
import type { DiskWriter } from './disk-writer.ts';
import type { BlockOnDisk } from './search-protocol.ts';

const cachedBlocks = 16;
/** Bytes to read into that are kept. */
const maxSpare = 8;

export class BlockReader {
  readonly list: BlockList;
  #disk: DiskWriter | undefined;
  #cache = new Map<BlockEntry, { readonly version: number; readonly block: Block }>();
  /** Who looks through everything reads hundreds of megabytes: new bytes for each block would keep the collector busy. */
  #spare: Buffer[] = [];
  #lent = new WeakMap<Buffer, Buffer>();

  constructor(list: BlockList, disk: DiskWriter | undefined) {
    this.list = list;
    this.#disk = disk;
  }

  /** The block now, or a promise of it; undefined when nothing is left of it. */
  get(entry: BlockEntry): Block | undefined | Promise<Block | undefined> {
    if (entry.block) return entry.block;
    const cached = this.#cache.get(entry);
    if (cached && cached.version === entry.version) {
      this.#cache.delete(entry);
      this.#cache.set(entry, cached);
      return cached.block;
    }
    return entry.place ? this.#load(entry) : undefined;
  }

  /** The bytes of an entry's text, kept nowhere: for who looks through everything, and gives them back with `release`. */
  text(entry: BlockEntry): Buffer | undefined | Promise<Buffer | undefined> {
    const block = entry.block ?? this.#cache.get(entry)?.block;
    if (block && (entry.block || this.#cache.get(entry)?.version === entry.version))
      return block.text.subarray(0, block.textBytes);
    return entry.place ? this.#readText(entry) : undefined;
  }

  /** Bytes that `text` gave are no longer looked at. */
  release(text: Buffer | undefined): void {
    const bytes = text && this.#lent.get(text);
    if (!bytes) return;
    this.#lent.delete(text);
    if (this.#spare.length < maxSpare) this.#spare.push(bytes);
  }

  /** Whether `get` gives it without the disk. */
  holds(entry: BlockEntry): boolean {
    return entry.block !== undefined || this.#cache.get(entry)?.version === entry.version;
  }

  /** Where others can read a block; undefined for one that is not on disk, or not at rest there. */
  onDisk(entry: BlockEntry): BlockOnDisk | undefined {
    return this.#disk?.partOf(entry);
  }

  /** Whether what was read of a block at that place is what it holds. */
  isStill(entry: BlockEntry, read: BlockOnDisk): boolean {
    return this.#disk?.partOf(entry)?.place === read.place;
  }

  async #readText(entry: BlockEntry): Promise<Buffer | undefined> {
    const into = this.#spare.pop() ?? Buffer.allocUnsafeSlow(blockTextBytes);
    const text = await this.#disk?.readText(entry, into);
    // It may have come by another way.
    if (text?.buffer === into.buffer) this.#lent.set(text, into);
    return text;
  }

  async #load(entry: BlockEntry): Promise<Block | undefined> {
    const block = await this.#disk?.read(entry);
    if (!block) return undefined;
    this.#cache.set(entry, { version: entry.version, block });
    for (const old of this.#cache.keys()) {
      if (this.#cache.size <= cachedBlocks) break;
      this.#cache.delete(old);
    }
    return block;
  }
}
