// The texts of the blocks on a search's way, with the next ones on their way from the disk.
// Does not: look through them, or keep them.
import type { BlockEntry } from './block-list.ts';
import type { BlockReader } from './block-reader.ts';
import type { LineFilter } from './line-filter.ts';

type Text = Buffer | undefined | Promise<Buffer | undefined>;

/** Blocks that are read ahead. */
const aheadBlocks = 4;

export interface TextsWay {
  readonly step: 1 | -1;
  /** True for blocks that somebody else reads. */
  readonly isElsewhere: (entry: BlockEntry) => boolean;
}

export class TextsAhead {
  readonly #reader: BlockReader;
  readonly #filter: LineFilter;
  readonly #way: TextsWay;
  readonly #texts = new Map<BlockEntry, Text>();

  constructor(reader: BlockReader, filter: LineFilter, way: TextsWay) {
    this.#reader = reader;
    this.#filter = filter;
    this.#way = way;
  }

  /** The text of the block at an index, undefined when nothing in it can pass; it is the caller's to release. */
  of(index: number): Text {
    const text = this.#begin(index);
    for (let ahead = 1; ahead <= aheadBlocks; ahead++) {
      const next = index + ahead * this.#way.step;
      const entry = this.#reader.list.entries[next];
      if (entry && !this.#way.isElsewhere(entry)) this.#begin(next);
    }
    const entry = this.#reader.list.entries[index];
    if (entry) this.#texts.delete(entry);
    return text;
  }

  #begin(index: number): Text {
    const entry = this.#reader.list.entries[index];
    if (!entry || entry.dropped || !this.#filter.mayPass(entry)) return undefined;
    let text = this.#texts.get(entry);
    if (text === undefined) {
      text = this.#reader.text(entry);
      this.#texts.set(entry, text);
    }
    return text;
  }
}
