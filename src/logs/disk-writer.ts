// Brings blocks to disk, one operation at a time, in the order they were written; keeps the project under its size.
// While the disk refuses, everything stays in memory (which the store bounds) and the writer tries again.
// Does not: hold text of its own; what is not yet on disk is read from the blocks.
import path from 'node:path';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Block } from './block.ts';
import type { BlockEntry, BlockList, DiskPlace } from './block-list.ts';
import { encodeIndex } from './index-codec.ts';
import { listSessions, removeSession, type StoredSession, sessionsToDrop } from './old-sessions.ts';
import type { BlockOnDisk } from './search-protocol.ts';
import { SegmentFiles } from './segment-files.ts';

export interface DiskWriterOptions {
  readonly directory: string;
  readonly sessionName: string;
  readonly isLiveSession: (name: string) => boolean;
  readonly maxBytes: number;
  readonly maxFileBytes: number;
  readonly nameOf: (span: number) => readonly [string, string];
  readonly onError: (error: Error | undefined) => void;
  /** Something came to disk: memory may be given back. */
  readonly onProgress: () => void;
  readonly clock?: Clock;
}

/** Small appends are written together: an operation on a file costs two threads a wake-up, whatever its size. */
const gatherMs = 200;
const retryMs = 1000;
/** So many whole blocks do not wait any longer; they go to disk together. */
const hurryBlocks = 4;
const maxBatchBlocks = 8;

interface SealedBlock {
  readonly entry: BlockEntry;
  readonly block: Block;
  readonly version: number;
  readonly file: number;
  readonly textOffset: number;
}

function isUnchanged(batch: readonly SealedBlock[]): boolean {
  return batch.every(({ entry, version }) => entry.version === version);
}

interface FileState {
  textBytes: number;
  indexBytes: number;
}

export class DiskWriter {
  #blocks: BlockList;
  #options: DiskWriterOptions;
  #clock: Clock;
  #files: SegmentFiles;
  #fileStates = new Map<number, FileState>();
  #fileOf = new Map<BlockEntry, { readonly file: number; readonly textOffset: number }>();
  #file = 1;
  /** Index of the entry that is being written, and how much of its text is on disk. */
  #at = 0;
  #flushed = 0;
  #rewrites = new Set<number>();
  /** The file that others are put in the place of: what is read of it is of the old one or of the new one. */
  #replaced: { readonly file: number; readonly done: Promise<void> } | undefined;
  #others: StoredSession[] | undefined;
  #isRunning = false;
  #isScheduled = false;
  #isFailing = false;
  #isClosed = false;
  #waiting: (() => void)[] = [];

  constructor(blocks: BlockList, options: DiskWriterOptions) {
    this.#blocks = blocks;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#files = new SegmentFiles(path.join(options.directory, options.sessionName));
  }

  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** There is more to write. */
  wake(): void {
    if (this.#isScheduled || this.#isRunning || this.#isFailing || this.#isClosed) return;
    this.#isScheduled = true;
    this.#clock.after(gatherMs, () => this.#start());
  }

  /** There is a whole block to write; `isUrgent` when memory waits for it. */
  hurry(isUrgent: boolean): void {
    const waiting = this.#blocks.entries.length - this.#at;
    if (!this.#isFailing && (isUrgent || waiting >= hurryBlocks)) this.#start();
  }

  /** Resolves when all that is there now is on disk, or the disk refuses. */
  drain(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#start();
    });
  }

  /** Reads a block that is not in memory; undefined when it is gone. */
  async read(entry: BlockEntry): Promise<Block | undefined> {
    for (let tries = 0; entry.place && tries < 5; tries++) {
      await this.#rest(entry);
      const { version, place, textBytes } = entry;
      if (!place) break;
      const block = await this.#files.read(place, textBytes).catch(() => undefined);
      if (block && entry.version === version && this.#isAt(entry, place)) return block;
    }
    return entry.block;
  }

  /** The text of a block alone, into the given bytes where that can be. */
  async readText(entry: BlockEntry, into?: Buffer): Promise<Buffer | undefined> {
    await this.#rest(entry);
    const { version, place, textBytes } = entry;
    const text = place && (await this.#files.readText(place, textBytes, into).catch(() => undefined));
    if (text && place && entry.version === version && this.#isAt(entry, place)) return text;
    const block = await this.read(entry);
    return block?.text.subarray(0, block.textBytes);
  }

  /** Where others can read a block, as long as it stays the same; undefined for one that is not at rest on disk. */
  partOf(entry: BlockEntry): BlockOnDisk | undefined {
    const { place, firstId, count, hasPieces, maxLevel, textBytes } = entry;
    if (!place || !this.#isAt(entry, place)) return undefined;
    const textFile = this.#files.nameOf(place.file, 'log');
    const indexFile = this.#files.nameOf(place.file, 'idx');
    return { firstId, count, hasPieces, maxLevel, textBytes, place, textFile, indexFile };
  }

  #isAt(entry: BlockEntry, place: DiskPlace): boolean {
    return entry.place === place && this.#replaced?.file !== place.file;
  }

  /** Waits while the entry's file is replaced; a replacement that fails is told elsewhere. */
  async #rest(entry: BlockEntry): Promise<void> {
    if (this.#replaced && this.#replaced.file === entry.place?.file) await this.#replaced.done.catch(() => {});
  }

  /** The bytes of `entry` changed; its file, if it has one, is written again. The block must stay in memory until then. */
  changed(entry: BlockEntry): void {
    const known = this.#fileOf.get(entry);
    if (!known) return;
    entry.place = undefined;
    this.#rewrites.add(known.file);
  }

  /** Entries that nobody can read any more. */
  forget(entries: readonly BlockEntry[]): void {
    for (const entry of entries) this.#fileOf.delete(entry);
  }

  async close(): Promise<void> {
    await this.drain();
    this.#isClosed = true;
    await this.#files.close();
  }

  #start(): void {
    this.#isScheduled = false;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    try {
      if (this.#rewrites.size === 0 && this.#files.isLost) await this.#restore();
      while (await this.#step()) this.#options.onProgress();
      if (this.#isFailing) {
        this.#isFailing = false;
        this.#options.onError(undefined);
      }
    } catch (error) {
      if (!this.#isFailing) {
        this.#isFailing = true;
        this.#options.onError(error as Error);
      }
      if (!this.#isClosed) this.#clock.after(retryMs, () => this.#start());
    }
    this.#isRunning = false;
    for (const resolve of this.#waiting.splice(0)) resolve();
    this.#options.onProgress();
  }

  /** One operation; false when there is nothing to do. */
  async #step(): Promise<boolean> {
    for (const file of this.#rewrites) {
      await this.#rewrite(file);
      return true;
    }
    const entry = this.#blocks.entries[this.#at];
    if (!entry) return false;
    if (entry.dropped || !entry.block) {
      this.#next();
      return true;
    }
    if (entry.isSealed) {
      await this.#writeSealed();
      await this.#keepSmall();
      return true;
    }
    if (this.#flushed === entry.block.textBytes) return false;
    await this.#writeText(entry, entry.block);
    return true;
  }

  /** Somebody removed the files: every one is written again, from memory and from what we still have open. */
  async #restore(): Promise<void> {
    for (const file of this.#fileStates.keys()) {
      const gone: BlockEntry[] = [];
      for (const [entry, place] of this.#fileOf) {
        if (place.file !== file || entry.dropped || entry.block || (await this.read(entry))) continue;
        gone.push(entry);
      }
      this.#blocks.drop(gone, 'removed');
      this.forget(gone);
      this.#rewrites.add(file);
    }
  }

  #next(): void {
    this.#at++;
    this.#flushed = 0;
  }

  async #writeText(entry: BlockEntry, block: Block): Promise<void> {
    const { file, textOffset } = this.#placeOf(entry);
    const { version } = entry;
    const to = block.textBytes;
    await this.#files.write(file, 'log', [block.text.subarray(this.#flushed, to)], textOffset + this.#flushed);
    // An edit meanwhile moved the bytes; the rewrite of the file sets the mark anew.
    if (entry.version !== version) return;
    this.#flushed = to;
    this.#stateOf(file).textBytes = textOffset + to;
  }

  /** Whole blocks that follow each other in a file go there in two operations, however many they are. */
  async #writeSealed(): Promise<void> {
    const batch = this.#sealedBatch();
    const { file, textOffset } = batch[0]!;
    const state = this.#stateOf(file);
    const flushed = this.#flushed;
    const text = batch.map(({ block }, i) => block.text.subarray(i === 0 ? flushed : 0, block.textBytes));
    await this.#files.write(file, 'log', text, textOffset + flushed);
    // An edit meanwhile moved the bytes; the rewrite of the file takes them all.
    if (!isUnchanged(batch)) return;
    let indexBytes = state.indexBytes;
    const index = batch.map(({ block, textOffset: at }) => encodeIndex(block, at, this.#options.nameOf));
    await this.#files.write(file, 'idx', index, indexBytes);
    if (!isUnchanged(batch)) return;
    for (const [i, { entry, textOffset: at }] of batch.entries()) {
      entry.place = { file, textOffset: at, indexOffset: indexBytes, indexBytes: index[i]!.length };
      indexBytes += index[i]!.length;
      this.#next();
    }
    state.indexBytes = indexBytes;
    this.#options.onProgress();
  }

  /** Sealed blocks from the next one on, each with its place in one and the same file. */
  #sealedBatch(): SealedBlock[] {
    const batch: SealedBlock[] = [];
    for (let at = this.#at; batch.length < maxBatchBlocks; at++) {
      const entry = this.#blocks.entries[at];
      const block = entry?.block;
      if (!entry?.isSealed || !block || entry.dropped) break;
      const { file, textOffset } = this.#placeOf(entry);
      if (batch.length > 0 && file !== batch[0]!.file) break;
      batch.push({ entry, block, version: entry.version, file, textOffset });
      this.#stateOf(file).textBytes = textOffset + block.textBytes;
    }
    return batch;
  }

  #placeOf(entry: BlockEntry): { readonly file: number; readonly textOffset: number } {
    const known = this.#fileOf.get(entry);
    if (known) return known;
    if (this.#stateOf(this.#file).textBytes >= this.#options.maxFileBytes) this.#file++;
    const place = { file: this.#file, textOffset: this.#stateOf(this.#file).textBytes };
    this.#fileOf.set(entry, place);
    return place;
  }

  #stateOf(file: number): FileState {
    let state = this.#fileStates.get(file);
    if (!state) {
      state = { textBytes: 0, indexBytes: 0 };
      this.#fileStates.set(file, state);
    }
    return state;
  }

  /** Writes a file again from its blocks, after an edit. */
  async #rewrite(file: number): Promise<void> {
    const entries = [...this.#fileOf].filter(([, place]) => place.file === file).map(([entry]) => entry);
    const versions = entries.map(entry => entry.version);
    const text: Uint8Array[] = [];
    const index: Uint8Array[] = [];
    const places: { textOffset: number; indexOffset: number; indexBytes: number; isWhole: boolean; bytes: number }[] =
      [];
    const sizes = { text: 0, index: 0 };
    for (const entry of entries) {
      const block = entry.block ?? (await this.read(entry));
      if (!block) throw new Error('a block of the log could not be read back');
      const part = Buffer.from(block.text.subarray(0, block.textBytes));
      const isWhole = entry.isSealed;
      const row = isWhole ? encodeIndex(block, sizes.text, this.#options.nameOf) : new Uint8Array();
      places.push({
        textOffset: sizes.text,
        indexOffset: sizes.index,
        indexBytes: row.length,
        isWhole,
        bytes: part.length,
      });
      text.push(part);
      index.push(row);
      sizes.text += part.length;
      sizes.index += row.length;
    }
    const done = this.#files.replace(file, text, index);
    this.#replaced = { file, done };
    try {
      await done;
    } finally {
      this.#replaced = undefined;
    }
    // One that was edited meanwhile is done again in the next step.
    if (entries.every((entry, i) => entry.version === versions[i])) this.#rewrites.delete(file);
    this.#fileStates.set(file, { textBytes: sizes.text, indexBytes: sizes.index });
    for (const [i, entry] of entries.entries()) {
      const { textOffset, indexOffset, indexBytes, isWhole, bytes } = places[i]!;
      this.#fileOf.set(entry, { file, textOffset });
      if (entry.dropped) continue;
      if (isWhole && entry.version === versions[i]) entry.place = { file, textOffset, indexOffset, indexBytes };
      if (entry === this.#blocks.entries[this.#at]) {
        this.#flushed = bytes;
        if (isWhole && entry.place) this.#next();
      }
    }
  }

  /** The project's cap: finished sessions first, then the oldest files of this one. */
  async #keepSmall(): Promise<void> {
    const { directory, sessionName, maxBytes, isLiveSession } = this.#options;
    this.#others ??= await listSessions(directory, sessionName);
    let own = 0;
    for (const state of this.#fileStates.values()) own += state.textBytes + state.indexBytes;
    const others = this.#others.reduce((sum, session) => sum + session.sizeBytes, 0);
    let excess = own + others - maxBytes;
    for (const session of sessionsToDrop(this.#others, excess, isLiveSession)) {
      await removeSession(directory, session.name);
      this.#others = this.#others.filter(s => s !== session);
      excess -= session.sizeBytes;
    }
    for (const [file, state] of [...this.#fileStates].sort(([a], [b]) => a - b)) {
      if (excess <= 0 || file >= this.#file) break;
      await this.#dropFile(file);
      excess -= state.textBytes + state.indexBytes;
    }
  }

  async #dropFile(file: number): Promise<void> {
    const entries = [...this.#fileOf].filter(([, place]) => place.file === file).map(([entry]) => entry);
    this.#blocks.drop(entries, 'size');
    this.forget(entries);
    this.#fileStates.delete(file);
    this.#rewrites.delete(file);
    await this.#files.remove(file);
  }
}
