// The engine's view of resources, made from the store by key: a record is made anew only when an object behind it changed.
import type { BuildState, Manifest } from '../api/kinds-internal.ts';
import type { Cmd, ConfigMap } from '../api/kinds-local.ts';
import type { RuntimeStatus } from '../api/kinds-session.ts';
import { disablement } from '../engine/disable-status.ts';
import { type KubernetesRuntime, kubernetesStatus, podStatus } from '../engine/kubernetes-runtime.ts';
import { neverBuilt } from '../engine/pending-changes.ts';
import type { ResourceState } from '../engine/resource-state.ts';
import type { Store } from '../store/port.ts';
import { defaultCluster } from './cluster-connections.ts';
import type { KubernetesRuntimes } from './kubernetes-runtimes.ts';

const disableSuffix = '-disable';

/** Name and key of the ConfigMap that switches a resource off (reference 3.4). */
export const disableKey = 'isDisabled';
export function disableConfigMap(resource: string): string {
  return `${resource}${disableSuffix}`;
}

/** The resource that a ConfigMap switches, or none for any other map. For `watches` of controllers. */
export function resourceOfConfigMap(name: string): readonly string[] {
  return name.endsWith(disableSuffix) ? [name.slice(0, -disableSuffix.length)] : [];
}

/** The resource whose server a Cmd is, or none for any other Cmd. */
export function resourceOfServerCmd(name: string): readonly string[] {
  const match = /^(.*)-serve-\d+$/.exec(name);
  return match ? [match[1]!] : [];
}

interface Entry {
  readonly manifest: Manifest;
  readonly build: BuildState | undefined;
  readonly configMap: ConfigMap | undefined;
  readonly server: Cmd | undefined;
  readonly deployed: KubernetesRuntime | undefined;
  readonly state: ResourceState;
}

export class ResourceIndex {
  #store: Store;
  #kubernetes: KubernetesRuntimes | undefined;
  #servers = new Map<string, string>();
  #entries = new Map<string, Entry>();
  #list: { readonly of: readonly Manifest[]; readonly names: readonly string[] } | undefined;

  constructor(store: Store, kubernetes?: KubernetesRuntimes) {
    this.#store = store;
    this.#kubernetes = kubernetes;
  }

  /** Names the Cmd that is the resource's server now; undefined for none. */
  setServer(resource: string, cmd: string | undefined): void {
    if (cmd === undefined) this.#servers.delete(resource);
    else this.#servers.set(resource, cmd);
  }

  /** The Cmd that is the resource's server now. */
  server(resource: string): Cmd | undefined {
    const name = this.#servers.get(resource);
    return name === undefined ? undefined : this.#store.get('Cmd', name);
  }

  get(name: string): ResourceState | undefined {
    const manifest = this.#store.get('Manifest', name);
    if (!manifest) {
      this.#entries.delete(name);
      return undefined;
    }
    const build = this.#store.get('BuildState', name);
    const configMap = this.#store.get('ConfigMap', disableConfigMap(name));
    const server = this.server(name);
    const deployed = this.#kubernetes?.get(name);
    const old = this.#entries.get(name);
    if (
      old &&
      old.manifest === manifest &&
      old.build === build &&
      old.configMap === configMap &&
      old.server === server &&
      old.deployed === deployed
    ) {
      return old.state;
    }
    const state = makeState({ manifest, build, configMap, server, deployed });
    this.#entries.set(name, { manifest, build, configMap, server, deployed, state });
    return state;
  }

  /** Every resource, in the order of definition. */
  *all(): Iterable<ResourceState> {
    const manifests = this.#store.list('Manifest');
    if (this.#list?.of !== manifests) {
      const sorted = [...manifests].sort((a, b) => a.spec!.order - b.spec!.order);
      this.#list = { of: manifests, names: sorted.map(m => m.metadata.name) };
    }
    for (const name of this.#list.names) {
      const state = this.get(name);
      if (state) yield state;
    }
  }
}

function makeState({ manifest, build, configMap, server, deployed }: Omit<Entry, 'state'>): ResourceState {
  const spec = manifest.spec!;
  const { name } = manifest.metadata;
  const { target } = spec;
  const isLocal = target.kind === 'local';
  const source = { configMap: { name: disableConfigMap(name), key: disableKey } };
  return {
    name,
    order: spec.order,
    kind: target.kind,
    triggerMode: spec.triggerMode,
    resourceDeps: spec.resourceDeps,
    enablement: disablement(source, () => configMap).state,
    allowParallel: isLocal ? target.allowParallel || !target.updateCmd : true,
    hasUpdate: isLocal ? target.updateCmd !== undefined : true,
    hasRuntime: isLocal ? target.serveCmd !== undefined : true,
    images: spec.images,
    ...(target.kind === 'k8s' ? { cluster: target.apply.cluster || defaultCluster } : {}),
    build: build?.status ?? neverBuilt,
    runtime: deployed ? kubernetesStatus(deployed) : serverStatus(server),
    ...(deployed && podStatus(deployed) === 'ok' ? { hasReadyPods: true } : {}),
  };
}

/** A server is ok while it runs and its probe, if any, is satisfied; any end is an error (reference 4.7). */
function serverStatus(server: Cmd | undefined): RuntimeStatus {
  if (!server) return 'unknown';
  const { running, terminated, ready } = server.status ?? {};
  if (terminated) return 'error';
  if (!running) return 'pending';
  return server.spec?.readinessProbe === undefined || ready ? 'ok' : 'pending';
}
