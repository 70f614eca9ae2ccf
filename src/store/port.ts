// The one truth (design, section 2). Everything is synchronous: the store lives in the process and no write waits.
// Objects that come out are frozen. Reads cost O(1); a change costs the size of that object, never of the store.
// Does not: reconcile, run anything, or know HTTP.
import type { Kind, Kinds } from '../api/kinds.ts';
import type { ManagedFieldsEntry } from '../api/meta.ts';

/** Kind and name of an object whose state may have changed. */
export interface Key {
  readonly kind: Kind;
  readonly name: string;
}

export interface WatchEvent<K extends Kind = Kind> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Kinds[K];
  /** The version that this one took the place of; undefined for ADDED. */
  readonly before: Kinds[K] | undefined;
  /** Global, ever growing; the object's resourceVersion as a number (of the deletion for DELETED). */
  readonly version: number;
}

export interface WriteOptions {
  /** Field manager, default 'tilt'. Managed fields are tracked only for managers other than the default. */
  readonly manager?: string;
  /** The whole of the managed fields after the write, for a caller that worked them out itself (server-side apply). */
  readonly managedFields?: readonly ManagedFieldsEntry[];
  /** Only tries: checks everything and returns what would be written, but writes nothing. */
  readonly dryRun?: boolean;
}

/**
 * A subscriber's set of changed keys. Each commit adds to it; `onDirty` is called once per turn of the
 * event loop with everything since the last call. Level, not edge: the reader looks at the store again.
 */
export interface Subscription {
  dispose(): void;
}

export interface Store {
  /** The newest version given to any object. */
  readonly version: number;
  get<K extends Kind>(kind: K, name: string): Kinds[K] | undefined;
  /** In order of creation. The array is shared until the next change of the kind: do not keep it. */
  list<K extends Kind>(kind: K): readonly Kinds[K][];

  /** Throws StatusError AlreadyExists or Invalid. Gives uid, resourceVersion, generation 1, creationTimestamp. Drops a given status. */
  create<K extends Kind>(kind: K, object: Kinds[K], options?: WriteOptions): Kinds[K];
  /**
   * Replaces metadata and spec (data, for a ConfigMap); status stays. A given resourceVersion must be the current one
   * (StatusError Conflict), one left out means "whatever is there". Generation grows when the spec changed.
   * Nothing is written, and the old object returned, when nothing changed.
   */
  update<K extends Kind>(kind: K, object: Kinds[K], options?: WriteOptions): Kinds[K];
  /** Replaces the status alone, with the same rules as update. */
  updateStatus<K extends Kind>(kind: K, object: Kinds[K], options?: WriteOptions): Kinds[K];
  /** For controllers: writes the status they computed, without a version check; no write when it is equal. NotFound if the object is gone. */
  setStatus<K extends Kind>(kind: K, name: string, status: Kinds[K]['status'], options?: WriteOptions): Kinds[K];
  /** Creates the object, or brings labels, annotations, owners and spec (data) of an existing one to what is given. */
  upsert<K extends Kind>(kind: K, object: Kinds[K], options?: WriteOptions): Kinds[K];
  /**
   * Deletes at once, or sets deletionTimestamp while finalizers remain. NotFound when there is none;
   * Conflict when a precondition does not hold.
   */
  delete(
    kind: Kind,
    name: string,
    preconditions?: { readonly uid?: string; readonly resourceVersion?: string },
    options?: Pick<WriteOptions, 'dryRun'>,
  ): void;

  /** Collects keys that change, of the given kinds (all when left out), and calls `onDirty` once per turn with them. */
  subscribe(
    kinds: readonly Kind[] | undefined,
    onDirty: (keys: ReadonlyMap<Kind, ReadonlySet<string>>) => void,
  ): Subscription;
  /**
   * Every version in order, synchronously with the commit: from the last 10,000 events (fewer of large objects) when
   * `sinceVersion` is given (StatusError Expired, code 410, when it is older), else only what comes.
   */
  watch<K extends Kind>(
    kind: K,
    sinceVersion: number | undefined,
    onEvent: (event: WatchEvent<K>) => void,
  ): Subscription;
}
