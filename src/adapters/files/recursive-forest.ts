// One recursive watch of the system per root, where it has such (FSEvents on macOS).
import fs from 'node:fs';
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { childOf, type Forest, SubscriberIndex, type TreeSubscriber, watchError } from './forest.ts';
import { lstatOf, statOf } from './look.ts';

interface Root {
  readonly watcher: fs.FSWatcher;
  readonly inode: number;
}

export class RecursiveForest implements Forest {
  #subscribers = new SubscriberIndex();
  #roots = new Map<string, Root>();

  get watchCount(): number {
    return this.#roots.size;
  }

  add(subscriber: TreeSubscriber): Disposable & { readonly ready: Promise<void> } {
    this.#subscribers.add(subscriber);
    const { root } = subscriber;
    try {
      const known = this.#roots.get(root);
      // By a link the same name may lead to another folder than before.
      if (known && fs.statSync(root).ino !== known.inode) this.#gone(root);
      if (!this.#isCovered(root)) this.#open(root);
    } catch (error) {
      subscriber.onError(watchError(error, root));
    }
    const ending = toDisposable(() => {
      this.#subscribers.remove(subscriber);
      if (this.#subscribers.at(root).length === 0) this.#close(root);
    });
    return { ready: Promise.resolve(), dispose: () => ending.dispose() };
  }

  dispose(): void {
    for (const root of [...this.#roots.keys()]) this.#close(root);
  }

  #isCovered(root: string): boolean {
    return this.#roots.has(root);
  }

  #open(root: string): void {
    const inode = fs.statSync(root).ino;
    const watcher = fs.watch(root, { recursive: true }, (event, name) => {
      if (name !== null) this.#handle(root, event, name);
    });
    watcher.on('error', () => this.#gone(root));
    this.#roots.set(root, { watcher, inode });
  }

  #handle(root: string, event: string, name: string): void {
    const known = this.#roots.get(root);
    if (!known) return;
    const path = childOf(root, name);
    const stat = lstatOf(path);
    if (!stat && statOf(root)?.ino !== known.inode) {
      this.#gone(root);
      return;
    }
    if (event === 'change' && stat?.isDirectory()) return;
    const folder = path.slice(0, path.lastIndexOf('/'));
    for (const subscriber of this.#subscribers.at(root)) {
      if (wantsAll(subscriber, folder)) subscriber.onEvent(path);
    }
  }

  #gone(root: string): void {
    this.#close(root);
    for (const subscriber of this.#subscribers.at(root)) subscriber.onRootGone();
  }

  #close(root: string): void {
    this.#roots.get(root)?.watcher.close();
    this.#roots.delete(root);
  }
}

/** The system looks into every folder; the subscriber would have stopped at the first that it does not want. */
function wantsAll(subscriber: TreeSubscriber, folder: string): boolean {
  for (let at = folder; at.length >= subscriber.root.length; at = at.slice(0, at.lastIndexOf('/'))) {
    if (!subscriber.wants(at)) return false;
    if (at === subscriber.root) return true;
  }
  return false;
}
