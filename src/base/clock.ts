// Time as a dependency: policy is tested with a clock that the test turns by hand.
import { Canceled, onAbort } from './abort.ts';
import { type Disposable, toDisposable } from './disposable.ts';

export interface Clock {
  /** Wall time in ms since 1970, for what people read. */
  now(): number;
  /** Time in ms that never jumps, for durations and deadlines. */
  monotonic(): number;
  /** Calls `run` once after `delayMs`; disposing prevents it. */
  after(delayMs: number, run: () => void): Disposable;
  /** Calls `run` every `periodMs` until disposed. */
  every(periodMs: number, run: () => void): Disposable;
}

/** The real clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    // Longer delays overflow Node's 32-bit timers and would fire at once.
    const timer = setTimeout(run, Math.min(delayMs, 2 ** 31 - 1));
    return toDisposable(() => clearTimeout(timer));
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs);
    return toDisposable(() => clearInterval(timer));
  },
};

/** Resolves after `delayMs`; rejects with the signal's reason if that comes first. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = clock.after(delayMs, () => {
      listening.dispose();
      resolve();
    });
    const listening = onAbort(signal, reason => {
      timer.dispose();
      reject(reason instanceof Error ? reason : new Canceled(String(reason)));
    });
  });
}

/** A clock that stands still until `advance` is called. Timers fire in order of their time. */
export class ManualClock implements Clock {
  #nowMs: number;
  #timers: { atMs: number; order: number; run: () => void }[] = [];
  #order = 0;

  constructor(startMs = 1_700_000_000_000) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): Disposable {
    const timer = { atMs: this.#nowMs + delayMs, order: this.#order++, run };
    this.#timers.push(timer);
    return toDisposable(() => {
      this.#timers = this.#timers.filter(t => t !== timer);
    });
  }

  every(periodMs: number, run: () => void): Disposable {
    let current = this.after(periodMs, tick);
    const self = this;
    let stopped = false;
    function tick(): void {
      if (stopped) return;
      current = self.after(periodMs, tick);
      run();
    }
    return toDisposable(() => {
      stopped = true;
      current.dispose();
    });
  }

  /** Moves time on by `ms`, firing what falls due on the way at its own time. */
  advance(ms: number): void {
    const end = this.#nowMs + ms;
    for (;;) {
      const due = this.#timers.filter(t => t.atMs <= end).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
      if (!due) break;
      this.#timers = this.#timers.filter(t => t !== due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.run();
    }
    this.#nowMs = end;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }
}
