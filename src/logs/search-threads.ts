// The threads that look through the log's files. They are started when a search is near, keep no program alive and end by
// themselves; where they cannot be started, or break, questions are answered with undefined and the asker does the work.
// Does not: know the log, or which blocks are worth asking for.
import os from 'node:os';
import type { Worker } from 'node:worker_threads';
import {
  type BatchAnswer,
  type BlockFindings,
  type BlockOnDisk,
  type SearchMessage,
  type SearchOrder,
  unpackFindings,
} from './search-protocol.ts';
import type { SearchWorkerData } from './search-worker.ts';

/** More than these wait for the same memory. */
const maxThreads = 2;
/** People who search once search again. */
const defaultIdleMs = 20_000;
/** Of JavaScript's objects; the bytes of blocks are not among them. */
const threadLimits = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 };
/** Threads that broke so often are not started again. */
const maxFailures = 3;

/** What is worth asking threads that run, and starting those that don't: about 4 and 30 ms of looking in the main thread. */
const bytesForThreads = 4 << 20;
const bytesForNewThreads = 32 << 20;

type Answers = readonly (BlockFindings | undefined)[];

/** One search of the threads. */
export interface ThreadSearch {
  /** Batches that are looked through at a time; more only wait. */
  readonly width: number;
  /** One answer a block; undefined when there are no threads. */
  look(blocks: readonly BlockOnDisk[]): Promise<Answers | undefined>;
  /** No more answers are wanted; those under way come soon. */
  end(): void;
}

class SearchThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, (rows: Uint32Array | undefined) => void>();
  isDead = false;

  constructor(worker: Worker, onFailure: () => void) {
    this.#worker = worker;
    worker.unref();
    worker.on('message', ({ batch, rows }: BatchAnswer) => this.#settle(batch, rows));
    worker.once('error', onFailure);
    worker.once('exit', () => {
      this.isDead = true;
      for (const batch of [...this.#pending.keys()]) this.#settle(batch, undefined);
    });
  }

  get waiting(): number {
    return this.#pending.size;
  }

  send(message: SearchMessage): void {
    this.#worker.postMessage(message);
  }

  /** Undefined when the thread ends before it has answered. */
  look(search: number, batch: number, blocks: readonly BlockOnDisk[]): Promise<Uint32Array | undefined> {
    if (this.isDead) return Promise.resolve(undefined);
    return new Promise(resolve => {
      // Who waits for an answer may have nothing else that keeps the program alive.
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(batch, resolve);
      this.send({ kind: 'look', search, batch, blocks });
    });
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(batch: number, rows: Uint32Array | undefined): void {
    const resolve = this.#pending.get(batch);
    this.#pending.delete(batch);
    if (this.#pending.size === 0) this.#worker.unref();
    resolve?.(rows);
  }
}

export interface SearchThreadsOptions {
  /** The built file of search-worker.ts. */
  readonly workerFile: string;
  readonly idleMs?: number;
  /** Logs are searched by threads from this size on, whether they run or not. */
  readonly leastBytes?: number;
}

export class SearchThreads {
  readonly #options: SearchThreadsOptions;
  #threads: SearchThread[] = [];
  #starting: Promise<void> | undefined;
  #failures = 0;
  #searches = 0;
  #batches = 0;
  #isDisposed = false;

  constructor(options: SearchThreadsOptions) {
    this.#options = options;
  }

  /** Starting them again is no use. */
  get isBroken(): boolean {
    return this.#failures >= maxFailures || this.#isDisposed;
  }

  /** Bytes on disk that are worth asking them. */
  get leastBytes(): number {
    const { leastBytes } = this.#options;
    return leastBytes ?? (this.#isReady ? bytesForThreads : bytesForNewThreads);
  }

  get #isReady(): boolean {
    return this.#threads.some(thread => !thread.isDead);
  }

  /** Starts them unless they run; costs the caller about nothing. */
  prepare(): void {
    if (this.#isReady || this.isBroken) return;
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
  }

  /** Begins a search; its threads may be about to start. */
  open(order: Omit<SearchOrder, 'kind' | 'search' | 'isOver'>): ThreadSearch {
    this.prepare();
    const search = this.#searches++;
    const isOver = new Int32Array(new SharedArrayBuffer(4));
    const told = new Set<SearchThread>();
    const tell = (thread: SearchThread): void => {
      if (told.has(thread)) return;
      told.add(thread);
      thread.send({ ...order, kind: 'search', search, isOver });
    };
    return {
      width: threadCount(),
      look: async blocks => {
        const thread = await this.#freest();
        if (!thread || isOver[0] !== 0) return undefined;
        tell(thread);
        const rows = await thread.look(search, this.#batches++, blocks);
        return rows && unpackFindings(rows);
      },
      end() {
        Atomics.store(isOver, 0, 1);
        for (const thread of told) thread.send({ kind: 'end', search });
      },
    };
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#starting;
    await Promise.all(this.#threads.map(thread => thread.dispose()));
    this.#threads = [];
  }

  async #freest(): Promise<SearchThread | undefined> {
    await this.#starting;
    const alive = this.#threads.filter(thread => !thread.isDead);
    return alive.reduce<SearchThread | undefined>(
      (best, thread) => (best && best.waiting <= thread.waiting ? best : thread),
      undefined,
    );
  }

  async #start(): Promise<void> {
    const { workerFile, idleMs = defaultIdleMs } = this.#options;
    const workerData: SearchWorkerData = { idleMs };
    try {
      // Loaded with the first search: most sessions are never searched.
      const { Worker } = await import('node:worker_threads');
      this.#threads = Array.from(
        { length: threadCount() },
        () =>
          new SearchThread(new Worker(workerFile, { workerData, resourceLimits: threadLimits }), () => {
            this.#failures++;
          }),
      );
    } catch {
      this.#failures++;
    }
  }
}

/** The main thread keeps a core: it has frames to draw. */
function threadCount(): number {
  return Math.max(1, Math.min(maxThreads, os.availableParallelism() - 1));
}
