// Reads one FIFO of a child without a thread of its own: the descriptor is polled like a socket.
import fs from 'node:fs';
import net from 'node:net';

/**
 * Where reads of all FIFOs land, one at a time: a read is handed on before the next one begins. A buffer for each read
 * would cost 64 KiB of garbage a line of a child that writes line by line.
 */
const landing = Buffer.allocUnsafeSlow(64 * 1024);

export class OutputReader {
  #socket: net.Socket;
  #ended = false;
  #bytesRead = 0;
  #onEnd: (() => void)[] = [];

  /**
   * Opens at once, so that the writer's open does not wait. A chunk is good until `onChunk` returns. Throws a system
   * error.
   */
  constructor(fifo: string, onChunk: (chunk: Buffer) => void) {
    const fd = fs.openSync(fifo, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    // Node takes `onread` here as connect() does; its types name it there only.
    const onread: net.OnReadOpts = {
      buffer: landing,
      callback: size => {
        this.#bytesRead += size;
        onChunk(landing.subarray(0, size));
        return true;
      },
    };
    this.#socket = new net.Socket({ fd, readable: true, writable: false, onread } as net.SocketConstructorOpts);
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
