// Gives readers the block behind an entry, from memory or from disk, with a small cache of what came from disk.
import type { Block } from './block.ts';
import type { BlockEntry, BlockList } from './block-list.ts';
import type { DiskWriter } from './disk-writer.ts';

const cachedBlocks = 16;

export class BlockReader {
  readonly list: BlockList;
  #disk: DiskWriter | undefined;
  #cache = new Map<BlockEntry, { readonly version: number; readonly block: Block }>();

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

  /** The bytes of an entry's text, kept nowhere: for who looks through everything. */
  text(entry: BlockEntry): Buffer | undefined | Promise<Buffer | undefined> {
    const block = entry.block ?? this.#cache.get(entry)?.block;
    if (block && (entry.block || this.#cache.get(entry)?.version === entry.version))
      return block.text.subarray(0, block.textBytes);
    return entry.place ? this.#disk?.readText(entry) : undefined;
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
