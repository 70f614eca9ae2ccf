// Cluster objects: keeps the connection that each of them names, and its status (reference 3.1). A changed spec is
// connected anew. Objects made by hand are like those of a Tiltfile.
// Does not: connect to Docker, whose objects have a status without an error and no connection.
import { isDeepStrictEqual } from 'node:util';
import type { ConnectKube } from '../adapters/kube/port.ts';
import type { ClusterSpec, ClusterStatus, RegistryHosting } from '../api/kinds-kubernetes.ts';
import { mainTiltfile } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Store } from '../store/port.ts';
import type { ClusterConnections } from './cluster-connections.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import { ClusterLink } from './cluster-link.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface ClusterDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly connect: ConnectKube;
  /** Of the session: KUBECONFIG, HOME, PATH, proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Writes a kubeconfig (mode 0600, in a folder of the session) for child processes and gives its path. */
  readonly writeFrozen: (cluster: string, text: string) => Promise<string>;
  readonly logs: LogSink;
  /** False for a session that ends when a cluster cannot be reached. */
  readonly livesOn: boolean;
  /** Whether `localhost` is 127.0.0.1 on this machine; by default it is. */
  readonly localhostIsIpv4?: () => Promise<boolean>;
}

export interface ClusterController extends Controller, ClusterConnections, Disposable {}

interface Track {
  readonly spec: ClusterSpec;
  readonly link: ClusterLink | undefined;
  /** The newest error that the log has. */
  toldError: string;
}

export function makeClusterController(deps: ClusterDeps): ClusterController {
  return new RealClusterController(deps);
}

class RealClusterController implements ClusterController {
  readonly name = 'cluster';
  readonly watches = { Cluster: (name: string): Iterable<string> => [name] };
  readonly #deps: ClusterDeps;
  readonly #tracks = new Map<string, Track>();

  constructor(deps: ClusterDeps) {
    this.#deps = deps;
  }

  get(cluster: string) {
    return this.#tracks.get(cluster)?.link?.connection;
  }

  reconcile(name: string): undefined {
    const object = this.#deps.store.get('Cluster', name);
    const spec = object && !object.metadata.deletionTimestamp ? (object.spec ?? {}) : undefined;
    const track = this.#tracks.get(name);
    if (track && !isDeepStrictEqual(track.spec, spec)) this.#close(name);
    if (spec && !this.#tracks.has(name)) this.#open(name, spec);
    if (spec) this.#writeStatus(name);
    return undefined;
  }

  /** Closes every connection. */
  dispose(): void {
    for (const name of [...this.#tracks.keys()]) this.#close(name);
  }

  #open(name: string, spec: ClusterSpec): void {
    const { connection } = spec;
    const { clock, connect, env, writeFrozen, livesOn, localhostIsIpv4 = async () => true } = this.#deps;
    const kubernetes = connection?.kubernetes;
    const request = { context: kubernetes?.context ?? '', namespace: kubernetes?.namespace ?? '' };
    const link = kubernetes
      ? new ClusterLink(request, {
          clock,
          connect,
          env,
          livesOn,
          localhostIsIpv4,
          writeFrozen: text => writeFrozen(name, text),
          onLogin: text => this.#log(text.trimEnd(), 'info'),
          onConnected: facts => this.#tellConnected(facts, spec.defaultRegistry),
          onChange: () => this.#writeStatus(name),
        })
      : undefined;
    this.#tracks.set(name, { spec, link, toldError: '' });
  }

  #close(name: string): void {
    this.#tracks.get(name)?.link?.dispose();
    this.#tracks.delete(name);
  }

  #writeStatus(name: string): void {
    const { store } = this.#deps;
    const track = this.#tracks.get(name);
    if (!track || !store.get('Cluster', name)) return;
    const status: ClusterStatus = track.link?.status ?? {};
    store.setStatus('Cluster', name, status);
    const { error = '' } = status;
    if (error !== '' && error !== track.toldError) this.#log(`Cluster status error: ${error}`, 'error');
    if (error === '' && track.toldError !== '') this.#log('Cluster status: connected', 'info');
    track.toldError = error;
  }

  #tellConnected({ registry, warnings }: ClusterFacts, byTiltfile: RegistryHosting | undefined): void {
    if (registry) this.#log(`Auto-detected local registry from environment: ${registryWords(registry)}`, 'info');
    if (registry && byTiltfile)
      this.#log('Default registry specified, but will be ignored in favor of auto-detected registry.', 'info');
    // Who names a registry in the Tiltfile needs no advice on having one.
    if (!byTiltfile) for (const warning of warnings) this.#log(warning, 'warn');
  }

  #log(text: string, level: 'info' | 'warn' | 'error'): void {
    this.#deps.logs.span('cluster', mainTiltfile).write(`${text}\n`, level);
  }
}

function registryWords({ host, hostFromContainerRuntime }: RegistryHosting): string {
  const inside = hostFromContainerRuntime && hostFromContainerRuntime !== host ? hostFromContainerRuntime : '';
  return inside === '' ? host : `${host} (${inside} from inside the cluster)`;
}
