// When to draw: at most so many frames a second, sooner for what answers a key, and never a second frame while the
// terminal has not taken the first. A slow link therefore gets fewer frames, not a growing queue.
//
//     idle --request--> waiting (timer) --due--> in flight --taken--> idle
//                                          in flight + request --> wanted --taken--> waiting
//
// Does not: paint or write.
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';

/** Least time between two frames that answer keys, in ms. */
const keyFrameMs = 8;

export interface FrameSchedulerOptions {
  readonly clock: Clock;
  /** Frames a second for everything that is not the answer to a key. */
  readonly framesPerSecond: number;
  /** Makes the frame's bytes; empty when there is nothing to write. */
  readonly render: () => string;
  /** Writes and calls `done` when the terminal (or the kernel) has taken it. */
  readonly write: (frame: string, done: () => void) => void;
}

export class FrameScheduler implements Disposable {
  readonly #options: FrameSchedulerOptions;
  #timer: Disposable | undefined;
  #dueMs = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #sentMs = 0;
  #inFlight = false;
  #wanted: 'no' | 'normal' | 'key' = 'no';
  #paused = false;
  #taken: (() => void)[] = [];
  /** How long the newest finished frame waited for the terminal, in ms. */
  lastFrameMs = 0;

  constructor(options: FrameSchedulerOptions) {
    this.#options = options;
  }

  /** ms that the frame in flight has waited, 0 without one. */
  get waitingMs(): number {
    return this.#inFlight ? this.#options.clock.monotonic() - this.#sentMs : 0;
  }

  get isInFlight(): boolean {
    return this.#inFlight;
  }

  /** Asks for a frame. `isKey` frames come after 8 ms at the latest when the terminal keeps up. */
  request(isKey: boolean): void {
    if (this.#paused || this.#inFlight) {
      if (isKey || this.#wanted === 'no') this.#wanted = isKey ? 'key' : 'normal';
      return;
    }
    const now = this.#options.clock.monotonic();
    const gapMs = isKey ? keyFrameMs : 1000 / this.#options.framesPerSecond;
    const dueMs = Math.max(now, this.#lastMs + gapMs);
    if (this.#timer && this.#dueMs <= dueMs) return;
    this.#timer?.dispose();
    this.#dueMs = dueMs;
    this.#timer = this.#options.clock.after(Math.max(0, dueMs - now), () => this.#run());
  }

  /** Draws nothing until `resume`; requests are remembered. */
  pause(): void {
    this.#paused = true;
    if (this.#timer && this.#wanted === 'no') this.#wanted = 'normal';
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  resume(): void {
    this.#paused = false;
    this.#goOn();
  }

  /** Calls `run` when no frame is in flight, at once if that is now. */
  whenTaken(run: () => void): void {
    if (this.#inFlight) this.#taken.push(run);
    else run();
  }

  dispose(): void {
    this.pause();
    this.#wanted = 'no';
  }

  #run(): void {
    this.#timer = undefined;
    const now = this.#options.clock.monotonic();
    this.#lastMs = now;
    const frame = this.#options.render();
    if (frame === '') return;
    this.#inFlight = true;
    this.#sentMs = now;
    let isDone = false;
    this.#options.write(frame, () => {
      if (isDone) return;
      isDone = true;
      this.#done();
    });
  }

  #done(): void {
    this.lastFrameMs = this.#options.clock.monotonic() - this.#sentMs;
    this.#inFlight = false;
    for (const run of this.#taken.splice(0)) run();
    this.#goOn();
  }

  #goOn(): void {
    if (this.#paused || this.#inFlight || this.#wanted === 'no') return;
    const isKey = this.#wanted === 'key';
    this.#wanted = 'no';
    this.request(isKey);
  }
}
