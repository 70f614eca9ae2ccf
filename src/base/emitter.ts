// Typed events. An emitter is one event; there are no event names to mistype.
import { type Disposable, toDisposable } from './disposable.ts';

/** Calls listeners in the order of their subscription. A listener that throws does not stop the others. */
export class Emitter<T> {
  #listeners = new Set<(value: T) => void>();
  #onError: (error: unknown) => void;

  /** `onError` gets what a listener throws; by default it surfaces as an uncaught exception. */
  constructor(onError: (error: unknown) => void = rethrowLater) {
    this.#onError = onError;
  }

  /** Subscribes until the returned value is disposed. */
  on(listener: (value: T) => void): Disposable {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return toDisposable(() => this.#listeners.delete(own));
  }

  /** Tells every current listener. */
  emit(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  /** How many listeners there are. */
  get size(): number {
    return this.#listeners.size;
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
