// What this session has told to leave its clusters. Between the deletion of a Deployment and the moment when its pods are
// told to go, nothing about those pods says that they will.
import type { KnownPod } from './pod-index.ts';

export class LeavingObjects {
  readonly #uids = new Set<string>();

  /** The server has taken the deletion of the object with that uid. */
  add(uid: string): void {
    this.#uids.add(uid);
  }

  has(uid: string): boolean {
    return this.#uids.has(uid);
  }

  /** True for a pod that is on its way out, or is about to be, for something above it is. */
  isLeaving({ object, chain, isDeleted }: KnownPod): boolean {
    if (isDeleted || object.metadata.deletionTimestamp !== undefined) return true;
    return chain.uids.some(uid => this.#uids.has(uid));
  }
}
