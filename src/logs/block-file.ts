// Reads blocks of a log's files, each into the same bytes; for threads that may stand still while the disk answers.
import { closeSync, openSync, readSync } from 'node:fs';
import { type Block, blockTextBytes } from './block.ts';
import { decodeIndex } from './index-codec.ts';
import type { BlockOnDisk } from './search-protocol.ts';

export class BlockFile {
  #handles = new Map<string, number>();
  #text = Buffer.allocUnsafeSlow(blockTextBytes);
  #index = Buffer.allocUnsafeSlow(blockTextBytes / 4);
  #rows = new Uint8Array(blockTextBytes / 4);

  /** The text of a block, valid until the next one is read. Throws when the file doesn't hold it. */
  text({ textFile, place, textBytes }: BlockOnDisk): Buffer {
    if (textBytes > this.#text.length) this.#text = Buffer.allocUnsafeSlow(textBytes);
    return this.#read(textFile, place.textOffset, this.#text.subarray(0, textBytes));
  }

  /** The whole block, whose text was read before; valid as long. */
  block({ indexFile, place: { indexOffset, indexBytes } }: BlockOnDisk, text: Buffer): Block {
    if (indexBytes > this.#index.length) this.#index = Buffer.allocUnsafeSlow(indexBytes);
    if (indexBytes > this.#rows.length) this.#rows = new Uint8Array(this.#index.length);
    return decodeIndex(this.#read(indexFile, indexOffset, this.#index.subarray(0, indexBytes)), text, this.#rows);
  }

  /** Files that were written again are opened anew after this. */
  close(): void {
    for (const handle of this.#handles.values()) closeSync(handle);
    this.#handles.clear();
  }

  #read(name: string, offset: number, into: Buffer): Buffer {
    let handle = this.#handles.get(name);
    if (handle === undefined) {
      handle = openSync(name, 'r');
      this.#handles.set(name, handle);
    }
    if (readSync(handle, into, 0, into.length, offset) < into.length)
      throw new Error(`${name} is shorter than it should be`);
    return into;
  }
}
