// Notices that the machine slept, or that its clock was set: connections that were open then may be dead without telling.
import type { Clock } from '../../base/clock.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { Emitter } from '../../base/emitter.ts';

const lookMs = 2000;
/** A look that comes this much too late, by either clock, is no matter of a busy machine. */
const jumpMs = 5000;

export class WakeNotice implements Disposable {
  readonly #clock: Clock;
  readonly #emitter = new Emitter<void>();
  #looking: Disposable | undefined;
  #wallMs = 0;
  #monotonicMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `listener` within 2 s after the machine woke, until disposed. Looks only while somebody listens. */
  onWake(listener: () => void): Disposable {
    const listening = this.#emitter.on(listener);
    if (!this.#looking) this.#start();
    return toDisposable(() => {
      listening.dispose();
      if (this.#emitter.size === 0) this.dispose();
    });
  }

  dispose(): void {
    this.#looking?.dispose();
    this.#looking = undefined;
  }

  #start(): void {
    this.#note();
    this.#looking = this.#clock.every(lookMs, () => {
      const wallMs = this.#clock.now() - this.#wallMs;
      const monotonicMs = this.#clock.monotonic() - this.#monotonicMs;
      this.#note();
      if (Math.abs(wallMs - lookMs) > jumpMs || monotonicMs - lookMs > jumpMs) this.#emitter.emit();
    });
  }

  #note(): void {
    this.#wallMs = this.#clock.now();
    this.#monotonicMs = this.#clock.monotonic();
  }
}
