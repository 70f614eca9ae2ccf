// One connection through a tunnel: what the client says goes to the pod, what the pod says to the client, each no faster
// than the other side takes it. An end in order stays an end in order; what broke off is seen as broken off.
import type { PodStream } from '../../adapters/kube/port.ts';
import type { LocalConnection } from '../../adapters/net/listen-port.ts';
import { makeAbortController } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { lingerMs } from './forward-rules.ts';

export interface RelayResult {
  /** What the pod said. */
  readonly receivedBytes: number;
  /** Why the tunnel broke off. */
  readonly error: Error | undefined;
}

/** A client has this long to end its side after the pod ended its own. */
const partingMs = 1000;

/** Resolves when the connection is over; `stream` is given back then. */
export async function relay(local: LocalConnection, stream: PodStream, clock: Clock): Promise<RelayResult> {
  const talk = new Talk(local, stream, clock);
  void local.closed.then(() => stream.dispose());
  void talk.listen();
  try {
    return await talk.answer();
  } finally {
    talk.dispose();
    stream.dispose();
  }
}

class Talk implements Disposable {
  readonly #local: LocalConnection;
  readonly #stream: PodStream;
  readonly #clock: Clock;
  #lastSpeaker: 'client' | 'pod' | 'nobody' = 'nobody';
  #hasClientEnded = false;
  #lingering: Disposable | undefined;
  #receivedBytes = 0;
  #isOver = false;

  constructor(local: LocalConnection, stream: PodStream, clock: Clock) {
    this.#local = local;
    this.#stream = stream;
    this.#clock = clock;
  }

  /** Carries what the client says, until it says no more. */
  async listen(): Promise<void> {
    for await (const chunk of this.#local.incoming) {
      if (this.#isOver) continue;
      this.#lastSpeaker = 'client';
      // Why nothing can be written is told where the pod is read. What the client still says goes nowhere.
      await this.#stream.write(chunk).catch(() => {});
    }
    if (this.#isOver) return;
    this.#hasClientEnded = true;
    this.#stream.end();
    this.#linger();
  }

  /** Carries what the pod says, until the tunnel ends. */
  async answer(): Promise<RelayResult> {
    try {
      for await (const chunk of this.#stream.incoming) {
        this.#lastSpeaker = 'pod';
        this.#receivedBytes += chunk.length;
        this.#lingering?.dispose();
        await this.#local.write(chunk);
        if (this.#hasClientEnded) this.#linger();
      }
    } catch (error) {
      this.#local.reset();
      return { receivedBytes: this.#receivedBytes, error: error as Error };
    }
    this.#isOver = true;
    await this.#local.end();
    await this.#part();
    return { receivedBytes: this.#receivedBytes, error: undefined };
  }

  dispose(): void {
    this.#isOver = true;
    this.#lingering?.dispose();
  }

  /** Closing while the client still talks would throw away what is on its way to it. */
  async #part(): Promise<void> {
    const waiting = makeAbortController();
    await Promise.race([this.#local.closed, sleep(this.#clock, partingMs, waiting.signal).catch(() => {})]);
    waiting.abort();
    this.#local.dispose();
  }

  #linger(): void {
    this.#lingering?.dispose();
    this.#lingering = this.#clock.after(lingerMs(this.#lastSpeaker), () => this.#stream.dispose());
  }
}
