// The pods of one cluster, as far as somebody looks: one watch for each namespace, every pod known by all that own it.
// An event of one pod costs that pod's owners only.
import type { KubeClient, KubeError, KubeObject } from '../../adapters/kube/port.ts';
import { makeAbortController } from '../../base/abort.ts';
import { type Disposable, Scope, toDisposable } from '../../base/disposable.ts';
import type { OwnerChain } from './owner-trees.ts';
import { OwnerTrees } from './owner-trees.ts';

export interface KnownPod {
  readonly object: KubeObject;
  /** Its own uid, then those of its owners, nearest first. */
  readonly chain: OwnerChain;
  /** It completed and then left the cluster: kept until another takes its place. */
  readonly isDeleted: boolean;
  /** It ended before anybody told it to go. */
  readonly hasEnded?: boolean;
}

export interface PodIndexListener {
  /** A pod came, changed or went. */
  onPod(pod: KnownPod): void;
  /** The watch of a namespace stands still, or goes on (undefined). */
  onProblem?(namespace: string, problem: KubeError | undefined): void;
  /** Owners of pods may not be read. */
  onDenied?(error: KubeError): void;
  /** All pods of a namespace have been told for the first time. */
  onSynced?(namespace: string): void;
}

interface Watched {
  readonly scope: Scope;
  users: number;
  problem: KubeError | undefined;
  isSynced: boolean;
}

export class PodIndex implements Disposable {
  readonly #client: KubeClient;
  readonly #listeners = new Set<PodIndexListener>();
  readonly #stop = makeAbortController();
  readonly #owners: OwnerTrees;
  readonly #pods = new Map<string, KnownPod>();
  readonly #broken = new Set<string>();
  /** Uids by namespace and name. */
  readonly #byName = new Map<string, string>();
  /** By the uid of an owner, or of the pod itself. */
  readonly #descendants = new Map<string, Set<string>>();
  readonly #namespaces = new Map<string, Watched>();
  /** The newest version of each pod whose owners are being asked for. */
  readonly #resolving = new Map<string, KubeObject>();

  constructor(client: KubeClient) {
    this.#client = client;
    this.#owners = new OwnerTrees(client, this.#stop.signal, error => {
      for (const listener of this.#listeners) listener.onDenied?.(error);
    });
  }

  get owners(): OwnerTrees {
    return this.#owners;
  }

  /** Tells of every change until disposed. */
  on(listener: PodIndexListener): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }

  /** The pod of that name, the newest when several had it. */
  byName(namespace: string, name: string): KnownPod | undefined {
    const uid = this.#byName.get(`${namespace}/${name}`);
    return uid === undefined ? undefined : this.#pods.get(uid);
  }

  /** Everything in the namespace has been seen once. */
  isSynced(namespace: string): boolean {
    return this.#namespaces.get(namespace)?.isSynced ?? false;
  }

  /** Watches a namespace as long as somebody wants it. */
  use(namespace: string): Disposable {
    const watched = this.#namespaces.get(namespace) ?? this.#watch(namespace);
    watched.users++;
    let isUsed = true;
    return {
      dispose: () => {
        if (!isUsed) return;
        isUsed = false;
        if (--watched.users === 0) this.#leave(namespace, watched);
      },
    };
  }

  /** What keeps the pods of a namespace from being known. */
  problem(namespace: string): KubeError | undefined {
    return this.#namespaces.get(namespace)?.problem;
  }

  /** Pods that the object with that uid brought, itself included when it is one. */
  descendants(uid: string): KnownPod[] {
    return [...(this.#descendants.get(uid) ?? [])].map(pod => this.#pods.get(pod)!);
  }

  all(): Iterable<KnownPod> {
    return this.#pods.values();
  }

  /** Pods of which not all owners may be read. */
  *broken(): Iterable<KnownPod> {
    for (const uid of this.#broken) yield this.#pods.get(uid)!;
  }

  /** Forgets pods that have left the cluster. */
  forget(uids: Iterable<string>): void {
    for (const uid of uids) {
      const pod = this.#pods.get(uid);
      if (pod?.isDeleted) this.#drop(pod);
    }
  }

  dispose(): void {
    this.#stop.abort();
    for (const watched of this.#namespaces.values()) watched.scope.dispose();
    this.#namespaces.clear();
  }

  #watch(namespace: string): Watched {
    const scope = new Scope();
    const watched: Watched = { scope, users: 0, problem: undefined, isSynced: false };
    this.#namespaces.set(namespace, watched);
    scope.add(
      this.#client.watch(
        { apiVersion: 'v1', kind: 'Pod', namespace },
        {
          onObject: object => this.#take(object),
          onDeleted: object => this.#takeDeleted(object),
          onSynced: () => {
            if (watched.isSynced) return;
            watched.isSynced = true;
            for (const listener of this.#listeners) listener.onSynced?.(namespace);
          },
          onProblem: problem => {
            watched.problem = problem;
            for (const listener of this.#listeners) listener.onProblem?.(namespace, problem);
          },
        },
      ),
    );
    return watched;
  }

  #leave(namespace: string, watched: Watched): void {
    watched.scope.dispose();
    this.#namespaces.delete(namespace);
    for (const pod of [...this.#pods.values()]) if (pod.object.metadata.namespace === namespace) this.#drop(pod);
  }

  #take(object: KubeObject): void {
    const { uid = '', namespace = '', ownerReferences = [] } = object.metadata;
    this.#owners.learn(object);
    const isAsking = this.#resolving.has(uid);
    const chain = this.#owners.chainOf(uid, ownerReferences, namespace);
    if (!(chain instanceof Promise)) {
      this.#resolving.delete(uid);
      this.#put({ object, chain, isDeleted: false });
      return;
    }
    this.#resolving.set(uid, object);
    if (isAsking) return;
    void chain.then(found => {
      const newest = this.#resolving.get(uid);
      this.#resolving.delete(uid);
      if (newest && this.#namespaces.has(namespace)) this.#put({ object: newest, chain: found, isDeleted: false });
    });
  }

  #put(seen: KnownPod): void {
    const { uid = '', deletionTimestamp } = seen.object.metadata;
    const hasEnded = this.#pods.get(uid)?.hasEnded || (deletionTimestamp === undefined && isOver(seen.object));
    const pod = { ...seen, hasEnded };
    this.#pods.set(uid, pod);
    if (pod.chain.isBroken) this.#broken.add(uid);
    else this.#broken.delete(uid);
    this.#byName.set(`${pod.object.metadata.namespace}/${pod.object.metadata.name}`, uid);
    for (const owner of pod.chain.uids) {
      const pods = this.#descendants.get(owner);
      if (pods) pods.add(uid);
      else this.#descendants.set(owner, new Set([uid]));
    }
    this.#tell(pod);
  }

  #tell(pod: KnownPod): void {
    for (const listener of this.#listeners) listener.onPod(pod);
  }

  #takeDeleted(object: KubeObject): void {
    const { uid = '' } = object.metadata;
    this.#resolving.delete(uid);
    const known = this.#pods.get(uid);
    if (!known) return;
    // A Job's pod may be cleared away when it is done; what became of it is still wanted.
    if (known.hasEnded) this.#put({ ...known, object, isDeleted: true });
    else {
      this.#drop(known);
      this.#tell(known);
    }
  }

  #drop({ object, chain }: KnownPod): void {
    const { uid = '' } = object.metadata;
    this.#pods.delete(uid);
    this.#broken.delete(uid);
    const named = `${object.metadata.namespace}/${object.metadata.name}`;
    if (this.#byName.get(named) === uid) this.#byName.delete(named);
    this.#owners.forget(uid);
    for (const owner of chain.uids) {
      const pods = this.#descendants.get(owner);
      pods?.delete(uid);
      if (pods?.size === 0) this.#descendants.delete(owner);
    }
  }
}

function isOver(pod: KubeObject): boolean {
  const { phase } = (pod['status'] ?? {}) as { readonly phase?: string };
  return phase === 'Succeeded' || phase === 'Failed';
}
