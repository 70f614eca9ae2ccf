// One path of a subscription. What it is decides how it is watched, and that may change at any time:
//
//   missing  --appears-->  file | folder       the nearest folder above that exists is watched, alone
//   file     --vanishes--> missing             (or its folder does); chokidar
//   folder   --vanishes--> missing             the shared forest
import fs from 'node:fs';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { isInside } from '../../domain/ignore.ts';
import { type Forest, parentOf } from './forest.ts';
import { lstatOf, statOf } from './look.ts';
import type { SingleFiles } from './single-files.ts';

export interface PathWatchOptions {
  readonly path: string;
  readonly forest: Forest;
  /** Watches a folder alone, without its tree: for the one above a missing path, which may be the root of everything. */
  readonly above: Forest;
  readonly files: SingleFiles;
  /** What changed since then is told, though it came before the watch; ms since 1970, infinite for nothing. */
  readonly sinceMs: number;
  /** Whether changes directly in this folder are of interest; for the tree of a path that is a folder. */
  readonly wants: (folder: string) => boolean;
  readonly onEvent: (path: string) => void;
  readonly onError: (error: Error) => void;
}

type State = 'missing' | 'file' | 'folder';

export class PathWatch implements Disposable {
  #options: PathWatchOptions;
  #current: Disposable | undefined;
  #ready: Promise<void> = Promise.resolve();
  #isDisposed = false;
  #isPlanned = false;
  /** The path without links, as it is watched now; undefined where it leads to nothing. */
  #real: string | undefined;

  constructor(options: PathWatchOptions) {
    this.#options = options;
    const state = this.#look();
    this.#begin(state);
    if (state === 'file') void this.#ready.then(() => this.#tellIfChanged());
  }

  /** Resolves when the path is watched in the way that fits what it is. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#current?.dispose();
  }

  #look(): State {
    const stat = statOf(this.#options.path);
    return stat ? (stat.isDirectory() ? 'folder' : 'file') : 'missing';
  }

  #begin(state: State): void {
    const { path } = this.#options;
    this.#real = realPath(path);
    if (state === 'folder') this.#watchFolder(path);
    else if (state === 'file') this.#watchFile(path);
    else this.#watchAbove(path);
    this.#watchLinks(state);
    // It may have come or gone between the look and the watch.
    void this.#ready.then(() => {
      if (!this.#isDisposed && this.#look() !== state) this.#again(state);
    });
  }

  /** The file may have changed before it was watched. */
  #tellIfChanged(): void {
    const { path, sinceMs, onEvent } = this.#options;
    if (this.#isDisposed || sinceMs === Number.POSITIVE_INFINITY) return;
    const stat = statOf(path);
    if (stat && stat.ctimeMs >= sinceMs) onEvent(path);
  }

  /** What the path is has changed: watch it anew and tell what came. */
  #again(was: State): void {
    if (this.#isDisposed || this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      if (this.#isDisposed) return;
      const state = this.#look();
      this.#current?.dispose();
      this.#begin(state);
      if (state === 'file' || was !== 'missing') this.#options.onEvent(this.#options.path);
      if (state === 'folder') void this.#ready.then(() => this.#tellAll(this.#options.path));
    });
  }

  /** Everything in a folder that appeared: its files may have come before the watch. */
  #tellAll(folder: string): void {
    if (this.#isDisposed || !this.#options.wants(folder)) return;
    let entries: fs.Dirent[];
    try {
      entries = fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      this.#options.onEvent(path);
      if (entry.isDirectory()) this.#tellAll(path);
    }
  }

  #watchFolder(root: string): void {
    const { forest, wants, sinceMs, onEvent, onError } = this.#options;
    const held = forest.add({ root, wants, sinceMs, onEvent, onError, onRootGone: () => this.#again('folder') });
    this.#hold(held, held.ready);
  }

  #watchFile(path: string): void {
    const { files, onEvent, onError } = this.#options;
    const held = files.add(path, {
      onError,
      onEvent: () => {
        if (this.#look() === 'file') onEvent(path);
        else this.#again('file');
      },
    });
    this.#hold(held, held.ready);
  }

  #watchAbove(path: string): void {
    const { above, onError } = this.#options;
    let root = parentOf(path);
    while (root !== '/' && !statOf(root)?.isDirectory()) root = parentOf(root);
    const held = above.add({
      root,
      wants: folder => folder === root,
      onEvent: seen => {
        if (isInside(seen, path)) this.#again('missing');
      },
      onRootGone: () => this.#again('missing'),
      onError,
    });
    this.#hold(held, held.ready);
  }

  /** Another target of a link on the way makes the path another one; neither the old nor the new target tells. */
  #watchLinks(state: State): void {
    const { path, above, onError } = this.#options;
    const main = this.#current;
    const links = linksIn(path).map(link => {
      const root = parentOf(link);
      const check = (): void => this.#linkChanged(state);
      return above.add({
        root,
        wants: folder => folder === root,
        onEvent: seen => {
          if (seen === link) check();
        },
        onRootGone: check,
        onError,
      });
    });
    if (links.length === 0) return;
    this.#hold(
      toDisposable(() => {
        main?.dispose();
        for (const link of links) link.dispose();
      }),
      Promise.all([this.#ready, ...links.map(link => link.ready)]).then(() => {}),
    );
  }

  #linkChanged(state: State): void {
    if (this.#isDisposed || (this.#real !== undefined && realPath(this.#options.path) === this.#real)) return;
    // At once, so that all who watch by this link have let go before the first begins anew.
    this.#current?.dispose();
    this.#again(state);
  }

  #hold(held: Disposable, ready: Promise<void>): void {
    this.#current = toDisposable(() => held.dispose());
    this.#ready = ready;
  }
}

function realPath(path: string): string | undefined {
  try {
    return fs.realpathSync(path);
  } catch {
    return undefined;
  }
}

/** The parts of the path that are symbolic links. Those in the root folder are the system's own (/tmp, /var on macOS). */
function linksIn(path: string): string[] {
  const links: string[] = [];
  for (let at = path; parentOf(at) !== '/'; at = parentOf(at)) {
    if (lstatOf(at)?.isSymbolicLink()) links.push(at);
  }
  return links;
}
