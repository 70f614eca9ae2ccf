// Which objects follow which pod, and the pod indexes that are listened to for them.
import type { PodRef } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { PodIndex, PodIndexListener } from './pod-index.ts';

const none: ReadonlySet<string> = new Set();

function keyOf({ namespace, name }: PodRef): string {
  return `${namespace}/${name}`;
}

export class PodFollowers implements Disposable {
  readonly #listenerOf: (index: PodIndex) => PodIndexListener;
  readonly #listening = new Map<PodIndex, Disposable>();
  /** Names of objects by their pod. */
  readonly #byPod = new Map<string, Set<string>>();

  /** `listenerOf` makes what is told of the changes of an index; it is called once for each. */
  constructor(listenerOf: (index: PodIndex) => PodIndexListener) {
    this.#listenerOf = listenerOf;
  }

  /** Begins to listen to an index, unless that was done. */
  listen(index: PodIndex): void {
    if (!this.#listening.has(index)) this.#listening.set(index, index.on(this.#listenerOf(index)));
  }

  add(pod: PodRef, follower: string): void {
    const key = keyOf(pod);
    this.#byPod.set(key, (this.#byPod.get(key) ?? new Set()).add(follower));
  }

  remove(pod: PodRef, follower: string): void {
    const key = keyOf(pod);
    const followers = this.#byPod.get(key);
    followers?.delete(follower);
    if (followers?.size === 0) this.#byPod.delete(key);
  }

  /** Names of the objects that follow a pod. */
  of(pod: PodRef): ReadonlySet<string> {
    return this.#byPod.get(keyOf(pod)) ?? none;
  }

  /** Names of all that follow pods of a namespace. */
  inNamespace(namespace: string): string[] {
    return [...this.#byPod].flatMap(([key, followers]) => (key.startsWith(`${namespace}/`) ? [...followers] : []));
  }

  dispose(): void {
    for (const listening of this.#listening.values()) listening.dispose();
    this.#listening.clear();
    this.#byPod.clear();
  }
}
