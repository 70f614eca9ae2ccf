// The object store in memory (port.ts says what callers may rely on).
// A write builds the next version of one object, freezes its new parts, puts it into its table and tells watchers and
// subscribers. Objects given to a write are frozen too: they belong to the store from then on.
// Does not: reconcile, delete what an owner leaves behind, or know HTTP.
import { randomUUID } from 'node:crypto';
import { nameProblems } from '../api/identifiers.ts';
import type { Kind, Kinds } from '../api/kinds.ts';
import { type ApiObject, apiVersion, formatTime, type ObjectMeta } from '../api/meta.ts';
import { kindInfo } from '../api/scheme.ts';
import { alreadyExists, conflict, invalid, notFound, StatusError } from '../api/status-error.ts';
import { applyDefaults, contentProblems } from '../api/validation.ts';
import type { Clock } from '../base/clock.ts';
import { deepEqual, deepFreeze, freezeNew } from './deep.ts';
import { DirtyKeysHub } from './dirty-keys.ts';
import type { Part } from './field-ownership.ts';
import { trackWrite } from './managed-fields.ts';
import type { Store, Subscription, WatchEvent, WriteOptions } from './port.ts';
import { WatchHistory } from './watch-history.ts';

export interface StoreOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Gives a fresh uid; a random UUID when left out. */
  readonly newUid?: () => string;
  /** Gets what a watcher or a subscriber throws; by default it surfaces as an uncaught exception. */
  readonly onError?: (error: unknown) => void;
}

/** An empty store. */
export function makeStore(options: StoreOptions): Store {
  return new MemoryStore(options);
}

type AnyObject = ApiObject & Readonly<Record<string, unknown>>;

/** A change of one object. */
interface Write {
  readonly kind: Kind;
  /** Undefined for a creation. */
  readonly before: AnyObject | undefined;
  readonly after: AnyObject;
  readonly part: Part;
}

/** What watchers are told of a change. */
interface Change {
  readonly type: WatchEvent['type'];
  readonly object: AnyObject;
  readonly before: AnyObject | undefined;
}

interface Table {
  readonly objects: Map<string, AnyObject>;
  /** The list as last asked for; undefined after a change. */
  list: readonly AnyObject[] | undefined;
}

/** Version before the first write. Above 0, because 0 means "any" to clients of Kubernetes. */
const firstVersion = 1;

class MemoryStore implements Store {
  #tables = new Map<Kind, Table>();
  #version = firstVersion;
  #history: WatchHistory;
  #dirty: DirtyKeysHub;
  #clock: Pick<Clock, 'now'>;
  #newUid: () => string;

  constructor({ clock, newUid = randomUUID, onError = rethrowLater }: StoreOptions) {
    this.#clock = clock;
    this.#newUid = newUid;
    this.#history = new WatchHistory(firstVersion, onError);
    this.#dirty = new DirtyKeysHub(onError);
  }

  get version(): number {
    return this.#version;
  }

  get<K extends Kind>(kind: K, name: string): Kinds[K] | undefined {
    return this.#tables.get(kind)?.objects.get(name) as Kinds[K] | undefined;
  }

  list<K extends Kind>(kind: K): readonly Kinds[K][] {
    const table = this.#table(kind);
    table.list ??= Object.freeze([...table.objects.values()]);
    return table.list as unknown as readonly Kinds[K][];
  }

  create<K extends Kind>(kind: K, object: Kinds[K], options: WriteOptions = {}): Kinds[K] {
    const { name } = object.metadata;
    checkName(kind, name);
    if (this.#table(kind).objects.has(name)) throw alreadyExists(kindInfo(kind).plural, name);
    const content = readyContent(kind, object as unknown as AnyObject);
    const metadata: ObjectMeta = {
      ...ownedMeta(object.metadata),
      uid: this.#newUid(),
      generation: 1,
      creationTimestamp: formatTime(this.#clock.now()),
    };
    const made = { apiVersion, kind, metadata, ...content };
    return this.#commit({ kind, before: undefined, after: made, part: 'main' }, options) as unknown as Kinds[K];
  }

  update<K extends Kind>(kind: K, object: Kinds[K], options: WriteOptions = {}): Kinds[K] {
    const old = this.#current(kind, object.metadata);
    return this.#replace(kind, old, object as unknown as AnyObject, options) as unknown as Kinds[K];
  }

  updateStatus<K extends Kind>(kind: K, object: Kinds[K], options: WriteOptions = {}): Kinds[K] {
    this.#current(kind, object.metadata);
    return this.setStatus(kind, object.metadata.name, object.status as Kinds[K]['status'], options);
  }

  setStatus<K extends Kind>(kind: K, name: string, status: Kinds[K]['status'], options: WriteOptions = {}): Kinds[K] {
    const old = this.#current(kind, { name });
    if (deepEqual(old.status, status) && !takesFields(old, options)) return old as unknown as Kinds[K];
    const after = { ...old, status };
    return this.#commit({ kind, before: old, after, part: 'status' }, options) as unknown as Kinds[K];
  }

  upsert<K extends Kind>(kind: K, object: Kinds[K], options: WriteOptions = {}): Kinds[K] {
    const old = this.#tables.get(kind)?.objects.get(object.metadata.name);
    if (!old) return this.create(kind, object, options);
    const wanted = object as unknown as AnyObject;
    const { finalizers } = old.metadata;
    const { finalizers: _kept, ...metadata } = wanted.metadata;
    const merged = { ...wanted, metadata: finalizers ? { ...metadata, finalizers } : metadata };
    return this.#replace(kind, old, merged, options) as unknown as Kinds[K];
  }

  delete(
    kind: Kind,
    name: string,
    preconditions: { uid?: string; resourceVersion?: string } = {},
    { dryRun = false }: Pick<WriteOptions, 'dryRun'> = {},
  ): void {
    const old = this.#current(kind, { name });
    checkPreconditions(kind, old, preconditions);
    if (dryRun) return;
    if (!old.metadata.finalizers?.length) {
      this.#remove(kind, old);
      return;
    }
    if (old.metadata.deletionTimestamp) return;
    const deletionTimestamp = formatTime(this.#clock.now());
    const generation = (old.metadata.generation ?? 0) + 1;
    const metadata = { ...old.metadata, generation, deletionTimestamp, deletionGracePeriodSeconds: 0 };
    this.#commit({ kind, before: old, after: { ...old, metadata }, part: 'main' }, {});
  }

  subscribe(
    kinds: readonly Kind[] | undefined,
    onDirty: (keys: ReadonlyMap<Kind, ReadonlySet<string>>) => void,
  ): Subscription {
    return this.#dirty.subscribe(kinds, onDirty);
  }

  watch<K extends Kind>(
    kind: K,
    sinceVersion: number | undefined,
    onEvent: (event: WatchEvent<K>) => void,
  ): Subscription {
    return this.#history.watch(kind, sinceVersion, onEvent as unknown as (event: WatchEvent) => void);
  }

  #table(kind: Kind): Table {
    const known = this.#tables.get(kind);
    if (known) return known;
    const table: Table = { objects: new Map(), list: undefined };
    this.#tables.set(kind, table);
    return table;
  }

  /** The object that a write with this metadata is about. Throws NotFound and Conflict. */
  #current(kind: Kind, { name, uid, resourceVersion }: ObjectMeta): AnyObject {
    const old = this.#tables.get(kind)?.objects.get(name);
    if (!old) throw notFound(kindInfo(kind).plural, name);
    if (uid && uid !== old.metadata.uid) throw wrongUid(kind, old, uid);
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion)
      throw conflict(kindInfo(kind).plural, name);
    return old;
  }

  #replace(kind: Kind, old: AnyObject, wanted: AnyObject, options: WriteOptions): AnyObject {
    const metadata = { ...systemMeta(old.metadata), ...ownedMeta(wanted.metadata) };
    const sameContent = deepEqual(contentOf(old), applyDefaults(kind, contentOf(wanted)));
    const sameMeta = deepEqual(ownedMeta(old.metadata), ownedMeta(wanted.metadata));
    if (sameContent && sameMeta && !takesFields(old, options)) return old;
    if (metadata.deletionTimestamp && !metadata.finalizers?.length) {
      const last = { ...old, metadata };
      if (!options.dryRun) this.#remove(kind, last);
      return deepFreeze(last);
    }
    if (!sameContent) metadata.generation = (old.metadata.generation ?? 0) + 1;
    // Equal content keeps its old parts, which are frozen and shared with older versions.
    const content = sameContent ? contentOf(old) : readyContent(kind, wanted);
    const status = old.status === undefined ? {} : { status: old.status };
    const after = { apiVersion, kind, metadata, ...content, ...status };
    return this.#commit({ kind, before: old, after, part: 'main' }, options);
  }

  #commit(write: Write, options: WriteOptions): AnyObject {
    const { kind, before } = write;
    const after = this.#withOwners(write, options);
    if (options.dryRun) return deepFreeze(after);
    const { object, characters } = this.#stamp(after);
    const table = this.#table(kind);
    table.objects.set(object.metadata.name, object);
    table.list = undefined;
    this.#tell(kind, { type: before ? 'MODIFIED' : 'ADDED', object, before }, characters);
    return object;
  }

  /** The object with its managedFields brought up to date. Our own writes of objects that nobody else touched have none. */
  #withOwners({ kind, before, after, part }: Write, { manager = 'tilt', managedFields }: WriteOptions): AnyObject {
    const isTracked = manager !== 'tilt' || before?.metadata.managedFields !== undefined;
    if (!managedFields && (!isTracked || !kindInfo(kind).isServed)) return after;
    const time = formatTime(this.#clock.now());
    const entries = managedFields ?? trackWrite(kind, before, after, { manager, operation: 'Update', part, time });
    const { managedFields: _old, ...metadata } = after.metadata;
    return { ...after, metadata: entries.length > 0 ? { ...metadata, managedFields: entries } : metadata };
  }

  #remove(kind: Kind, old: AnyObject): void {
    const { object, characters } = this.#stamp(old);
    const { name } = object.metadata;
    const table = this.#table(kind);
    const before = table.objects.get(name);
    table.objects.delete(name);
    table.list = undefined;
    this.#tell(kind, { type: 'DELETED', object, before }, characters);
  }

  /** The object with the next version, and how many characters of it are new. */
  #stamp(old: AnyObject): { readonly object: AnyObject; readonly characters: number } {
    const object = { ...old, metadata: { ...old.metadata, resourceVersion: String(++this.#version) } };
    return { object, characters: freezeNew(object) };
  }

  #tell(kind: Kind, change: Change, characters: number): void {
    this.#dirty.mark(kind, change.object.metadata.name);
    const event = { ...change, version: this.#version } as unknown as WatchEvent;
    this.#history.append(kind, event, characters);
  }
}

/** True when the write changes who owns what, even if it changes nothing else. */
function takesFields(old: AnyObject, { managedFields }: WriteOptions): boolean {
  return managedFields !== undefined && !deepEqual(old.metadata.managedFields ?? [], managedFields);
}

/** The part of the metadata that writers decide. */
function ownedMeta(meta: ObjectMeta): ObjectMeta {
  const { name, labels, annotations, finalizers, ownerReferences } = meta;
  return {
    name,
    ...(labels && hasKeys(labels) ? { labels } : {}),
    ...(annotations && hasKeys(annotations) ? { annotations } : {}),
    ...(finalizers?.length ? { finalizers } : {}),
    ...(ownerReferences?.length ? { ownerReferences } : {}),
  };
}

/** The part of the metadata that only the store writes. */
function systemMeta(meta: ObjectMeta): { -readonly [F in keyof ObjectMeta]: ObjectMeta[F] } {
  const { labels: _l, annotations: _a, finalizers: _f, ownerReferences: _o, ...system } = meta;
  return system;
}

/** Everything but metadata and status: `spec`, or `data` for a ConfigMap. */
function contentOf(object: AnyObject): Record<string, unknown> {
  const { apiVersion: _a, kind: _k, metadata: _m, status: _s, ...content } = object;
  return content;
}

/** The content with the kind's defaults; throws Invalid when it breaks the kind's rules. */
function readyContent(kind: Kind, object: AnyObject): Record<string, unknown> {
  const content = applyDefaults(kind, contentOf(object));
  const problems = contentProblems(kind, content);
  if (problems.length > 0) throw invalid(kind, object.metadata.name, problems);
  return content;
}

function hasKeys(map: object): boolean {
  for (const _key in map) return true;
  return false;
}

function checkName(kind: Kind, name: string): void {
  if (!name) {
    const message = 'Required value: name or generateName is required';
    throw invalid(kind, '', [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }]);
  }
  const problems = nameProblems(name);
  if (problems.length === 0) return;
  const causes = problems.map(problem => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: ${JSON.stringify(name)}: ${problem}`,
    field: 'metadata.name',
  }));
  throw invalid(kind, name, causes);
}

function checkPreconditions(
  kind: Kind,
  old: AnyObject,
  { uid, resourceVersion }: { uid?: string; resourceVersion?: string },
): void {
  if (uid && uid !== old.metadata.uid) throw wrongUid(kind, old, uid);
  if (!resourceVersion || resourceVersion === old.metadata.resourceVersion) return;
  const actual = old.metadata.resourceVersion;
  throw preconditionFailed(
    kind,
    old,
    `ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${actual}`,
  );
}

function wrongUid(kind: Kind, old: AnyObject, uid: string): StatusError {
  return preconditionFailed(kind, old, `UID in precondition: ${uid}, UID in object meta: ${old.metadata.uid}`);
}

function preconditionFailed(kind: Kind, old: AnyObject, what: string): StatusError {
  const { plural } = kindInfo(kind);
  const { name } = old.metadata;
  const message = `Operation cannot be fulfilled on ${plural}.tilt.dev "${name}": Precondition failed: ${what}`;
  return new StatusError('Conflict', message, { name, group: 'tilt.dev', kind: plural });
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
