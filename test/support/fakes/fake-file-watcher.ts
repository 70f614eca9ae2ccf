// A FileWatcher without files: the test says what changed. Passes watcher-contract.ts.
import type { FileSubscription, FileWatcher, WatchHandlers, WatchRequest } from '../../../src/adapters/files/port.ts';
import { isEphemeral } from '../../../src/domain/ephemeral.ts';
import { type IgnoreMatcher, isInside, makeIgnoreMatcher } from '../../../src/domain/ignore.ts';

interface Subscribed {
  readonly request: WatchRequest;
  readonly handlers: WatchHandlers;
  readonly matcher: IgnoreMatcher;
  readonly batch: Set<string>;
}

export class FakeFileWatcher implements FileWatcher {
  #subscribed = new Set<Subscribed>();

  get watchCount(): number {
    return this.#subscribed.size;
  }

  /** What is watched now, for tests of those who subscribe. */
  get requests(): readonly WatchRequest[] {
    return [...this.#subscribed].map(own => own.request);
  }

  watch(request: WatchRequest, handlers: WatchHandlers): FileSubscription {
    const own = { request, handlers, matcher: makeIgnoreMatcher(request.ignores), batch: new Set<string>() };
    this.#subscribed.add(own);
    return { ready: Promise.resolve(), dispose: () => void this.#subscribed.delete(own) };
  }

  /** These files were written, made or removed. */
  change(...paths: readonly string[]): void {
    for (const own of this.#subscribed) {
      for (const path of paths) {
        const isWatched = own.request.paths.some(root => isInside(root, path));
        if (isWatched && !own.matcher.ignores(path) && !isEphemeral(path)) this.#tell(own, path);
      }
    }
  }

  /** Every subscriber hears of this failure. */
  fail(error: Error): void {
    for (const own of this.#subscribed) own.handlers.onError(error);
  }

  dispose(): void {
    this.#subscribed.clear();
  }

  #tell(own: Subscribed, path: string): void {
    if (own.batch.size === 0) {
      queueMicrotask(() => {
        const paths = [...own.batch];
        own.batch.clear();
        if (this.#subscribed.has(own)) own.handlers.onChange(paths);
      });
    }
    own.batch.add(path);
  }
}
