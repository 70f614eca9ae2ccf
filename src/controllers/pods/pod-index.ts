// The pods of one cluster, as far as somebody looks: one watch for each namespace, every pod known by all that own it.
// An event of one pod costs that pod's owners only.
import type { KubeClient, KubeError, KubeObject } from '../../adapters/kube/port.ts';
import { makeAbortController } from '../../base/abort.ts';
import { type Disposable, Scope } from '../../base/disposable.ts';
import type { OwnerChain } from './owner-trees.ts';
import { OwnerTrees } from './owner-trees.ts';

export interface KnownPod {
  readonly object: KubeObject;
  /** Its own uid, then those of its owners, nearest first. */
  readonly chain: OwnerChain;
  /** It completed and then left the cluster: kept until another takes its place. */
  readonly isDeleted: boolean;
}

export interface PodIndexListener {
  /** A pod came, changed or went. */
  onPod(pod: KnownPod): void;
  /** The watch of a namespace stands still, or goes on (undefined). */
  onProblem(namespace: string, problem: KubeError | undefined): void;
}

interface Watched {
  readonly scope: Scope;
  users: number;
  problem: KubeError | undefined;
}

export class PodIndex implements Disposable {
  readonly #client: KubeClient;
  readonly #listener: PodIndexListener;
  readonly #stop = makeAbortController();
  readonly #owners: OwnerTrees;
  readonly #pods = new Map<string, KnownPod>();
  /** By the uid of an owner, or of the pod itself. */
  readonly #descendants = new Map<string, Set<string>>();
  readonly #namespaces = new Map<string, Watched>();
  /** The newest version of each pod whose owners are being asked for. */
  readonly #resolving = new Map<string, KubeObject>();

  constructor(client: KubeClient, listener: PodIndexListener) {
    this.#client = client;
    this.#listener = listener;
    this.#owners = new OwnerTrees(client, this.#stop.signal);
  }

  get owners(): OwnerTrees {
    return this.#owners;
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
    const watched: Watched = { scope, users: 0, problem: undefined };
    this.#namespaces.set(namespace, watched);
    scope.add(
      this.#client.watch(
        { apiVersion: 'v1', kind: 'Pod', namespace },
        {
          onObject: object => this.#take(object),
          onDeleted: object => this.#takeDeleted(object),
          onProblem: problem => {
            watched.problem = problem;
            this.#listener.onProblem(namespace, problem);
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

  #put(pod: KnownPod): void {
    const { uid = '' } = pod.object.metadata;
    this.#pods.set(uid, pod);
    for (const owner of pod.chain.uids) {
      const pods = this.#descendants.get(owner);
      if (pods) pods.add(uid);
      else this.#descendants.set(owner, new Set([uid]));
    }
    this.#listener.onPod(pod);
  }

  #takeDeleted(object: KubeObject): void {
    const { uid = '' } = object.metadata;
    this.#resolving.delete(uid);
    const known = this.#pods.get(uid);
    if (!known) return;
    const phase = (object['status'] as { phase?: string } | undefined)?.phase;
    // A Job's pod may be cleared away when it is done; what became of it is still wanted.
    if (phase === 'Succeeded' || phase === 'Failed') this.#put({ ...known, object, isDeleted: true });
    else {
      this.#drop(known);
      this.#listener.onPod(known);
    }
  }

  #drop({ object, chain }: KnownPod): void {
    const { uid = '' } = object.metadata;
    this.#pods.delete(uid);
    this.#owners.forget(uid);
    for (const owner of chain.uids) {
      const pods = this.#descendants.get(owner);
      pods?.delete(uid);
      if (pods?.size === 0) this.#descendants.delete(owner);
    }
  }
}
