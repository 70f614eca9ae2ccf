// Lists under construction. An array that grows by push reserves room for many elements; a syntax tree has tens of
// thousands of short lists. Here all open lists lie on one stack, and a finished one is cut out at its exact length.

/** A stack of lists, the innermost on top. */
export class ListStack<T> {
  readonly #items: T[] = [];
  #top = 0;

  /** Begins a list; the mark says where. Also good for going back after a failure. */
  mark(): number {
    return this.#top;
  }

  push(item: T): void {
    this.#items[this.#top++] = item;
  }

  /** Ends the list that began at `mark`. */
  take(mark: number): T[] {
    const list = this.#items.slice(mark, this.#top);
    this.#top = mark;
    return list;
  }

  /** Drops everything above `mark`. */
  drop(mark: number): void {
    this.#top = mark;
  }

  /** Elements of the list that began at `mark`. */
  countFrom(mark: number): number {
    return this.#top - mark;
  }
}
