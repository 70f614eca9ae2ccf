// What this session has told to leave its clusters. Between the deletion of a Deployment and the moment when its pods are
// told to go, nothing about those pods says that they will.
import type { KnownPod } from './pod-index.ts';

export class LeavingObjects {
  readonly #uids = new Set<string>();
  /** Who took away what others in this session still have, by uid. */
  readonly #takers = new Map<string, string>();

  /** The server has taken the deletion of the object with that uid. */
  add(uid: string): void {
    this.#uids.add(uid);
  }

  has(uid: string): boolean {
    return this.#uids.has(uid);
  }

  /** `who` takes the object away, which others still have; undefined: it did not, after all. */
  takenBy(uid: string, who: string | undefined): void {
    if (who === undefined) this.#takers.delete(uid);
    else this.#takers.set(uid, who);
  }

  /** Who of this session took it from others, in words; undefined for what nobody here took. */
  takerOf(uid: string): string | undefined {
    return this.#takers.get(uid);
  }

  /** True for a pod that is on its way out, or is about to be, for something above it is. */
  isLeaving({ object, chain, isDeleted }: KnownPod): boolean {
    if (isDeleted || object.metadata.deletionTimestamp !== undefined) return true;
    return chain.uids.some(uid => this.#uids.has(uid));
  }
}
