// The FileWatcher port on the real file system.
import os from 'node:os';
import { type Disposable, Scope } from '../../base/disposable.ts';
import { isEphemeral } from '../../domain/ephemeral.ts';
import { makeIgnoreMatcher } from '../../domain/ignore.ts';
import { FolderForest } from './folder-forest.ts';
import type { Forest } from './forest.ts';
import { PathWatch } from './path-watch.ts';
import type { FileSubscription, FileWatcher, WatchHandlers, WatchRequest } from './port.ts';
import { RecursiveForest } from './recursive-forest.ts';
import { SingleFiles } from './single-files.ts';

export interface FileWatcherOptions {
  /** 'folders' holds a watch per folder, 'recursive' one per root; by default what the platform does well. */
  readonly trees?: 'folders' | 'recursive';
}

/** Watches nothing yet. */
export function makeFileWatcher(options: FileWatcherOptions = {}): FileWatcher {
  const trees = options.trees ?? (os.platform() === 'darwin' ? 'recursive' : 'folders');
  const above = new FolderForest();
  const watchers: Watchers = {
    above,
    forest: trees === 'recursive' ? new RecursiveForest() : above,
    files: new SingleFiles(),
  };
  return {
    watch: (request, handlers) => subscribe(request, handlers, watchers),
    get watchCount() {
      const { forest, files } = watchers;
      return files.watchCount + above.watchCount + (forest === above ? 0 : forest.watchCount);
    },
    dispose() {
      watchers.files.dispose();
      watchers.forest.dispose();
      above.dispose();
    },
  };
}

interface Watchers {
  readonly forest: Forest;
  readonly above: Forest;
  readonly files: SingleFiles;
}

function subscribe(request: WatchRequest, handlers: WatchHandlers, watchers: Watchers): FileSubscription {
  const scope = new Scope();
  const matcher = makeIgnoreMatcher(request.ignores);
  const batch = makeBatch(handlers.onChange);
  const roots = distinctPaths(request.paths);
  const watches = roots.map(path =>
    scope.add(
      new PathWatch({
        path,
        ...watchers,
        sinceMs: request.changedSince?.(path) ?? Number.POSITIVE_INFINITY,
        wants: rememberLast(folder => !matcher.ignoresAllIn(folder) && (folder === path || !ephemeral(folder))),
        onEvent: seen => {
          if (!matcher.ignores(seen) && !ephemeral(seen)) batch.add(seen);
        },
        onError: handlers.onError,
      }),
    ),
  );
  scope.add(batch);
  return {
    ready: Promise.all(watches.map(watch => watch.ready)).then(() => {}),
    dispose: () => scope.dispose(),
  };
}

/** Paths without repetition and trailing slashes. A path inside another stays: the outer one may be a file or missing. */
function distinctPaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map(path => (path.length > 1 ? path.replace(/\/+$/, '') : path)))];
}

/** Events come in runs of one folder, and each path is asked about by every subscriber: the last answer is often the next. */
function rememberLast(ask: (path: string) => boolean): (path: string) => boolean {
  let last: string | undefined;
  let answer = false;
  return path => {
    if (path !== last) {
      answer = ask(path);
      last = path;
    }
    return answer;
  };
}

/** Shared by all subscribers, whose questions about one path follow each other. */
const ephemeral = rememberLast(isEphemeral);

function makeBatch(onChange: (paths: readonly string[]) => void): Disposable & { add(path: string): void } {
  const paths = new Set<string>();
  let isDisposed = false;
  return {
    add(path) {
      if (isDisposed) return;
      if (paths.size === 0) {
        queueMicrotask(() => {
          const batch = [...paths];
          paths.clear();
          if (!isDisposed && batch.length > 0) onChange(batch);
        });
      }
      paths.add(path);
    },
    dispose() {
      isDisposed = true;
      paths.clear();
    },
  };
}
