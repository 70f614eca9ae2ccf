// A Kubernetes cluster in memory: objects, versions, watches, and failures when the test asks for them. Passes
// kube-contract.test.ts. Nothing runs in it: pods do what the test says (`put`, `setStatus`, `log`).
import { randomUUID } from 'node:crypto';
import {
  type CallOptions,
  type DeleteOptions,
  type Deletion,
  type ExecRequest,
  type ForwardRequest,
  type KubeClient,
  type KubeConnection,
  KubeError,
  type KubeFacts,
  type KubeObject,
  type ListOptions,
  type LogRequest,
  NoKindMatchError,
  type ObjectRef,
  type PatchOptions,
  type PodLine,
  type PodRef,
  type PodStream,
  type ResourceType,
  type ServerVersion,
  type WatchListener,
  type WatchPlace,
  type WriteOptions,
} from '../../../src/adapters/kube/port.ts';
import { parseLabelSelector } from '../../../src/api/selectors.ts';
import { type Disposable, toDisposable } from '../../../src/base/disposable.ts';
import { mergeRules } from '../../../src/domain/kubernetes/merge-rules.ts';
import { typeOfKind } from '../../../src/domain/kubernetes/types.ts';
import { applyJsonPatch, type PatchOperation } from '../../../src/domain/merge/json-patch.ts';
import { applyMergePatch } from '../../../src/domain/merge/merge-patch.ts';
import { applyStrategicMerge } from '../../../src/domain/merge/strategic-merge.ts';
import { builtinTypes, makeType } from './fake-kube-types.ts';

export interface FakeCall {
  readonly verb: 'get' | 'list' | 'create' | 'replace' | 'patch' | 'delete' | 'watch' | 'health' | 'version' | 'logs';
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** What was sent, for create, replace and patch. */
  readonly body?: unknown;
  readonly options?: unknown;
}

type Mutable = Record<string, unknown> & { metadata: Record<string, unknown> & { name: string } };

interface Watcher {
  readonly place: WatchPlace;
  readonly listener: WatchListener;
  isStuck: boolean;
}

export class FakeKube implements KubeClient {
  readonly namespace: string;
  /** Every request, in order. */
  readonly calls: FakeCall[] = [];
  /** Looks at each request first; an error it returns is the answer. A watch stands still while its place is refused. */
  refuse: (call: FakeCall) => KubeError | undefined = () => undefined;
  /** What cannot be done although asked (`canI`), by verb and resource. */
  mayNot: (verb: string, resource: string, namespace: string | undefined) => boolean = () => false;
  serverVersion: ServerVersion = { gitVersion: 'v1.34.0', platform: 'linux/amd64' };
  onExec: (request: ExecRequest) => Promise<{ readonly exitCode: number }> = async () => ({ exitCode: 0 });
  onDial: (request: ForwardRequest, options: { readonly signal: AbortSignal }) => Promise<PodStream> = async ({
    port,
  }) => {
    throw new KubeError(`error forwarding port ${port}: connection refused`, { code: 0, reason: 'PortForward' });
  };
  /** Like a server that does not hold such connections. */
  onHoldLine: (pod: PodRef, options: CallOptions) => Promise<PodLine> = async () => {
    throw new KubeError('not here', { code: 405 });
  };
  onLogs: (request: LogRequest, signal: AbortSignal) => AsyncIterable<Uint8Array> = async function* () {};
  isDisposed = false;
  readonly #types: ResourceType[] = builtinTypes();
  readonly #objects = new Map<string, KubeObject>();
  readonly #watchers = new Set<Watcher>();
  #version = 0;

  constructor(namespace = 'default') {
    this.namespace = namespace;
    for (const name of new Set(['default', 'kube-system', 'kube-public', namespace]))
      this.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }

  /** This cluster as something that was connected to. */
  connection(facts: Partial<KubeFacts> = {}): KubeConnection {
    const server = 'https://fake:6443';
    const all = { context: 'kind-fake', cluster: 'kind-fake', namespace: this.namespace, product: 'kind', server };
    return { facts: { ...all, ...facts }, client: this, frozenKubeconfig: 'apiVersion: v1\nkind: Config\n' };
  }

  /** Serves one more kind, as a CRD does. */
  addType(apiVersion: string, kind: string, plural: string, isNamespaced = true): void {
    this.#types.push(makeType(apiVersion, kind, plural, isNamespaced));
  }

  /** The cluster itself writes the object, whatever was there, status included. */
  put(object: KubeObject): KubeObject {
    const type = this.#typeOf(object.apiVersion, object.kind);
    const key = keyOf(type, object.kind, this.#spaceOf(type, object.metadata.namespace), object.metadata.name);
    return this.#store(key, type, object, this.#objects.get(key));
  }

  /** The cluster itself changes the status. */
  setStatus(ref: ObjectRef, status: unknown): KubeObject {
    return this.put({ ...this.#find(ref).object, status });
  }

  /** The cluster itself takes the object away, finalizers or not. */
  remove(ref: ObjectRef): void {
    const { key, object } = this.#find(ref);
    this.#drop(key, object);
  }

  /** Every object of a kind, for assertions. */
  all(kind: string): readonly KubeObject[] {
    return [...this.#objects.values()].filter(object => object.kind === kind);
  }

  /** Watches that are open. */
  get watchCount(): number {
    return this.#watchers.size;
  }

  /** Lets watches look again whether they are refused (`refuse`). */
  recheckWatches(): void {
    for (const watcher of [...this.#watchers]) this.#begin(watcher, watcher.isStuck);
  }

  async version(options: CallOptions): Promise<ServerVersion> {
    await this.#enter({ verb: 'version', kind: '', name: '', namespace: '' }, options);
    return this.serverVersion;
  }

  async checkHealth(options: CallOptions): Promise<void> {
    await this.#enter({ verb: 'health', kind: '', name: '', namespace: '' }, options);
  }

  async resourceType(apiVersion: string, kind: string, options: CallOptions): Promise<ResourceType> {
    options.signal.throwIfAborted();
    return this.#typeOf(apiVersion, kind);
  }

  forgetTypes(): void {}

  async get(ref: ObjectRef, options: CallOptions): Promise<KubeObject> {
    await this.#enter({ verb: 'get', ...this.#named(ref) }, options);
    return this.#find(ref).object;
  }

  async list(apiVersion: string, kind: string, options: ListOptions): Promise<readonly KubeObject[]> {
    await this.#enter({ verb: 'list', kind, name: '', namespace: options.namespace ?? '' }, options);
    return this.#select({ ...options, apiVersion, kind });
  }

  async create(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const { name } = metadata;
    await this.#enter({ verb: 'create', ...this.#named({ ...metadata, apiVersion, kind }), body: object }, options);
    const type = this.#typeOf(apiVersion, kind);
    const namespace = this.#spaceOf(type, metadata.namespace);
    const key = keyOf(type, kind, namespace, name);
    if (this.#objects.has(key))
      throw new KubeError(`${qualified(type)} ${JSON.stringify(name)} already exists`, {
        code: 409,
        reason: 'AlreadyExists',
      });
    if (type.isNamespaced && !this.#objects.has(`/Namespace//${namespace}`)) throw notFound('namespaces', namespace);
    const { status: _status, ...rest } = object;
    return this.#commit(key, type, rest as KubeObject, undefined, options);
  }

  async replace(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const ref = { ...object.metadata, apiVersion: object.apiVersion, kind: object.kind };
    await this.#enter({ verb: 'replace', ...this.#named(ref), body: object }, options);
    const { key, type, object: before } = this.#find(ref);
    const wanted = object.metadata.resourceVersion;
    if (wanted !== undefined && wanted !== before.metadata.resourceVersion) throw conflict(type, ref.name);
    return this.#commit(key, type, { ...object, ...statusOf(before) }, before, options);
  }

  async patch(ref: ObjectRef, patch: unknown, options: PatchOptions): Promise<KubeObject> {
    await this.#enter({ verb: 'patch', ...this.#named(ref), body: patch, options }, options);
    if (options.type === 'apply' && !this.#has(ref)) {
      const object = patch as KubeObject;
      const type = this.#typeOf(ref.apiVersion, ref.kind);
      const key = keyOf(type, ref.kind, this.#spaceOf(type, ref.namespace), ref.name);
      return this.#commit(key, type, object, undefined, options);
    }
    const { key, type, object: before } = this.#find(ref);
    const after = patched(before, patch, options.type) as KubeObject;
    const wanted = after.metadata.resourceVersion;
    if (wanted !== before.metadata.resourceVersion) throw conflict(type, ref.name);
    return this.#commit(key, type, { ...after, ...statusOf(before) }, before, options);
  }

  async delete(ref: ObjectRef, options: DeleteOptions): Promise<Deletion> {
    await this.#enter({ verb: 'delete', ...this.#named(ref), options }, options);
    const { key, type, object } = this.#find(ref);
    if (options.uid !== undefined && options.uid !== object.metadata.uid)
      throw new KubeError(
        `Operation cannot be fulfilled on ${qualified(type)} ${JSON.stringify(ref.name)}: the UID in the precondition (${options.uid}) does not match the UID in record (${object.metadata.uid}). The object might have been deleted and then recreated`,
        { code: 409, reason: 'Conflict' },
      );
    if ((object.metadata.finalizers ?? []).length > 0) {
      const deletionTimestamp = object.metadata.deletionTimestamp ?? new Date().toISOString();
      this.#store(key, type, { ...object, metadata: { ...object.metadata, deletionTimestamp } }, object);
      return { uid: object.metadata.uid ?? '', isGone: false };
    }
    this.#drop(key, object, options.propagation ?? 'Background');
    return { uid: object.metadata.uid ?? '', isGone: true };
  }

  async canI(question: Parameters<KubeClient['canI']>[0], options: CallOptions): Promise<boolean> {
    options.signal.throwIfAborted();
    return !this.mayNot(question.verb, question.resource, question.namespace);
  }

  watch(place: WatchPlace, listener: WatchListener): Disposable {
    const watcher: Watcher = { place, listener, isStuck: true };
    this.#watchers.add(watcher);
    queueMicrotask(() => this.#begin(watcher, true));
    return toDisposable(() => this.#watchers.delete(watcher));
  }

  logs(request: LogRequest, { signal }: { readonly signal: AbortSignal }): AsyncIterable<Uint8Array> {
    this.calls.push({ verb: 'logs', kind: 'Pod', ...request.pod, options: request });
    return this.onLogs(request, signal);
  }

  async dial(request: ForwardRequest, options: { readonly signal: AbortSignal }): Promise<PodStream> {
    return this.onDial(request, options);
  }

  async holdLine(pod: PodRef, options: CallOptions): Promise<PodLine> {
    return this.onHoldLine(pod, options);
  }

  async exec(request: ExecRequest): Promise<{ readonly exitCode: number }> {
    return this.onExec(request);
  }

  async openTerminal(): Promise<never> {
    throw new KubeError('nothing runs here', { code: 404, reason: 'NotFound' });
  }

  dispose(): void {
    this.isDisposed = true;
    this.#watchers.clear();
  }

  /** An answer takes a turn, as the network does. */
  async #enter(call: FakeCall, { signal }: CallOptions): Promise<void> {
    signal.throwIfAborted();
    this.calls.push(call);
    await new Promise(resolve => setImmediate(resolve));
    signal.throwIfAborted();
    const refusal = this.refuse(call);
    if (refusal) throw refusal;
  }

  #named(ref: ObjectRef): Pick<FakeCall, 'kind' | 'name' | 'namespace'> {
    const type = this.#typeOf(ref.apiVersion, ref.kind);
    return { kind: ref.kind, name: ref.name, namespace: this.#spaceOf(type, ref.namespace) };
  }

  #typeOf(apiVersion: string, kind: string): ResourceType {
    const type = this.#types.find(
      ({ group, version, kind: own }) => own === kind && apiVersion === (group ? `${group}/${version}` : version),
    );
    if (!type) throw new NoKindMatchError(apiVersion, kind);
    return type;
  }

  #spaceOf(type: ResourceType, namespace: string | undefined): string {
    return type.isNamespaced ? namespace || this.namespace : '';
  }

  #has(ref: ObjectRef): boolean {
    const type = this.#typeOf(ref.apiVersion, ref.kind);
    return this.#objects.has(keyOf(type, ref.kind, this.#spaceOf(type, ref.namespace), ref.name));
  }

  #find(ref: ObjectRef): { readonly key: string; readonly type: ResourceType; readonly object: KubeObject } {
    const type = this.#typeOf(ref.apiVersion, ref.kind);
    const key = keyOf(type, ref.kind, this.#spaceOf(type, ref.namespace), ref.name);
    const object = this.#objects.get(key);
    if (!object) throw notFound(qualified(type), ref.name);
    return { key, type, object };
  }

  #commit(
    key: string,
    type: ResourceType,
    object: KubeObject,
    before: KubeObject | undefined,
    options: WriteOptions,
  ): KubeObject {
    if (options.dryRun) return this.#completed(type, object, before, this.#version);
    return this.#store(key, type, object, before);
  }

  #store(key: string, type: ResourceType, object: KubeObject, before: KubeObject | undefined): KubeObject {
    const same = before && this.#completed(type, object, before, Number(before.metadata.resourceVersion));
    if (same && JSON.stringify(same) === JSON.stringify(before)) return before;
    const isOver = object.metadata.deletionTimestamp && (object.metadata.finalizers ?? []).length === 0;
    const whole = this.#completed(type, object, before, ++this.#version);
    if (isOver && before) {
      this.#drop(key, whole);
      return whole;
    }
    this.#objects.set(key, whole);
    if (object.kind === 'CustomResourceDefinition') this.#addDefined(object);
    this.#tell(whole, listener => listener.onObject(whole));
    return whole;
  }

  #completed(type: ResourceType, object: KubeObject, before: KubeObject | undefined, version: number): KubeObject {
    const whole = JSON.parse(JSON.stringify(object)) as Mutable;
    const isNew = !before || JSON.stringify(before['spec']) !== JSON.stringify(object['spec']);
    const space = this.#spaceOf(type, object.metadata.namespace);
    Object.assign(whole.metadata, {
      ...(space ? { namespace: space } : {}),
      uid: before?.metadata.uid ?? object.metadata.uid ?? randomUUID(),
      resourceVersion: String(version),
      generation: (before?.metadata.generation ?? 0) + (isNew ? 1 : 0),
      creationTimestamp:
        before?.metadata.creationTimestamp ?? object.metadata.creationTimestamp ?? new Date().toISOString(),
    });
    return whole as unknown as KubeObject;
  }

  #addDefined(definition: KubeObject): void {
    const spec = definition['spec'] as {
      readonly group: string;
      readonly scope: string;
      readonly names: { readonly kind: string; readonly plural: string };
      readonly versions: readonly { readonly name: string }[];
    };
    for (const { name } of spec.versions)
      this.addType(`${spec.group}/${name}`, spec.names.kind, spec.names.plural, spec.scope === 'Namespaced');
  }

  #drop(key: string, object: KubeObject, propagation: DeleteOptions['propagation'] = 'Background'): void {
    if (!this.#objects.delete(key)) return;
    this.#version++;
    this.#tell(object, listener => listener.onDeleted(object));
    for (const [other, dependent] of [...this.#objects]) {
      const isInside = object.kind === 'Namespace' && dependent.metadata.namespace === object.metadata.name;
      const isOwned = dependent.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid);
      if (isInside || (isOwned && propagation !== 'Orphan')) this.#drop(other, dependent);
    }
  }

  #select(place: WatchPlace): readonly KubeObject[] {
    this.#typeOf(place.apiVersion, place.kind);
    return [...this.#objects.values()].filter(object => isIn(place, object)).map(object => seenAt(place, object));
  }

  #begin(watcher: Watcher, isNew: boolean): void {
    if (!this.#watchers.has(watcher)) return;
    const { place, listener } = watcher;
    const call: FakeCall = { verb: 'watch', kind: place.kind, name: '', namespace: place.namespace ?? '' };
    this.calls.push(call);
    const refusal = this.refuse(call) ?? this.#unknown(place);
    if (refusal) {
      watcher.isStuck = true;
      listener.onProblem?.(refusal);
      return;
    }
    const wasStuck = watcher.isStuck;
    watcher.isStuck = false;
    if (!isNew && !wasStuck) return;
    listener.onProblem?.(undefined);
    for (const object of this.#select(place)) listener.onObject(object);
    listener.onSynced?.();
  }

  #unknown({ apiVersion, kind }: WatchPlace): KubeError | undefined {
    try {
      this.#typeOf(apiVersion, kind);
      return undefined;
    } catch (error) {
      return error as KubeError;
    }
  }

  #tell(object: KubeObject, how: (listener: WatchListener) => void): void {
    const watchers = [...this.#watchers].filter(({ place, isStuck }) => !isStuck && isIn(place, object));
    queueMicrotask(() => {
      for (const watcher of watchers) if (this.#watchers.has(watcher)) how(watcher.listener);
    });
  }
}

function keyOf(type: ResourceType, kind: string, namespace: string, name: string): string {
  return `${type.group}/${kind}/${namespace}/${name}`;
}

function qualified({ plural, group }: ResourceType): string {
  return group === '' ? plural : `${plural}.${group}`;
}

function notFound(what: string, name: string): KubeError {
  return new KubeError(`${what} ${JSON.stringify(name)} not found`, { code: 404, reason: 'NotFound' });
}

function conflict(type: ResourceType, name: string): KubeError {
  return new KubeError(
    `Operation cannot be fulfilled on ${qualified(type)} ${JSON.stringify(name)}: the object has been modified; please apply your changes to the latest version and try again`,
    { code: 409, reason: 'Conflict' },
  );
}

function statusOf(object: KubeObject): { status?: unknown } {
  return object['status'] === undefined ? {} : { status: object['status'] };
}

/** Server-side apply is a merge here: no fields are owned. */
function patched(before: KubeObject, patch: unknown, type: PatchOptions['type']): unknown {
  const copy = JSON.parse(JSON.stringify(before));
  if (type === 'json') return applyJsonPatch(copy, patch as readonly PatchOperation[]);
  if (type === 'merge') return applyMergePatch(copy, patch);
  return applyStrategicMerge(copy, patch, mergeRules(typeOfKind(before.apiVersion, before.kind)).lists);
}

function isIn(place: WatchPlace, object: KubeObject): boolean {
  if (object.apiVersion !== place.apiVersion || object.kind !== place.kind) return false;
  if (place.namespace && object.metadata.namespace && object.metadata.namespace !== place.namespace) return false;
  if (place.labelSelector && !parseLabelSelector(place.labelSelector)(object as never)) return false;
  return (place.fieldSelector ?? '').split(',').every(term => term === '' || hasField(object, term));
}

function hasField(object: KubeObject, term: string): boolean {
  const [path = '', value] = term.split('=');
  const found = path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
  return String(found ?? '') === value;
}

function seenAt(place: WatchPlace, object: KubeObject): KubeObject {
  const { apiVersion, kind, metadata } = object;
  return place.metadataOnly ? { apiVersion, kind, metadata } : object;
}
