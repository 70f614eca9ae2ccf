// Cancelling. One root controller in app; everything that waits takes a signal; the reason is always a Canceled.
import { setMaxListeners } from 'node:events';
import { type Disposable, toDisposable } from './disposable.ts';

/** Why something was stopped on purpose. Never shown as a failure. */
export class Canceled extends Error {
  override name = 'Canceled';
}

/** True for a Canceled, for an AbortError of Node's, and for anything caused by them. */
export function isCanceled(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (at instanceof Canceled || at.name === 'AbortError') return true;
  }
  return false;
}

/** A controller whose signal may have any number of listeners. */
export function makeAbortController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A signal that aborts with the first of `signals`; may have any number of listeners. */
export function anySignal(...signals: AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any(signals);
  setMaxListeners(0, signal);
  return signal;
}

/** A signal that never aborts, for the few places that own their end. */
export const neverAborted: AbortSignal = makeAbortController().signal;

/** Runs `listener` once when `signal` aborts, at once if it already did. */
export function onAbort(signal: AbortSignal, listener: (reason: unknown) => void): Disposable {
  if (signal.aborted) {
    listener(signal.reason);
    return toDisposable(() => {});
  }
  const own = (): void => listener(signal.reason);
  signal.addEventListener('abort', own, { once: true });
  return toDisposable(() => signal.removeEventListener('abort', own));
}

/** Settles as `promise`, or rejects with the signal's reason as soon as it aborts. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const listening = onAbort(signal, reject);
    promise.then(resolve, reject).finally(() => listening.dispose());
  });
}

/** A promise with its two ends in hand (Node 20 has no Promise.withResolvers). */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function makeDeferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((a, b) => {
    resolve = a;
    reject = b;
  });
  return { promise, resolve, reject };
}
