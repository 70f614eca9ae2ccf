// Bytes that arrive faster than they are read wait here; when too many wait, whoever sends them is asked to pause.
import { type Deferred, makeDeferred } from '../../base/abort.ts';

const pauseAtBytes = 1024 * 1024;
const resumeAtBytes = 256 * 1024;

export interface Flow {
  pause(): void;
  resume(): void;
}

/** One reader. What was pushed before the end is read before the end, or the error, is seen. */
export class ChunkQueue implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow;
  #chunks: Uint8Array[] = [];
  #sizeBytes = 0;
  #isPaused = false;
  #end: { readonly error?: Error } | undefined;
  #arrival: Deferred<void> | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  push(chunk: Uint8Array): void {
    if (this.#end) return;
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
    if (this.#sizeBytes >= pauseAtBytes && !this.#isPaused) {
      this.#isPaused = true;
      this.#flow.pause();
    }
    this.#arrival?.resolve();
  }

  /** Nothing more comes; with an error, because of it. The first end counts. */
  end(error?: Error): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#arrival?.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let chunk = this.#chunks.shift(); chunk !== undefined; chunk = this.#chunks.shift()) {
        this.#sizeBytes -= chunk.length;
        if (this.#isPaused && this.#sizeBytes <= resumeAtBytes) {
          this.#isPaused = false;
          this.#flow.resume();
        }
        yield chunk;
      }
      if (this.#end?.error) throw this.#end.error;
      if (this.#end) return;
      this.#arrival = makeDeferred();
      await this.#arrival.promise;
      this.#arrival = undefined;
    }
  }
}
