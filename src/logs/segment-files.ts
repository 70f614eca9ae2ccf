// The files of one session: NNNNNN.log is raw text, NNNNNN.idx its blocks' rows. Folder 0700, files 0600.
// Does not: decide when to write, what to drop, or what an error means.
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from './block.ts';
import type { DiskPlace } from './block-list.ts';
import { decodeIndex } from './index-codec.ts';

type Kind = 'log' | 'idx';

/** Files that stay open for reading; two make a segment. */
const maxReaders = 8;

export class SegmentFiles {
  #directory: string;
  #handles = new Map<string, FileHandle>();
  #readers = new Map<string, Promise<FileHandle>>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Writes all of `parts`, one behind the other, at `position`; keeps the two newest files open. */
  async write(file: number, kind: Kind, parts: readonly Uint8Array[], position: number): Promise<void> {
    const handle = await this.#open(file, kind);
    let rest = parts.filter(part => part.length > 0);
    for (let at = position; rest.length > 0; ) {
      const { bytesWritten } = await handle.writev(rest, at);
      if (bytesWritten === 0) throw new Error('the disk took nothing');
      at += bytesWritten;
      rest = withoutFirst(rest, bytesWritten);
    }
  }

  /** Somebody removed the folder, or a file that we have open. */
  get isLost(): boolean {
    return [...this.#handles.keys()].some(name => !existsSync(name));
  }

  /** Puts new contents in the place of both files at once, as far as a file system can. */
  async replace(file: number, text: readonly Uint8Array[], index: readonly Uint8Array[]): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await this.#writeWhole(`${this.nameOf(file, 'log')}.new`, text);
    await this.#writeWhole(`${this.nameOf(file, 'idx')}.new`, index);
    await this.#close(file);
    await rename(`${this.nameOf(file, 'log')}.new`, this.nameOf(file, 'log'));
    await rename(`${this.nameOf(file, 'idx')}.new`, this.nameOf(file, 'idx'));
  }

  /** Reads a block back. Throws when the files don't hold it (any more). */
  async read(place: DiskPlace, textBytes: number): Promise<Block> {
    const [text, index] = await Promise.all([
      this.#readPart(this.nameOf(place.file, 'log'), place.textOffset, textBytes),
      this.#readPart(this.nameOf(place.file, 'idx'), place.indexOffset, place.indexBytes),
    ]);
    return decodeIndex(index, text);
  }

  /** The text of a block, without its rows, into the given bytes where they are enough. */
  readText(place: DiskPlace, textBytes: number, into?: Buffer): Promise<Buffer> {
    return this.#readPart(this.nameOf(place.file, 'log'), place.textOffset, textBytes, into);
  }

  nameOf(file: number, kind: Kind): string {
    return path.join(this.#directory, `${String(file).padStart(6, '0')}.${kind}`);
  }

  async remove(file: number): Promise<void> {
    await this.#close(file);
    await rm(this.nameOf(file, 'log'), { force: true });
    await rm(this.nameOf(file, 'idx'), { force: true });
  }

  async close(): Promise<void> {
    const handles = [...this.#handles.values()];
    this.#handles.clear();
    await this.#closeReaders();
    await Promise.all(handles.map(handle => handle.close().catch(() => {})));
  }

  async #open(file: number, kind: Kind): Promise<FileHandle> {
    const name = this.nameOf(file, kind);
    const known = this.#handles.get(name);
    if (known) return known;
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (const [old, handle] of this.#handles) {
      if (this.#handles.size < 4) break;
      this.#handles.delete(old);
      await handle.close();
    }
    // Not for appending: a write that failed half-way is repeated at the same place.
    const handle = await open(name, 'r+', 0o600).catch(() => open(name, 'w+', 0o600));
    this.#handles.set(name, handle);
    return handle;
  }

  async #close(file: number): Promise<void> {
    await this.#closeReaders(file);
    for (const kind of ['log', 'idx'] as const) {
      const name = this.nameOf(file, kind);
      const handle = this.#handles.get(name);
      this.#handles.delete(name);
      await handle?.close();
    }
  }

  async #writeWhole(name: string, parts: readonly Uint8Array[]): Promise<void> {
    const handle = await open(name, 'w', 0o600);
    try {
      for (const part of parts) await handle.writeFile(part);
    } finally {
      await handle.close();
    }
  }

  async #readPart(name: string, offset: number, length: number, into?: Buffer): Promise<Buffer> {
    // What is open can be read even when somebody removed the file.
    const handle = this.#handles.get(name) ?? (await this.#reader(name));
    const bytes = into && into.length >= length ? into.subarray(0, length) : Buffer.allocUnsafeSlow(length);
    const { bytesRead } = await handle.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new Error(`${name} is shorter than it should be`);
    return bytes;
  }

  /** A file that is read; who looks through a log reads many parts of each. */
  #reader(name: string): Promise<FileHandle> {
    let reader = this.#readers.get(name);
    if (!reader) {
      const opening = open(name, 'r');
      reader = opening;
      this.#readers.set(name, opening);
      opening.catch(() => {
        if (this.#readers.get(name) === opening) this.#readers.delete(name);
      });
      for (const old of [...this.#readers.keys()].slice(0, -maxReaders)) void this.#closeReader(old);
    }
    return reader;
  }

  /** Reads that are under way are done before a handle closes. */
  async #closeReader(name: string): Promise<void> {
    const reader = this.#readers.get(name);
    this.#readers.delete(name);
    const handle = await reader?.catch(() => undefined);
    await handle?.close().catch(() => {});
  }

  async #closeReaders(file?: number): Promise<void> {
    const names = file === undefined ? [...this.#readers.keys()] : [this.nameOf(file, 'log'), this.nameOf(file, 'idx')];
    await Promise.all(names.map(name => this.#closeReader(name)));
  }
}

/** The parts without their first `count` bytes. */
function withoutFirst(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return parts.flatMap(part => {
    const gone = Math.min(left, part.length);
    left -= gone;
    return gone < part.length ? [part.subarray(gone)] : [];
  });
}
