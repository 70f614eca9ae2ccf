// Watching files. One subscription names paths and what to ignore below them; it hears of every change of a file under
// those paths, and of folders that appear or vanish.
// Does not: wait for quiet (coalesce.ts does), read a file, follow a symbolic link, or decide what a change means.
import type { Disposable } from '../../base/disposable.ts';

/** What not to watch: dockerignore patterns anchored at basePath; without patterns the whole of basePath. */
export interface IgnoreRule {
  readonly basePath: string;
  readonly patterns?: readonly string[];
}

export interface WatchRequest {
  /** Absolute; files or folders; need not exist (the nearest folder that exists is watched until they do). */
  readonly paths: readonly string[];
  readonly ignores: readonly IgnoreRule[];
  /**
   * For one of the paths, ms since 1970: what changed since then is told too, though it came before the watch. undefined:
   * somebody else was watching.
   */
  readonly changedSince?: (path: string) => number | undefined;
}

export interface WatchHandlers {
  /** Absolute paths that changed, without repetition, in the order they were seen; at most once per turn. */
  readonly onChange: (paths: readonly string[]) => void;
  /** A sentence to show, for example a reached inotify limit with the line that raises it. Watching goes on as far as it can. */
  readonly onError: (error: Error) => void;
}

export interface FileSubscription extends Disposable {
  /** Resolves when changes from now on are seen; never rejects (see onError). */
  readonly ready: Promise<void>;
}

export interface FileWatcher extends Disposable {
  watch(request: WatchRequest, handlers: WatchHandlers): FileSubscription;
  /** Watches of the system that are open, for `doctor` and tests. */
  readonly watchCount: number;
}
