// What the workloads of each resource say of themselves, as the cluster has them now: somebody may have scaled or deleted
// them, and the cluster may refuse to make their pods. One watch for each kind and namespace.
import type { KubeConnection, KubeObject } from '../../adapters/kube/port.ts';
import type { Disposable } from '../../base/disposable.ts';
import {
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
  readonly watches = { KubernetesApply: (name: string) => [name], Cluster: () => this.#all() };
  readonly #deps: WorkloadsDeps;
  readonly #watches: PlaceWatches;
  /** By uid, of everything that is watched; what was deleted stays as long as a resource counts on it. */
  readonly #facts = new Map<string, WorkloadFacts>();
  /** Resources by the uid of what they deployed, and the other way round. */
  readonly #owners = new Map<string, string>();
  readonly #uids = new Map<string, readonly string[]>();

  constructor(deps: WorkloadsDeps) {
    this.#deps = deps;
    this.#watches = new PlaceWatches((_connection, { kind }) => ({
      onObject: object => this.#take(object, false),
      onDeleted: object => this.#take(object, true),
      onProblem: problem => {
        if (problem?.code === 403)
          deps.rights.tell(problem, `Nobody says when a ${kind} is scaled or deleted by somebody else.`);
      },
    }));
  }

  /** What keeps a resource from having pods; undefined when nothing of it says so. */
  trouble(resource: string): WorkloadTrouble | undefined {
    const own = this.#workloads(resource);
    for (const { ref, uid, isScaledToZero = false } of own) {
      const facts = this.#deps.leaving.has(uid) ? undefined : this.#facts.get(uid);
      const found = facts && workloadTrouble(facts, { wasScaledToZero: isScaledToZero });
      if (found) return own.length === 1 ? found : { ...found, text: `${ref.kind} ${ref.name}: ${found.text}` };
    }
    return undefined;
  }

  dispose(): void {
    this.#watches.dispose();
  }

  reconcile(name: string): undefined {
    const { store, connections } = this.#deps;
    const apply = store.get('KubernetesApply', name);
    const own = apply ? this.#workloads(name) : [];
    this.#own(
      name,
      own.map(({ uid }) => uid),
    );
    const connection = connections.get(apply?.spec?.cluster || defaultCluster);
    if (connection) for (const { ref } of own) this.#watch(connection, ref);
    return undefined;
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
      this.#owners.delete(uid);
      if (this.#facts.get(uid)?.isDeleted) this.#facts.delete(uid);
    }
    for (const uid of uids) this.#owners.set(uid, resource);
    if (uids.length > 0) this.#uids.set(resource, uids);
    else this.#uids.delete(resource);
  }

  #watch(connection: KubeConnection, { apiVersion, kind, namespace }: AppliedObject['ref']): void {
    this.#watches.watch(connection, { apiVersion, kind, namespace: namespace ?? connection.client.namespace });
  }

  #take(object: KubeObject, isDeleted: boolean): void {
    const { uid = '' } = object.metadata;
    const owner = this.#owners.get(uid);
    const before = this.#facts.get(uid);
    const seen = workloadFacts(object);
    const facts = isDeleted ? { ...seen, isDeleted } : seen;
    if (isDeleted && owner === undefined) this.#facts.delete(uid);
    else this.#facts.set(uid, facts);
    if (owner !== undefined && JSON.stringify(before) !== JSON.stringify(facts)) this.#deps.onChange(owner);
  }
}
