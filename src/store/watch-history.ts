// Every version in order: the newest events, as far as they fit, and who watches them.
// Invariant: each commit is one event and versions have no gaps, so version v lies at place v % capacity.
import type { Kind } from '../api/kinds.ts';
import { StatusError } from '../api/status-error.ts';
import type { Subscription, WatchEvent } from './port.ts';

export const historyCapacity = 10_000;
/** Characters that the events in the history may hold beside what they share: large objects that change often must not fill the memory. */
export const historyCharacters = 32 * 2 ** 20;

export interface HistoryLimits {
  readonly capacity?: number;
  readonly characters?: number;
}

interface Entry {
  readonly kind: Kind;
  readonly event: WatchEvent;
  readonly characters: number;
}

interface Watcher {
  readonly kind: Kind;
  /** Events up to this version are known to the watcher. */
  seenVersion: number;
  readonly onEvent: (event: WatchEvent) => void;
}

/**
 * Hands events to watchers in the order of their versions, also when a watcher writes to the store while it is told.
 * Does not: copy objects, or keep those beyond the newest events that the limits allow.
 */
export class WatchHistory {
  #ring: (Entry | undefined)[];
  #capacity: number;
  #maxCharacters: number;
  #characters = 0;
  /** Of the oldest event that is in the ring. */
  #oldestVersion: number;
  #newestVersion: number;
  #watchers = new Map<Kind, Set<Watcher>>();
  #isDelivering = false;
  #deliveredVersion: number;
  #onError: (error: unknown) => void;

  constructor(startVersion: number, onError: (error: unknown) => void, limits: HistoryLimits = {}) {
    const { capacity = historyCapacity, characters = historyCharacters } = limits;
    this.#ring = new Array(capacity);
    this.#capacity = capacity;
    this.#maxCharacters = characters;
    this.#oldestVersion = startVersion + 1;
    this.#newestVersion = startVersion;
    this.#deliveredVersion = startVersion;
    this.#onError = onError;
  }

  /**
   * Adds the event of the next version, which brings that many characters of its own, and tells watchers before it returns,
   * unless one of them is the caller.
   */
  append(kind: Kind, event: WatchEvent, characters: number): void {
    if (event.version - this.#oldestVersion >= this.#capacity) this.#forgetOldest();
    this.#ring[event.version % this.#capacity] = { kind, event, characters };
    this.#newestVersion = event.version;
    this.#characters += characters;
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      while (this.#deliveredVersion < this.#newestVersion) this.#deliver(++this.#deliveredVersion);
    } finally {
      this.#isDelivering = false;
    }
    // What was not delivered stays, and so does the newest.
    while (this.#characters > this.#maxCharacters && this.#oldestVersion < this.#deliveredVersion) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const at = this.#oldestVersion++ % this.#capacity;
    this.#characters -= this.#ring[at]?.characters ?? 0;
    this.#ring[at] = undefined;
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
    return this.#oldestVersion - 1;
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
