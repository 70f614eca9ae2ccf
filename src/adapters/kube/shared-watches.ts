// Watches by place: who asks for a place that is watched already joins it.
import { type Disposable, toDisposable } from '../../base/disposable.ts';
import { PlaceWatch, type WatchDeps } from './place-watch.ts';
import type { WatchListener, WatchPlace } from './port.ts';
import type { WakeNotice } from './wake-notice.ts';

interface Shared {
  readonly watch: PlaceWatch;
  users: number;
}

export class SharedWatches implements Disposable {
  readonly #deps: WatchDeps & { readonly wake: WakeNotice };
  readonly #byPlace = new Map<string, Shared>();
  #waking: Disposable | undefined;

  constructor(deps: WatchDeps & { readonly wake: WakeNotice }) {
    this.#deps = deps;
  }

  add(place: WatchPlace, listener: WatchListener): Disposable {
    const key = keyOf(place);
    const shared = this.#byPlace.get(key) ?? { watch: new PlaceWatch(place, this.#deps), users: 0 };
    this.#byPlace.set(key, shared);
    this.#waking ??= this.#deps.wake.onWake(() => this.#awake());
    shared.users++;
    const listening = shared.watch.add(listener);
    return toDisposable(() => {
      listening.dispose();
      shared.users--;
      if (shared.users === 0) this.#end(key, shared);
    });
  }

  /** Watches that stand still try again at once. */
  retryNow(): void {
    for (const { watch } of this.#byPlace.values()) watch.retry();
  }

  dispose(): void {
    for (const [key, shared] of [...this.#byPlace]) this.#end(key, shared);
  }

  /** Nothing that was open before a sleep is trusted. */
  #awake(): void {
    this.#deps.rest.transport.dropIdle();
    for (const { watch } of this.#byPlace.values()) watch.renew();
  }

  #end(key: string, shared: Shared): void {
    if (this.#byPlace.get(key) !== shared) return;
    this.#byPlace.delete(key);
    shared.watch.dispose();
    if (this.#byPlace.size > 0) return;
    this.#waking?.dispose();
    this.#waking = undefined;
  }
}

function keyOf({ apiVersion, kind, namespace, labelSelector, fieldSelector, metadataOnly }: WatchPlace): string {
  return JSON.stringify([apiVersion, kind, namespace, labelSelector, fieldSelector, metadataOnly === true]);
}
