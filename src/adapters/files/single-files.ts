// Single named files, by chokidar: one instance per folder, which sees a file that is replaced or comes back.
// chokidar drops a second 'change' within 50 ms, so that a save in two writes could be seen half; its raw events are not
// dropped, and are what counts here.
import path from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { watchError } from './forest.ts';

interface Folder {
  readonly watcher: FSWatcher;
  readonly files: Map<string, Set<FileListener>>;
  readonly ready: Promise<void>;
}

export interface FileListener {
  readonly onEvent: () => void;
  readonly onError: (error: Error) => void;
}

export class SingleFiles implements Disposable {
  #folders = new Map<string, Folder>();

  get watchCount(): number {
    let count = 0;
    for (const folder of this.#folders.values()) count += 1 + folder.files.size;
    return count;
  }

  /** Listens to one file, which need not exist; its folder must. */
  add(file: string, listener: FileListener): Disposable & { readonly ready: Promise<void> } {
    const name = path.dirname(file);
    const folder = this.#folders.get(name) ?? this.#open(name);
    const isNew = !folder.files.has(file);
    const listeners = folder.files.get(file) ?? new Set();
    folder.files.set(file, listeners.add(listener));
    if (isNew) folder.watcher.add(file);
    const ending = toDisposable(() => this.#remove(name, file, listener));
    return { ready: folder.ready, dispose: () => ending.dispose() };
  }

  dispose(): void {
    for (const folder of this.#folders.values()) void folder.watcher.close();
    this.#folders.clear();
  }

  #open(name: string): Folder {
    const files = new Map<string, Set<FileListener>>();
    const watcher = watch(name, {
      ignoreInitial: true,
      depth: 0,
      followSymlinks: true,
      atomic: false,
      // Decided again for each path that is seen, so that files may be added later.
      ignored: seen => seen !== name && !files.has(seen),
    });
    const tell = (file: string): void => {
      for (const listener of [...(files.get(file) ?? [])]) listener.onEvent();
    };
    watcher.on('all', (_event, seen) => tell(seen));
    watcher.on('raw', (event, seen, details) => {
      const watched = (details as { watchedPath?: string } | undefined)?.watchedPath;
      // A link that was replaced shows in its folder alone: the file that it led to is as it was.
      if (watched === name && event === 'rename') tell(path.join(name, seen));
      else if (watched !== undefined) tell(watched);
    });
    watcher.on('error', error => {
      const { path: at, filename } = error as { path?: string; filename?: string };
      const file = [at, filename].find(named => named !== undefined && files.has(named));
      const concerned = file === undefined ? [...files.values()] : [files.get(file)!];
      for (const listener of concerned.flatMap(set => [...set])) listener.onError(watchError(error, file ?? name));
    });
    const folder = { watcher, files, ready: new Promise<void>(resolve => void watcher.once('ready', () => resolve())) };
    this.#folders.set(name, folder);
    return folder;
  }

  #remove(name: string, file: string, listener: FileListener): void {
    const folder = this.#folders.get(name);
    const listeners = folder?.files.get(file);
    if (!folder || !listeners?.delete(listener) || listeners.size > 0) return;
    folder.files.delete(file);
    if (folder.files.size > 0) {
      folder.watcher.unwatch(file);
      return;
    }
    this.#folders.delete(name);
    void folder.watcher.close();
  }
}
