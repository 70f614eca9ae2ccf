// The log of a session, and the lines that the session itself has to say.
import { makeLogStore } from '../logs/index.ts';
import type { LogStore } from '../logs/port.ts';
import type { Standing } from './standing.ts';

export interface SessionLog {
  readonly store: LogStore;
  /** A line of the session's own, without its end. */
  say(text: string, level: 'info' | 'warn' | 'error'): void;
}

/** Opens the log on disk; what goes wrong with the disk is said in the log itself. */
export function openSessionLog({ logDirectory, sessionId, known, config }: Standing): SessionLog {
  const liveIds = new Set(known.filter(session => session.isAlive).map(session => session.record.sessionId));
  const store = makeLogStore({
    directory: logDirectory,
    sessionName: sessionId,
    isLiveSession: name => name === sessionId || liveIds.has(name),
    maxDiskBytes: config.log_max_bytes,
    onDiskError: error => {
      const text = error
        ? `the log cannot be written to disk: ${error.message}. Lines are kept in memory until it works again.`
        : 'the log is written to disk again';
      queueMicrotask(() => say(text, error ? 'error' : 'info'));
    },
  });
  function say(text: string, level: 'info' | 'warn' | 'error'): void {
    store.span('session', '').write(`${text}\n`, level);
  }
  return { store, say };
}
