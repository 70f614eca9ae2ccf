// A watch per folder. Invariants: a node exists for a folder that some subscriber wants (soon after that becomes true or
// false); `dirs` of a node names all its real folders, wanted or not, so that another subscriber need not read it again.
// A folder is watched before it is read: what comes into it in between is seen twice, never not at all.
import fs from 'node:fs';
import { type Clock, systemClock } from '../../base/clock.ts';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { childOf, type Forest, parentOf, SubscriberIndex, type TreeSubscriber, watchError } from './forest.ts';
import { lstatOf, statOf } from './look.ts';

interface Node {
  readonly inode: number;
  readonly watcher: fs.FSWatcher;
  readonly dirs: Set<string>;
  /** It holds an entry of its own name. Events of the folder itself come under that name too. */
  hasNamesake: boolean;
}

/** One walk over a tree. */
interface Opening {
  /** For whom the tree is opened; undefined: it appeared, and is for everybody. */
  readonly subscriber: TreeSubscriber | undefined;
  /** Tell of every file found: the folder appeared and its files came before we looked. */
  readonly tells: boolean;
  /** Folders that wait for their visit. */
  left: number;
  readonly done: () => void;
}

interface Visit {
  readonly folder: string;
  readonly opening: Opening;
}

/** Longest piece of work without giving way. */
const sliceMs = 4;
/** Trees of subscribers that left stay for a moment: a reloaded Tiltfile mostly asks for the same ones again. */
const lingerMs = 500;
/** The kernel's queue holds 16,384 events and drops the rest; a burst of this size is checked for lost folders. */
const largeBurst = 8000;

export class FolderForest implements Forest {
  #subscribers = new SubscriberIndex();
  #nodes = new Map<string, Node>();
  #visits: Visit[] = [];
  #events = new Map<string, boolean>();
  #isScheduled = false;
  #isDisposed = false;
  #pruning: Disposable | undefined;
  #failed = new Set<string>();
  #clock: Clock;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  get watchCount(): number {
    return this.#nodes.size;
  }

  add(subscriber: TreeSubscriber): Disposable & { readonly ready: Promise<void> } {
    // By a link the same name may lead to another folder than before.
    if (this.#nodes.has(subscriber.root)) this.#recheck(subscriber.root);
    this.#subscribers.add(subscriber);
    const ready = this.#open(subscriber.root, subscriber, false);
    const ending = toDisposable(() => {
      this.#subscribers.remove(subscriber);
      if (!this.#isDisposed) this.#pruning ??= this.#clock.after(lingerMs, () => this.#prune());
    });
    return { ready, dispose: () => ending.dispose() };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#pruning?.dispose();
    for (const folder of [...this.#nodes.keys()]) this.#close(folder);
    for (const visit of this.#visits.splice(0)) this.#finish(visit);
    this.#events.clear();
  }

  /** Resolves when the tree of `folder` is watched. */
  #open(folder: string, subscriber: TreeSubscriber | undefined, tells: boolean): Promise<void> {
    return new Promise(resolve => {
      this.#plan(folder, { subscriber, tells, left: 0, done: resolve });
      this.#schedule();
    });
  }

  #plan(folder: string, opening: Opening): void {
    opening.left++;
    this.#visits.push({ folder, opening });
  }

  #finish({ opening }: Visit): void {
    if (--opening.left === 0) opening.done();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isDisposed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#isDisposed) this.#work();
    });
  }

  /** Events first: they are what people wait for. */
  #work(): void {
    const until = performance.now() + sliceMs;
    if (this.#events.size > largeBurst) this.#checkAll();
    for (const [path, isRename] of this.#events) {
      this.#events.delete(path);
      this.#handle(path, isRename);
      if (performance.now() > until) break;
    }
    while (this.#visits.length > 0 && performance.now() < until) {
      const visit = this.#visits.pop()!;
      this.#visit(visit);
      this.#finish(visit);
    }
    if (this.#events.size > 0 || this.#visits.length > 0) this.#schedule();
  }

  #visit({ folder, opening }: Visit): void {
    const { subscriber } = opening;
    if (subscriber && !this.#subscribers.has(subscriber)) return;
    const node = this.#nodes.get(folder) ?? this.#watch(folder, opening);
    if (!node) return;
    for (const name of node.dirs) {
      const child = childOf(folder, name);
      // What is known already has told of its files.
      const isWanted = subscriber ? subscriber.wants(child) : !this.#nodes.has(child) && this.#subscribers.wants(child);
      if (isWanted) this.#plan(child, opening);
    }
  }

  #watch(folder: string, { tells, subscriber }: Opening): Node | undefined {
    let watcher: fs.FSWatcher | undefined;
    try {
      const inode = fs.statSync(folder).ino;
      watcher = fs.watch(folder, (event, name) => this.#note(folder, event, name));
      watcher.on('error', () => this.#recheck(folder));
      const node: Node = { inode, watcher, dirs: new Set(), hasNamesake: false };
      this.#nodes.set(folder, node);
      this.#read(folder, node, tells ? Number.NEGATIVE_INFINITY : (subscriber?.sinceMs ?? Number.POSITIVE_INFINITY));
      return node;
    } catch (error) {
      watcher?.close();
      this.#nodes.delete(folder);
      this.#fail(folder, error);
      return undefined;
    }
  }

  /** Tells of what changed since `sinceMs`. */
  #read(folder: string, node: Node, sinceMs: number): void {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const isNewDir = entry.isDirectory() && !node.dirs.has(entry.name);
      if (isNewDir) node.dirs.add(entry.name);
      if (entry.name === baseOf(folder)) node.hasNamesake = true;
      const path = childOf(folder, entry.name);
      if (sinceMs === Number.NEGATIVE_INFINITY) this.#subscribers.tell(path);
      else if (sinceMs < Number.POSITIVE_INFINITY && !entry.isDirectory() && changedMs(path) >= sinceMs)
        this.#subscribers.tell(path);
    }
  }

  /** A folder that vanished while we looked is nothing to report; a limit is, once to each subscriber. */
  #fail(folder: string, error: unknown): void {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    const told = watchError(error, folder);
    for (const subscriber of this.#subscribers.covering(folder)) {
      const key = code === 'ENOSPC' || code === 'EMFILE' ? `${code} ${subscriber.root}` : `${folder}`;
      if (this.#failed.has(key)) continue;
      this.#failed.add(key);
      subscriber.onError(told);
    }
  }

  #note(folder: string, event: string, name: string | null): void {
    if (name === null) return;
    const path = childOf(folder, name);
    // 'rename' (came or went) outweighs 'change'. Said again, it goes to the end: the last state is what counts.
    const isRename = event === 'rename' || this.#events.get(path) === true;
    this.#events.set(path, isRename);
    this.#schedule();
  }

  #handle(path: string, isRename: boolean): void {
    const folder = parentOf(path);
    const node = this.#nodes.get(folder);
    if (!node) return;
    const name = path.slice(folder === '/' ? 1 : folder.length + 1);
    // Times and modes of folders say nothing.
    if (!isRename && node.dirs.has(name)) return;
    const stat = lstatOf(path);
    if (name === baseOf(folder)) {
      if (!stat && this.#recheck(folder)) return;
      // Modes and times of the folder itself: nothing of that name is in it, and nothing was.
      if (!stat && !node.hasNamesake) return;
      node.hasNamesake = stat !== undefined;
    }
    if (stat?.isDirectory()) {
      this.#folderCame(path, node, name, stat.ino);
      return;
    }
    if (node.dirs.delete(name)) this.#folderWent(path);
    // A link to a watched folder, which may lead somewhere else now.
    else if (this.#nodes.has(path)) this.#recheck(path);
    this.#subscribers.tell(path);
  }

  #folderCame(path: string, parent: Node, name: string, inode: number): void {
    const known = this.#nodes.get(path);
    if (known?.inode === inode) return;
    if (parent.dirs.has(name) && !known && !this.#subscribers.wants(path)) return;
    if (known) this.#folderWent(path);
    parent.dirs.add(name);
    this.#subscribers.tell(path);
    if (this.#subscribers.wants(path)) void this.#open(path, undefined, true);
  }

  /** Forgets a tree that is not at its place any more and tells those whose root was in it. */
  #folderWent(path: string): void {
    const gone = [...this.#nodes.keys()].filter(folder => folder === path || folder.startsWith(`${path}/`));
    for (const folder of gone) this.#close(folder);
    for (const root of this.#subscribers.roots()) {
      if (root !== path && !root.startsWith(`${path}/`)) continue;
      for (const subscriber of this.#subscribers.at(root)) subscriber.onRootGone();
    }
  }

  /** Looks whether a watched folder is still the one it was; true if not. */
  #recheck(folder: string): boolean {
    const node = this.#nodes.get(folder);
    if (!node) return true;
    if (statOf(folder)?.ino === node.inode) return false;
    this.#nodes.get(parentOf(folder))?.dirs.delete(baseOf(folder));
    this.#folderWent(folder);
    return true;
  }

  /** After a burst that may have overflowed the kernel's queue: folders that came or went unseen. */
  #checkAll(): void {
    for (const [folder, node] of [...this.#nodes]) {
      if (!this.#nodes.has(folder) || this.#recheck(folder)) continue;
      try {
        for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
          if (entry.isDirectory() && !node.dirs.has(entry.name)) this.#note(folder, 'rename', entry.name);
        }
      } catch {
        // it went meanwhile; its own event tells
      }
    }
  }

  #close(folder: string): void {
    this.#nodes.get(folder)?.watcher.close();
    this.#nodes.delete(folder);
  }

  #prune(): void {
    this.#pruning = undefined;
    for (const folder of [...this.#nodes.keys()]) if (!this.#subscribers.wants(folder)) this.#close(folder);
  }
}

/** When the file, or its name, changed last, in ms since 1970; never for one that is gone. */
function changedMs(file: string): number {
  return lstatOf(file)?.ctimeMs ?? Number.NEGATIVE_INFINITY;
}

function baseOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
