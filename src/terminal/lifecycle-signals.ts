// The signals that concern a program with a full screen, in one place.
import { type Disposable, toDisposable } from '../base/disposable.ts';
import type { TerminalSignal } from './terminal.ts';

export interface SignalHandlers {
  /** A signal that asks to end; true when someone takes care of it, otherwise its default follows. */
  readonly onEnd: (signal: TerminalSignal) => boolean;
  /** Another program stops us (or our own stopJob came round). */
  readonly onStop: () => void;
  readonly onContinue: () => void;
  /** The program is about to end: an exception that nobody caught, or exit. Must be synchronous. */
  readonly onLast: () => void;
}

const endSignals: readonly TerminalSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/** Listens until disposed. */
export function listenToSignals(handlers: SignalHandlers): Disposable {
  const listeners: [string, () => void][] = endSignals.map(signal => [signal, () => end(signal)]);
  listeners.push(['SIGTSTP', handlers.onStop], ['SIGCONT', handlers.onContinue], ['exit', handlers.onLast]);
  // The monitor sees exceptions and rejections before anyone handles or prints them, and changes nothing about that.
  listeners.push(['uncaughtExceptionMonitor', handlers.onLast]);
  for (const [event, listener] of listeners) process.on(event, listener);
  const listening = toDisposable(() => {
    for (const [event, listener] of listeners) process.off(event, listener);
  });
  function end(signal: TerminalSignal): void {
    if (handlers.onEnd(signal)) return;
    handlers.onLast();
    listening.dispose();
    process.kill(process.pid, signal);
  }
  return listening;
}

/**
 * Stops the whole job as the terminal itself does: SIGTSTP for Ctrl-Z, SIGTTOU for who uses it from the background.
 * Returns when it goes on (or could not be stopped).
 */
export function stopOwnJob(onStop: () => void, signal: 'SIGTSTP' | 'SIGTTOU' = 'SIGTSTP'): void {
  // With a listener the signal would come to us instead of stopping us.
  process.off('SIGTSTP', onStop);
  try {
    process.kill(0, signal);
  } finally {
    process.on('SIGTSTP', onStop);
  }
}
