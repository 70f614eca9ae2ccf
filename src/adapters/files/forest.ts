// Watching whole trees, for any number of subscribers at once: what two of them share is watched once.
// Two ways: a watch per folder (Linux), one recursive watch per root (macOS).
import type { Disposable } from '../../base/disposable.ts';

export interface TreeSubscriber {
  /** Absolute path of a folder that exists. */
  readonly root: string;
  /** Whether changes directly in this folder (the root or below it) are of interest. Must not change its mind. */
  wants(folder: string): boolean;
  /** A file that changed at this time (ms since 1970) or later is told of when its folder is first read. */
  readonly sinceMs?: number;
  /** A file below the root changed, or a folder came or went. */
  onEvent(path: string): void;
  /** The root is not there any more, or is another one; nothing more comes. */
  onRootGone(): void;
  onError(error: Error): void;
}

export interface Forest extends Disposable {
  /** `ready` resolves when all wanted folders are watched. */
  add(subscriber: TreeSubscriber): Disposable & { readonly ready: Promise<void> };
  /** Watches of the system that are open. */
  readonly watchCount: number;
}

/** Subscribers by root, and those whose tree a path lies in. */
export class SubscriberIndex {
  /** Lists are replaced, never changed: who is told may subscribe or leave meanwhile. */
  #byRoot = new Map<string, readonly TreeSubscriber[]>();

  add(subscriber: TreeSubscriber): void {
    this.#byRoot.set(subscriber.root, [...this.at(subscriber.root), subscriber]);
  }

  remove(subscriber: TreeSubscriber): void {
    const left = this.at(subscriber.root).filter(other => other !== subscriber);
    if (left.length > 0) this.#byRoot.set(subscriber.root, left);
    else this.#byRoot.delete(subscriber.root);
  }

  has(subscriber: TreeSubscriber): boolean {
    return this.at(subscriber.root).includes(subscriber);
  }

  roots(): string[] {
    return [...this.#byRoot.keys()];
  }

  at(root: string): readonly TreeSubscriber[] {
    return this.#byRoot.get(root) ?? [];
  }

  /** Those whose root is `path` or holds it. */
  *covering(path: string): Generator<TreeSubscriber> {
    for (let at = path; ; at = parentOf(at)) {
      const own = this.#byRoot.get(at);
      if (own) yield* own;
      if (at === '/') return;
    }
  }

  /** Whether anybody wants to know what happens directly in `folder`. */
  wants(folder: string): boolean {
    for (const subscriber of this.covering(folder)) if (subscriber.wants(folder)) return true;
    return false;
  }

  /** Tells those who want to know what happens in the folder of `path`; a root is not told about itself. */
  tell(path: string): void {
    const folder = parentOf(path);
    for (const subscriber of this.covering(folder)) {
      if (subscriber.wants(folder)) subscriber.onEvent(path);
    }
  }
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function childOf(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** A failure to watch, in words that say what to do. */
export function watchError(error: unknown, path: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') {
    return new Error(
      `cannot watch ${path}: the limit of inotify watches is reached; raise it with ` +
        '"sudo sysctl fs.inotify.max_user_watches=524288", or ignore folders that need no watching',
      { cause: error },
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return new Error(
      `cannot watch ${path}: the limit of inotify instances or open files is reached; raise it with ` +
        '"sudo sysctl fs.inotify.max_user_instances=512"',
      { cause: error },
    );
  }
  const words = code === 'EACCES' ? 'permission denied' : message;
  return new Error(`cannot watch ${path}: ${words}`, { cause: error });
}
