// A time limit on one request, on top of the caller's signal.
import { makeAbortController, onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { timeoutError } from './kube-errors.ts';
import type { CallOptions } from './port.ts';

export const defaultTimeoutMs = 30_000;

/** A timer this late was not waited for: the machine slept. */
const sleptMs = 2000;
const afterSleepMs = 10_000;

/**
 * Runs with a signal that aborts with `options.signal`, or with a KubeError after `options.timeoutMs`. Time that the
 * machine slept does not count. Whatever `run` rejects with, an aborted signal's reason comes first.
 */
export async function withDeadline<T>(
  clock: Clock,
  what: string,
  options: CallOptions,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = makeAbortController();
  const listening = onAbort(options.signal, reason => own.abort(reason));
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  let timer: Disposable | undefined;
  const arm = (delayMs: number): void => {
    const dueMs = clock.monotonic() + delayMs;
    timer = clock.after(delayMs, () => {
      if (clock.monotonic() - dueMs > sleptMs) arm(Math.min(afterSleepMs, timeoutMs));
      else own.abort(timeoutError(what, timeoutMs));
    });
  };
  if (timeoutMs > 0) arm(timeoutMs);
  try {
    return await run(own.signal);
  } catch (error) {
    own.signal.throwIfAborted();
    throw error;
  } finally {
    timer?.dispose();
    listening.dispose();
  }
}
