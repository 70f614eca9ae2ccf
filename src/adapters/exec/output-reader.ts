// Reads one FIFO of a child without a thread of its own: the descriptor is polled like a socket.
import fs from 'node:fs';
import net from 'node:net';

export class OutputReader {
  #socket: net.Socket;
  #ended = false;
  #bytesRead = 0;
  #onEnd: (() => void)[] = [];

  /** Opens at once, so that the writer's open does not wait. Throws a system error. */
  constructor(fifo: string, onChunk: (chunk: Buffer) => void) {
    const fd = fs.openSync(fifo, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    this.#socket = new net.Socket({ fd, readable: true, writable: false });
    this.#socket.on('data', chunk => {
      this.#bytesRead += chunk.length;
      onChunk(chunk);
    });
    // A read error means that nothing more comes; how the child ended is told elsewhere.
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => this.#end());
  }

  /** Bytes seen so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Calls `run` when every writer has closed. */
  whenEnded(run: () => void): void {
    if (this.#ended) run();
    else this.#onEnd.push(run);
  }

  /** What a process that left its group may still write no longer keeps the program alive. */
  unref(): void {
    this.#socket.unref();
  }

  close(): void {
    this.#socket.destroy();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const run of this.#onEnd) run();
  }
}
