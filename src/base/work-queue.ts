// Keys that want work, each handled by one worker at a time.
// Invariant: a key is in at most one of `waiting` and `running`; `again` is a subset of `running`.
// Does not: know what the work is, or order keys by anything but arrival.

/** First in, first out, without duplicates; a key added while it runs runs once more afterwards. */
export class WorkQueue<K> {
  #waiting = new Set<K>();
  #running = new Set<K>();
  #again = new Set<K>();

  /** Asks for `key` to be handled. */
  add(key: K): void {
    if (this.#running.has(key)) this.#again.add(key);
    else this.#waiting.add(key);
  }

  /** Takes the next key; the caller must call done(key). Undefined when nothing waits. */
  take(): K | undefined {
    for (const key of this.#waiting) {
      this.#waiting.delete(key);
      this.#running.add(key);
      return key;
    }
    return undefined;
  }

  /** Ends the run of `key`; it waits again if it was added meanwhile. */
  done(key: K): void {
    this.#running.delete(key);
    if (this.#again.delete(key)) this.#waiting.add(key);
  }

  /** Keys that wait to be taken. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Keys that were taken and are not done. */
  get running(): number {
    return this.#running.size;
  }
}
