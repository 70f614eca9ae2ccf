// Reads one FIFO of a child without a thread of its own: the descriptor is polled like a socket.
// Being woken costs more than what a line costs. A child that writes steadily, little at a time, is therefore read at a
// pace, all such children together; its FIFO holds what comes meanwhile. One that writes much is read as it writes.
import fs from 'node:fs';
import net from 'node:net';
import { type Clock, systemClock } from '../../base/clock.ts';

/**
 * Where reads of all FIFOs land, one at a time: a read is handed on before the next one begins. A buffer for each read
 * would cost 64 KiB of garbage a line of a child that writes line by line.
 */
const landing = Buffer.allocUnsafeSlow(64 * 1024);

/** Chunks that come sooner one after the other belong to a stream; so many in a row make one. */
const steadyGapMs = 25;
const steadyChunks = 8;
/** A chunk that is larger fills a good part of the FIFO (64 KiB, less on macOS): whoever writes it must not wait. */
const maxPacedBytes = process.platform === 'linux' ? 24 * 1024 : 4 * 1024;
const paceMs = 30;
/** What came while a reader rested is there at once. */
const atOnceMs = 10;

/** Lets readers rest until the next beat, which is the same for all. */
class Pace {
  readonly #clock: Clock;
  #resting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  rest(wake: () => void): void {
    if (this.#resting.size === 0) this.#clock.after(paceMs, () => this.#beat());
    this.#resting.add(wake);
  }

  #beat(): void {
    const woken = this.#resting;
    this.#resting = new Set();
    for (const wake of woken) wake();
  }
}

const pace = new Pace(systemClock);

export class OutputReader {
  #socket: net.Socket;
  #ended = false;
  #bytesRead = 0;
  #lastMs = 0;
  #quickChunks = 0;
  #isHurried = false;
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
        if (this.#isHurried || !this.#isSteady(size)) return true;
        pace.rest(() => this.#socket.resume());
        return false;
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

  /** The child has ended: what is left is read at once. */
  hurry(): void {
    this.#isHurried = true;
    this.#socket.resume();
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

  /** Whether this chunk is one of many small ones. */
  #isSteady(size: number): boolean {
    const now = systemClock.monotonic();
    const gapMs = this.#quickChunks >= steadyChunks ? paceMs + atOnceMs : steadyGapMs;
    const isQuick = now - this.#lastMs < gapMs && size <= maxPacedBytes;
    this.#lastMs = now;
    this.#quickChunks = isQuick ? this.#quickChunks + 1 : 0;
    return this.#quickChunks >= steadyChunks;
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const run of this.#onEnd) run();
  }
}
