// Who is connected to which cluster. The Cluster controller keeps it; everything that talks to a cluster asks it by the
// name of the Cluster object, and is woken by a change of that object.
import type { KubeConnection } from '../adapters/kube/port.ts';
import type { Store } from '../store/port.ts';

/** Name of the Cluster object that resources of a Tiltfile deploy to (reference 3.1). */
export const defaultCluster = 'default';

export interface ClusterConnections {
  /** The connection of that Cluster object; undefined while there is none, or none yet. It changes when the object is connected anew. */
  get(cluster: string): KubeConnection | undefined;
}

/** Why there is no connection of that name: nobody made such a Cluster object, or it has none yet. */
export function withoutConnection(store: Pick<Store, 'get'>, cluster: string): string {
  return store.get('Cluster', cluster) ? 'the cluster is not connected' : `there is no cluster ${cluster}`;
}
