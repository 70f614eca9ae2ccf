// An object that moves from one resource to another is never deleted in between: which of the two is looked at first is
// chance.
import type { ObjectRef } from '../adapters/kube/port.ts';
import { objectsOfSpec } from '../build/kubernetes/deploy.ts';
import { groupOf } from '../domain/kubernetes/entity.ts';
import { disablement } from '../engine/disable-status.ts';
import type { Store } from '../store/port.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';

interface Deps {
  readonly store: Store;
  readonly connections: ClusterConnections;
}

/** True when a KubernetesApply other than `owner`, which is not switched off, names the object in its YAML. */
export function wantedByAnother({ store, connections }: Deps, owner: string, ref: ObjectRef): boolean {
  return store.list('KubernetesApply').some(({ metadata, spec }) => {
    if (metadata.name === owner || metadata.deletionTimestamp || !spec?.yaml?.includes(ref.name)) return false;
    if (disablement(spec.disableSource, map => store.get('ConfigMap', map)).disabled) return false;
    const fallback = connections.get(spec.cluster || defaultCluster)?.client.namespace ?? '';
    try {
      return objectsOfSpec(spec).some(
        entity =>
          entity.name === ref.name &&
          entity.kind === ref.kind &&
          groupOf(entity) === groupOf(ref) &&
          (entity.namespace || fallback) === (ref.namespace ?? fallback),
      );
    } catch {
      // YAML that is none names nothing.
      return false;
    }
  });
}
