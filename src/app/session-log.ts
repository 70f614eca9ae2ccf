// The log of a session, and the lines that the session itself has to say.
import type { Disposable } from '../base/disposable.ts';
import { Emitter } from '../base/emitter.ts';
import { makeLogStore } from '../logs/index.ts';
import type { LogStore } from '../logs/port.ts';
import type { Standing } from './standing.ts';

export interface SessionLog {
  readonly store: LogStore;
  /** Why the log is not written to disk at the moment; undefined while it is. */
  readonly problem: string | undefined;
  /** Called when that changes. */
  onProblem(listener: () => void): Disposable;
  /** A line of the session's own, without its end. */
  say(text: string, level: 'info' | 'warn' | 'error'): void;
}

/** Opens the log on disk; what goes wrong with the disk is said in the log itself. `searchWorkerFile`: see logs/port.ts. */
export function openSessionLog(
  { logDirectory, sessionId, known, config }: Standing,
  searchWorkerFile: string,
): SessionLog {
  let problem: string | undefined;
  const changed = new Emitter<void>();
  const liveIds = new Set(known.filter(session => session.isAlive).map(session => session.record.sessionId));
  const store = makeLogStore({
    directory: logDirectory,
    sessionName: sessionId,
    isLiveSession: name => name === sessionId || liveIds.has(name),
    searchWorkerFile,
    maxDiskBytes: config.log_max_bytes,
    onDiskError: error => {
      problem = error?.message;
      changed.emit();
      const text = error
        ? `the log cannot be written to disk: ${error.message}. Lines are kept in memory until it works again.`
        : 'the log is written to disk again';
      queueMicrotask(() => say(text, error ? 'error' : 'info'));
    },
  });
  function say(text: string, level: 'info' | 'warn' | 'error'): void {
    store.span('session', '').write(`${text}\n`, level);
  }
  return {
    store,
    say,
    get problem() {
      return problem;
    },
    onProblem: listener => changed.on(listener),
  };
}
