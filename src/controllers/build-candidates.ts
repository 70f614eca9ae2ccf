// The resources that build or want to, kept by key: a decision looks at these, not at everything there is.
import { isCandidate } from '../engine/build-queue.ts';
import type { ResourceState } from '../engine/resource-state.ts';
import type { ResourceIndex } from './resource-index.ts';

export class BuildCandidates {
  #index: ResourceIndex;
  #isQueued: (name: string) => boolean;
  #byName = new Map<string, ResourceState>();
  /** In the order of definition; undefined when it must be made anew. */
  #sorted: readonly ResourceState[] | undefined = [];

  constructor(index: ResourceIndex, isQueued: (name: string) => boolean) {
    this.#index = index;
    this.#isQueued = isQueued;
  }

  /** Looks at a resource again, because something about it changed. */
  refresh(name: string): void {
    const state = this.#index.get(name);
    const before = this.#byName.get(name);
    const isWanted =
      state !== undefined && (state.build.current !== undefined || isCandidate(state, this.#isQueued(name)));
    if (!isWanted && before === undefined) return;
    if (isWanted) this.#byName.set(name, state);
    else this.#byName.delete(name);
    if (state !== before) this.#sorted = undefined;
  }

  /** All of them, in the order of definition. */
  all(): readonly ResourceState[] {
    this.#sorted ??= [...this.#byName.values()].sort((a, b) => a.order - b.order);
    return this.#sorted;
  }
}
