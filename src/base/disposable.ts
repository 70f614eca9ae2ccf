// What holds something open says so with one small type. Node 20 has Symbol.dispose but no DisposableStack.
// Does not: decide when things end. Whoever creates a thing registers it on the same line.

/** Something that can be given back. Disposing twice is harmless. */
export interface Disposable {
  dispose(): void;
}

/** Something whose giving back takes time. Disposing twice returns the first run's promise. */
export interface AsyncDisposable {
  dispose(): Promise<void>;
}

/** Wraps a function as a Disposable that runs it at most once. */
export function toDisposable(run: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      run();
    },
  };
}

/** Disposes in reverse order of adding. All run even if one throws; the errors come out together. */
export class Scope implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  /** True once dispose() was called. */
  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Registers and returns `item`; after dispose() it is disposed at once. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Registers a function to run at dispose. */
  defer(run: () => void): void {
    this.add(toDisposable(run));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const item of this.#items.reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#items = [];
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) throw new AggregateError(errors, 'several things failed to stop');
  }
}
