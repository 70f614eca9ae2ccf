// The stream that showed that a pod answers, kept for the first client: a server may take one connection in its life,
// such as a debugger or `nc -l`, and that one belongs to the client, with what the server has said on it.
// Does not: know whether it may be held at all (see shared-port.ts).
import type { PodStream } from '../../adapters/kube/port.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';

/** More is not read ahead: what a server says stays with it until somebody listens. */
const mostHeardBytes = 64 * 1024;
/** Words after so long a silence are likely the last ones: `408 Request Timeout`. */
const silenceMs = 5000;
/** A node lets this long pass between the last byte of a server and the word that it closed, and some more. */
const partingMs = 1500;

export class FirstStream implements Disposable {
  readonly #stream: PodStream;
  readonly #clock: Clock;
  readonly #reader: AsyncIterator<Uint8Array>;
  readonly #heard: Uint8Array[] = [];
  #heardBytes = 0;
  #heardAtMs: number;
  /** Until when it may be about to close. */
  #partingUntilMs = 0;
  #next: Promise<IteratorResult<Uint8Array>>;
  #isOpen = true;
  #isTaken = false;
  /** Resolves when the server has said something or ended the connection; rejects when nobody is there. */
  readonly answered: Promise<void>;
  /** Resolves when it is of no use any more. */
  readonly ended: Promise<void>;

  constructor(stream: PodStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
    this.#heardAtMs = clock.monotonic();
    this.#reader = stream.incoming[Symbol.asyncIterator]();
    this.#next = this.#reader.next();
    this.answered = this.#next.then(() => {});
    this.answered.catch(() => {});
    this.ended = this.#listen();
  }

  /** The server has not closed it, and nobody has it. */
  get isOpen(): boolean {
    return this.#isOpen && !this.#isTaken;
  }

  /** Gives it to a client; undefined when it is of no use to one. */
  take(): PodStream | undefined {
    if (!this.isOpen || this.#clock.monotonic() < this.#partingUntilMs) return undefined;
    this.#isTaken = true;
    const stream = this.#stream;
    return {
      incoming: this.#whole(),
      write: chunk => stream.write(chunk),
      end: () => stream.end(),
      dispose: () => stream.dispose(),
    };
  }

  dispose(): void {
    this.#isOpen = false;
    if (!this.#isTaken) this.#stream.dispose();
  }

  /** Reads until it ends, is taken, or as much was said as is kept. */
  async #listen(): Promise<void> {
    for (;;) {
      // What broke off is of no use to a client, who gets a new one.
      const next = await this.#next.catch(() => undefined);
      if (this.#isTaken) return;
      if (!next || next.done) return this.dispose();
      this.#note(next.value);
      if (this.#heardBytes >= mostHeardBytes) return;
      this.#next = this.#reader.next();
    }
  }

  #note(chunk: Uint8Array): void {
    const nowMs = this.#clock.monotonic();
    if (nowMs - this.#heardAtMs > silenceMs) this.#partingUntilMs = nowMs + partingMs;
    this.#heardAtMs = nowMs;
    this.#heard.push(chunk);
    this.#heardBytes += chunk.length;
  }

  async *#whole(): AsyncGenerator<Uint8Array> {
    const heardAll = this.#heardBytes >= mostHeardBytes;
    yield* this.#heard.splice(0);
    for (let next = await (heardAll ? this.#reader.next() : this.#next); !next.done; next = await this.#reader.next())
      yield next.value;
  }
}
