// What the workloads of each resource say of themselves, as the cluster has them now: somebody may have scaled or deleted
// them, and the cluster may refuse to make their pods. One watch for each kind and namespace.
import type { KubeConnection, KubeObject, WatchPlace } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';
import { olderPodOf } from '../../engine/kubernetes-pods.ts';
import {
  madeAnew,
  type OlderPod,
  troubleNamed,
  type WorkloadFacts,
  type WorkloadTrouble,
  workloadFacts,
  workloadKinds,
  workloadTrouble,
} from '../../engine/workload-trouble.ts';
import type { Store } from '../../store/port.ts';
import type { AppliedObject } from '../applied-objects.ts';
import { type ClusterConnections, defaultCluster } from '../cluster-connections.ts';
import type { Controller } from '../runtime/controller.ts';
import type { LeavingObjects } from './leaving-objects.ts';
import type { MissingRights } from './missing-rights.ts';
import { PlaceWatches } from './place-watches.ts';

export interface WorkloadsDeps {
  readonly store: Store;
  readonly connections: ClusterConnections;
  readonly rights: MissingRights;
  readonly leaving: LeavingObjects;
  /** What a resource has in its cluster. */
  readonly appliedBy: (resource: string) => readonly AppliedObject[];
  /** What is said of a resource is something else. */
  readonly onChange: (resource: string) => void;
}

export class Workloads implements Controller, Disposable {
  readonly name = 'workloads';
  readonly watches = {
    KubernetesApply: (name: string) => [name],
    // What another resource made anew is there under another uid.
    KubernetesDiscovery: (name: string) => (this.#isStale(name) ? [name] : []),
    Cluster: () => this.#all(),
  };
  readonly #deps: WorkloadsDeps;
  readonly #watches: PlaceWatches;
  /** By uid, of everything that is watched; what was deleted stays as long as a resource counts on it. */
  readonly #facts = new Map<string, WorkloadFacts>();
  /** Resources by the uid of what they deployed, which several may share, and the other way round. */
  readonly #owners = new Map<string, ReadonlySet<string>>();
  readonly #uids = new Map<string, readonly string[]>();
  /** Uids of what is there now, by address. */
  readonly #there = new Map<KubeConnection, Map<string, string>>();
  /** Resources by the address of what they deployed. */
  readonly #namesakes = new Map<string, string>();

  constructor(deps: WorkloadsDeps) {
    this.#deps = deps;
    this.#watches = new PlaceWatches((connection, place) => ({
      onObject: object => this.#see(connection, place, { object, isDeleted: false }),
      onDeleted: object => this.#see(connection, place, { object, isDeleted: true }),
      onProblem: problem => {
        if (problem?.code === 403)
          deps.rights.tell(problem, `Nobody says when a ${place.kind} is scaled or deleted by somebody else.`);
      },
    }));
  }

  /** What keeps a resource from having pods; undefined when nothing of it says so. What has failed goes before the rest. */
  trouble(resource: string): WorkloadTrouble | undefined {
    const own = this.#workloads(resource);
    const connection = this.#connectionOf(resource);
    const found = own.flatMap(object => {
      const trouble = this.#troubleOf(object, connection, () => this.#olderPod(resource, object));
      if (!trouble) return [];
      return own.length === 1 ? trouble : troubleNamed(trouble, `${object.ref.kind} ${object.ref.name}`);
    });
    return found.find(({ isFailure }) => isFailure) ?? found.find(({ isRefusal }) => isRefusal) ?? found[0];
  }

  #troubleOf(
    { ref, uid, isScaledToZero = false }: AppliedObject,
    connection: KubeConnection | undefined,
    olderPod: () => OlderPod | undefined,
  ): WorkloadTrouble | undefined {
    const facts = this.#deps.leaving.has(uid) ? undefined : this.#facts.get(uid);
    if (!facts || !connection) return undefined;
    const there = this.#there.get(connection)?.get(addressOf(placeOf(ref, connection), ref.name)) ?? uid;
    if (there !== uid) return madeAnew;
    const deletedBy = this.#deps.leaving.takerOf(uid);
    return workloadTrouble(facts, { wasScaledToZero: isScaledToZero, olderPod: olderPod(), deletedBy });
  }

  #olderPod(resource: string, { uid, podTemplateHashes }: AppliedObject): OlderPod | undefined {
    const pods = this.#deps.store.get('KubernetesDiscovery', resource)?.status?.pods ?? [];
    return olderPodOf(
      pods.filter(({ ancestorUID }) => ancestorUID === uid),
      new Set(podTemplateHashes),
    );
  }

  dispose(): void {
    this.#watches.dispose();
  }

  reconcile(name: string): undefined {
    const own = this.#deps.store.get('KubernetesApply', name) ? this.#workloads(name) : [];
    this.#own(
      name,
      own.map(({ uid }) => uid),
    );
    const connection = this.#connectionOf(name);
    if (!connection) return undefined;
    for (const { ref } of own) {
      const place = placeOf(ref, connection);
      this.#namesakes.set(addressOf(place, ref.name), name);
      this.#watches.watch(connection, place);
    }
    return undefined;
  }

  #connectionOf(resource: string): KubeConnection | undefined {
    const { store, connections } = this.#deps;
    return connections.get(store.get('KubernetesApply', resource)?.spec?.cluster || defaultCluster);
  }

  #isStale(resource: string): boolean {
    const known = this.#uids.get(resource) ?? [];
    return this.#workloads(resource).some(({ uid }) => !known.includes(uid));
  }

  #all(): string[] {
    return this.#deps.store.list('KubernetesApply').map(({ metadata }) => metadata.name);
  }

  #workloads(resource: string): AppliedObject[] {
    return this.#deps.appliedBy(resource).filter(({ ref, uid }) => uid !== '' && workloadKinds.has(ref.kind));
  }

  #own(resource: string, uids: readonly string[]): void {
    for (const uid of this.#uids.get(resource) ?? []) {
      if (uids.includes(uid)) continue;
      const others = new Set(this.#owners.get(uid));
      others.delete(resource);
      if (others.size > 0) this.#owners.set(uid, others);
      else this.#owners.delete(uid);
      if (others.size === 0 && this.#facts.get(uid)?.isDeleted) this.#facts.delete(uid);
    }
    for (const uid of uids) this.#owners.set(uid, new Set(this.#owners.get(uid)).add(resource));
    if (uids.length > 0) this.#uids.set(resource, uids);
    else this.#uids.delete(resource);
  }

  #see(connection: KubeConnection, place: WatchPlace, { object, isDeleted }: Seen): void {
    const { uid = '', name } = object.metadata;
    const address = addressOf(place, name);
    const there = this.#there.get(connection) ?? new Map<string, string>();
    this.#there.set(connection, there);
    const before = there.get(address);
    if (!isDeleted) there.set(address, uid);
    else if (before === uid) there.delete(address);
    this.#take(object, isDeleted);
    const namesake = this.#namesakes.get(address);
    if (namesake !== undefined && !this.#owners.has(uid) && before !== there.get(address))
      this.#deps.onChange(namesake);
  }

  #take(object: KubeObject, isDeleted: boolean): void {
    const { uid = '' } = object.metadata;
    const owners = this.#owners.get(uid);
    const before = this.#facts.get(uid);
    const seen = workloadFacts(object);
    const facts = isDeleted ? { ...seen, isDeleted } : seen;
    if (isDeleted && !owners) this.#facts.delete(uid);
    else this.#facts.set(uid, facts);
    if (!owners || JSON.stringify(before) === JSON.stringify(facts)) return;
    for (const owner of owners) this.#deps.onChange(owner);
  }
}

interface Seen {
  readonly object: KubeObject;
  readonly isDeleted: boolean;
}

function placeOf({ apiVersion, kind, namespace }: AppliedObject['ref'], { client }: KubeConnection): WatchPlace {
  return { apiVersion, kind, namespace: namespace ?? client.namespace };
}

function addressOf({ apiVersion, kind, namespace = '' }: WatchPlace, name: string): string {
  return `${apiVersion} ${kind} ${namespace}/${name}`;
}
