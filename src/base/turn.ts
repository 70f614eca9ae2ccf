// Giving way: long work stops after some milliseconds so that keys, frames and children get their turn.

/** Longest piece of work without giving way. */
const sliceMs = 4;

export class Slice {
  #startedMs = performance.now();

  /** Resolves after other work had its turn, if this slice has been long enough; undefined if not. */
  giveWay(): Promise<void> | undefined {
    if (performance.now() - this.#startedMs < sliceMs) return undefined;
    return new Promise(resolve => {
      setImmediate(() => {
        this.#startedMs = performance.now();
        resolve();
      });
    });
  }
}
