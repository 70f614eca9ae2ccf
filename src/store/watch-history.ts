// Every version in order: the newest events, and who watches them.
// Invariant: each commit is one event and versions have no gaps, so version v lies at place v % capacity.
import type { Kind } from '../api/kinds.ts';
import { StatusError } from '../api/status-error.ts';
import type { Subscription, WatchEvent } from './port.ts';

export const historyCapacity = 10_000;

interface Entry {
  readonly kind: Kind;
  readonly event: WatchEvent;
}

interface Watcher {
  readonly kind: Kind;
  /** Events up to this version are known to the watcher. */
  seenVersion: number;
  readonly onEvent: (event: WatchEvent) => void;
}

/**
 * Hands events to watchers in the order of their versions, also when a watcher writes to the store while it is told.
 * Does not: copy or keep objects beyond the newest `capacity` events.
 */
export class WatchHistory {
  #ring: (Entry | undefined)[];
  #capacity: number;
  /** Version before the first event that can still be in the ring. */
  #startVersion: number;
  #newestVersion: number;
  #watchers = new Map<Kind, Set<Watcher>>();
  #isDelivering = false;
  #deliveredVersion: number;
  #onError: (error: unknown) => void;

  constructor(startVersion: number, onError: (error: unknown) => void, capacity = historyCapacity) {
    this.#ring = new Array(capacity);
    this.#capacity = capacity;
    this.#startVersion = startVersion;
    this.#newestVersion = startVersion;
    this.#deliveredVersion = startVersion;
    this.#onError = onError;
  }

  /** Adds the event of the next version and tells watchers before it returns, unless one of them is the caller. */
  append(kind: Kind, event: WatchEvent): void {
    this.#ring[event.version % this.#capacity] = { kind, event };
    this.#newestVersion = event.version;
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      while (this.#deliveredVersion < this.#newestVersion) this.#deliver(++this.#deliveredVersion);
    } finally {
      this.#isDelivering = false;
    }
  }

  #deliver(version: number): void {
    // A watcher that writes more than the ring holds while it is told would lose its own events; it must not.
    const entry = this.#ring[version % this.#capacity];
    if (entry?.event.version !== version) return;
    const watchers = this.#watchers.get(entry.kind);
    if (!watchers) return;
    for (const watcher of watchers) this.#tell(watcher, entry.event);
  }

  #tell(watcher: Watcher, event: WatchEvent): void {
    if (event.version <= watcher.seenVersion) return;
    watcher.seenVersion = event.version;
    try {
      watcher.onEvent(event);
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Oldest version that a watch can still go on from. */
  get oldestResumable(): number {
    return Math.max(this.#startVersion, this.#newestVersion - this.#capacity);
  }

  /** Replays what came after `sinceVersion` and goes on with what comes. Throws Expired when that is no longer known. */
  watch(kind: Kind, sinceVersion: number | undefined, onEvent: (event: WatchEvent) => void): Subscription {
    const since = sinceVersion ?? this.#newestVersion;
    if (since < this.oldestResumable || since > this.#newestVersion) throw expired(since, this.oldestResumable);
    const watcher: Watcher = { kind, seenVersion: since, onEvent };
    // A replay ends where delivery stands, so that nothing comes twice or out of order.
    for (let version = since + 1; version <= this.#deliveredVersion; version++) {
      const entry = this.#ring[version % this.#capacity];
      if (entry?.kind === kind && entry.event.version === version) this.#tell(watcher, entry.event);
    }
    const watchers = this.#watchers.get(kind) ?? new Set();
    this.#watchers.set(kind, watchers.add(watcher));
    return { dispose: () => void watchers.delete(watcher) };
  }
}

function expired(version: number, oldest: number): StatusError {
  return new StatusError('Expired', `too old resource version: ${version} (${oldest})`);
}
