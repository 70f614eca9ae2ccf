// Giving way: long reads stop after some milliseconds so that keys, frames and children get their turn.

/** Longest piece of work without giving way. */
const sliceMs = 3;

export class Slice {
  #startedMs = performance.now();

  /** True once it is time to give way. */
  get isOver(): boolean {
    return performance.now() - this.#startedMs >= sliceMs;
  }

  /** Resolves after other work had its turn, if this slice has been long enough; undefined if not. */
  giveWay(): Promise<void> | undefined {
    if (!this.isOver) return undefined;
    return new Promise(resolve => {
      setImmediate(() => {
        this.#startedMs = performance.now();
        resolve();
      });
    });
  }
}
