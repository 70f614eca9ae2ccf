// Addresses that the cluster publishes for what was deployed: load balancers and, on minikube, node ports
// (reference 4.10, LB links).
import type { KubeConnection, KubeObject } from '../../adapters/kube/port.ts';
import { annotations } from '../../api/meta.ts';
import type { Link } from '../../api/shared-types.ts';
import type { Disposable } from '../../base/disposable.ts';
import { type ServiceObject, serviceUrl } from '../../engine/service-url.ts';
import type { Store } from '../../store/port.ts';
import { type ClusterConnections, defaultCluster } from '../cluster-connections.ts';
import type { Controller } from '../runtime/controller.ts';
import { PlaceWatches } from './place-watches.ts';

export interface ServiceLinksDeps {
  readonly store: Store;
  readonly connections: ClusterConnections;
  /** Address of a node where node ports are open; undefined where there is none to be reached. */
  readonly nodeAddress: (connection: KubeConnection) => Promise<string | undefined>;
  /** What a resource has in its cluster, by kind and uid. */
  readonly servicesOf: (resource: string) => readonly { readonly namespace: string; readonly uid: string }[];
  /** The links of a resource are others. */
  readonly onChange: (resource: string) => void;
}

export class ServiceLinks implements Controller, Disposable {
  readonly name = 'service-links';
  readonly watches = { KubernetesApply: (name: string) => [name], Cluster: () => this.#all() };
  readonly #deps: ServiceLinksDeps;
  readonly #watches = new PlaceWatches(connection => ({
    onObject: object => this.#set(object, serviceUrl(object as ServiceObject, this.#addresses.get(connection))),
    onDeleted: object => this.#set(object, undefined),
  }));
  /** URL by the uid of a service. */
  readonly #urls = new Map<string, string>();
  readonly #owners = new Map<string, string>();
  readonly #addresses = new Map<KubeConnection, string | undefined>();

  constructor(deps: ServiceLinksDeps) {
    this.#deps = deps;
  }

  /** What the cluster publishes for a resource, sorted. */
  of(resource: string): readonly Link[] {
    const urls = this.#deps.servicesOf(resource).flatMap(({ uid }) => this.#urls.get(uid) ?? []);
    return urls.sort().map(url => ({ url }));
  }

  dispose(): void {
    this.#watches.dispose();
  }

  async reconcile(name: string): Promise<undefined> {
    const { store, connections, servicesOf, nodeAddress } = this.#deps;
    const apply = store.get('KubernetesApply', name);
    const resource = apply?.metadata.annotations?.[annotations.resource];
    const connection = connections.get(apply?.spec?.cluster || defaultCluster);
    if (!resource || !connection) return undefined;
    const services = servicesOf(resource);
    if (services.length > 0 && !this.#addresses.has(connection))
      this.#addresses.set(connection, await nodeAddress(connection));
    for (const { namespace, uid } of services) {
      this.#owners.set(uid, resource);
      this.#watches.watch(connection, { apiVersion: 'v1', kind: 'Service', namespace });
    }
    return undefined;
  }

  #all(): string[] {
    return this.#deps.store.list('KubernetesApply').map(({ metadata }) => metadata.name);
  }

  #set({ metadata: { uid = '' } }: KubeObject, url: string | undefined): void {
    if (this.#urls.get(uid) === url) return;
    if (url === undefined) this.#urls.delete(uid);
    else this.#urls.set(uid, url);
    const owner = this.#owners.get(uid);
    if (owner !== undefined) this.#deps.onChange(owner);
  }
}
