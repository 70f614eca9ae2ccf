// KubernetesDiscovery objects: which pods belong to what was deployed, and what hangs on them (reference 3.12, 4.10).
// One watch for each cluster and namespace, however many objects look there.
import type { KubeConnection, KubeError } from '../adapters/kube/port.ts';
import type {
  KubernetesDiscovery,
  KubernetesDiscoverySpec,
  KubernetesDiscoveryStatus,
  Pod,
} from '../api/kinds-kubernetes.ts';
import { annotations, formatMicroTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { implicitForwardWarnings } from '../engine/forward-pod.ts';
import { matchesLabels, selectorProblem } from '../engine/label-selector.ts';
import { type PodObject, podOfObject, templateHashLabel } from '../engine/pod-of-object.ts';
import { restartedContainers } from '../engine/pod-rollout.ts';
import type { Store } from '../store/port.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';
import { logStreamOf, podSpan, portForwardOf } from './pods/discovery-children.ts';
import type { MissingRights } from './pods/missing-rights.ts';
import type { KnownPod, PodIndex } from './pods/pod-index.ts';
import type { PodIndexes } from './pods/pod-indexes.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface KubernetesDiscoveryDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly pods: PodIndexes;
  readonly rights: MissingRights;
  /** Hashes of the pod templates of the apply that a discovery follows. */
  readonly templateHashesOf: (name: string) => ReadonlySet<string>;
  /** Asks this controller to look at an object again. */
  readonly enqueue: (name: string) => void;
}

interface Track {
  readonly spec: KubernetesDiscoverySpec;
  readonly specText: string;
  readonly index: PodIndex | undefined;
  readonly uses: readonly Disposable[];
  /** MicroTime. */
  readonly startTime: string;
  /** Why nothing is watched. */
  readonly problem: string;
  toldProblem: string;
}

interface Children {
  readonly streams: Set<string>;
  readonly forwards: Set<string>;
}

export class KubernetesDiscoveryController implements Controller, Disposable {
  readonly name = 'kubernetes-discovery';
  readonly watches: Controller['watches'];
  readonly #deps: KubernetesDiscoveryDeps;
  readonly #tracks = new Map<string, Track>();
  readonly #listening = new Map<PodIndex, Disposable>();
  /** Discoveries by the uid of what they watch. */
  readonly #byUid = new Map<string, Set<string>>();
  readonly #children = new Map<string, Children>();
  /** Discoveries that find pods by labels. */
  readonly #bySelector = new Set<string>();

  constructor(deps: KubernetesDiscoveryDeps) {
    this.#deps = deps;
    const ofCluster = (cluster: string): string[] =>
      deps.store
        .list('KubernetesDiscovery')
        .filter(({ spec }) => (spec?.cluster || defaultCluster) === cluster)
        .map(({ metadata }) => metadata.name);
    const ofChild = (kind: 'PodLogStream' | 'PortForward') => (name: string) => {
      const child = deps.store.get(kind, name);
      if (!child) return this.#parentsOf(kind, name);
      const owner = child.metadata.ownerReferences?.[0];
      return owner?.kind === 'KubernetesDiscovery' ? [owner.name] : [];
    };
    this.watches = {
      KubernetesDiscovery: name => [name],
      Cluster: ofCluster,
      PodLogStream: ofChild('PodLogStream'),
      PortForward: ofChild('PortForward'),
    };
  }

  dispose(): void {
    for (const listening of this.#listening.values()) listening.dispose();
    this.#listening.clear();
    this.#tracks.clear();
  }

  reconcile(name: string): undefined {
    const { store } = this.#deps;
    const discovery = store.get('KubernetesDiscovery', name);
    if (!discovery?.spec || discovery.metadata.deletionTimestamp) {
      this.#forget(name);
      this.#dropChildren(name);
      return undefined;
    }
    const track = this.#follow(name, discovery.spec);
    const before = discovery.status;
    const status = this.#statusOf(name, track);
    const after = store.setStatus('KubernetesDiscovery', name, status);
    this.#tellProblem(name, track, status);
    this.#tellRestarts(after, before);
    this.#makeChildren(after);
    return undefined;
  }

  /** Watches what the spec names; anew when the spec or the connection is another. */
  #follow(name: string, spec: KubernetesDiscoverySpec): Track {
    const connection = this.#deps.connections.get(spec.cluster || defaultCluster);
    const specText = JSON.stringify(spec);
    const old = this.#tracks.get(name);
    const index = connection && this.#index(connection);
    if (old && old.specText === specText && old.index === index) return old;
    const wrong = (spec.extraSelectors ?? []).map(selectorProblem).find(problem => problem !== undefined);
    const namespaces = new Set(spec.watches.map(({ namespace }) => namespace));
    const problem = wrong !== undefined ? `invalid label selectors: ${wrong}` : index ? '' : 'ClusterUnavailable';
    // The new watch begins before the old one ends, so that one that stays is not begun anew.
    const uses = problem === '' ? [...namespaces].map(namespace => index!.use(namespace)) : [];
    this.#forget(name);
    const startTime = formatMicroTime(this.#deps.clock.now());
    const track: Track = { spec, specText, index, uses, startTime, problem, toldProblem: old?.toldProblem ?? '' };
    this.#tracks.set(name, track);
    for (const { uid } of spec.watches) {
      if (uid === undefined) continue;
      const names = this.#byUid.get(uid);
      if (names) names.add(name);
      else this.#byUid.set(uid, new Set([name]));
    }
    if ((spec.extraSelectors ?? []).length > 0) this.#bySelector.add(name);
    return track;
  }

  #forget(name: string): void {
    const track = this.#tracks.get(name);
    if (!track) return;
    this.#tracks.delete(name);
    for (const use of track.uses) use.dispose();
    for (const { uid = '' } of track.spec.watches) {
      const names = this.#byUid.get(uid);
      names?.delete(name);
      if (names?.size === 0) this.#byUid.delete(uid);
    }
    this.#bySelector.delete(name);
  }

  #index(connection: KubeConnection): PodIndex {
    const index = this.#deps.pods.of(connection);
    if (!this.#listening.has(index)) {
      const listener = {
        onPod: (pod: KnownPod) => this.#wake(pod),
        onProblem: (namespace: string) => this.#wakeNamespace(namespace),
        onDenied: (error: KubeError) =>
          this.#deps.rights.tell(
            error,
            'Pods are told apart by the hash of their template instead of by their owners.',
          ),
      };
      this.#listening.set(index, index.on(listener));
    }
    return index;
  }

  #wake({ chain }: KnownPod): void {
    const names = new Set(chain.isBroken ? this.#tracks.keys() : this.#bySelector);
    for (const uid of chain.uids) for (const name of this.#byUid.get(uid) ?? []) names.add(name);
    for (const name of names) this.#deps.enqueue(name);
  }

  #wakeNamespace(namespace: string): void {
    for (const [name, { spec }] of this.#tracks)
      if (spec.watches.some(watch => watch.namespace === namespace)) this.#deps.enqueue(name);
  }

  #statusOf(name: string, track: Track): KubernetesDiscoveryStatus {
    const { index, spec, startTime } = track;
    if (track.problem !== '' || !index) return { pods: null, waiting: { reason: track.problem } };
    const problem = spec.watches.map(({ namespace }) => index.problem(namespace)).find(found => found !== undefined);
    const pods = podsOf(index, spec, this.#deps.templateHashesOf(name));
    return {
      monitorStartTime: startTime,
      pods: pods.length === 0 ? null : pods,
      ...(problem ? { waiting: { reason: watchProblem(problem) } } : { running: { startTime } }),
    };
  }

  #tellProblem(name: string, track: Track, { waiting }: KubernetesDiscoveryStatus): void {
    const reason = waiting?.reason ?? '';
    // While a cluster is not connected, the Cluster object says why.
    if (reason === track.toldProblem || reason === 'ClusterUnavailable') return;
    track.toldProblem = reason;
    if (reason === '') return;
    this.#log(name).write(`kubernetesdiscovery ${name}: ${reason}\n`, 'error');
  }

  #tellRestarts(discovery: KubernetesDiscovery, before: KubernetesDiscoveryStatus | undefined): void {
    const resource = discovery.metadata.annotations?.[annotations.resource];
    if (!resource || before === discovery.status) return;
    const known = new Map((before?.pods ?? []).map(pod => [pod.uid, pod]));
    for (const pod of discovery.status?.pods ?? []) {
      const old = known.get(pod.uid);
      const restarted = old && old !== pod ? restartedContainers(old, pod) : [];
      for (const container of restarted)
        this.#deps.logs
          .span(podSpan(resource, pod.name), resource)
          .write(`Detected container restart. Pod: ${pod.name}. Container: ${container}.\n`, 'warn');
    }
  }

  #makeChildren(discovery: KubernetesDiscovery): void {
    const { store } = this.#deps;
    const { name } = discovery.metadata;
    const pods = discovery.status?.pods ?? [];
    const wanted = new Map(pods.map(pod => logStreamOf(discovery, pod)).map(stream => [stream.metadata.name, stream]));
    const own = this.#childrenOf(name);
    for (const [streamName, stream] of wanted) {
      own.streams.add(streamName);
      // One that somebody changed stays as it is.
      if (!store.get('PodLogStream', streamName)) store.create('PodLogStream', stream);
    }
    for (const stream of own.streams) if (!wanted.has(stream)) this.#dropChild(own.streams, 'PodLogStream', stream);
    const forward = portForwardOf(discovery);
    if (forward) {
      const existing = store.get('PortForward', forward.metadata.name);
      const isNew = JSON.stringify(existing?.spec) !== JSON.stringify(forward.spec);
      own.forwards.add(forward.metadata.name);
      if (isNew) {
        store.upsert('PortForward', forward);
        this.#warnOfPorts(discovery, forward.spec!.forwards);
      }
    }
    for (const other of own.forwards)
      if (other !== forward?.metadata.name) this.#dropChild(own.forwards, 'PortForward', other);
  }

  #dropChildren(name: string): void {
    const { streams, forwards } = this.#childrenOf(name);
    for (const stream of streams) this.#dropChild(streams, 'PodLogStream', stream);
    for (const forward of forwards) this.#dropChild(forwards, 'PortForward', forward);
    this.#children.delete(name);
  }

  /** Discoveries that want something which somebody else has deleted. */
  #parentsOf(kind: 'PodLogStream' | 'PortForward', child: string): string[] {
    const has = ({ streams, forwards }: Children): boolean => (kind === 'PodLogStream' ? streams : forwards).has(child);
    return [...this.#children].filter(([, children]) => has(children)).map(([name]) => name);
  }

  #dropChild(names: Set<string>, kind: 'PodLogStream' | 'PortForward', name: string): void {
    names.delete(name);
    if (this.#deps.store.get(kind, name)) this.#deps.store.delete(kind, name);
  }

  /** Names of what hangs on a discovery. */
  #childrenOf(name: string): Children {
    let children = this.#children.get(name);
    if (!children) {
      children = { streams: new Set(), forwards: new Set() };
      this.#children.set(name, children);
    }
    return children;
  }

  #warnOfPorts({ metadata, spec }: KubernetesDiscovery, forwards: Parameters<typeof implicitForwardWarnings>[2]): void {
    const resource = metadata.annotations?.[annotations.resource];
    if (!resource) return;
    const template = spec?.portForwardTemplateSpec?.forwards ?? [];
    for (const warning of implicitForwardWarnings(resource, template, forwards))
      this.#log(metadata.name).write(`${warning}\n`, 'warn');
  }

  #log(name: string) {
    const noted = this.#deps.store.get('KubernetesDiscovery', name)?.metadata.annotations ?? {};
    return this.#deps.logs.span(
      noted[annotations.spanId] || `kubernetesdiscovery:${name}`,
      noted[annotations.resource] ?? '',
    );
  }
}

function watchProblem({ code, message }: KubeError): string {
  return code === 0 ? `the cluster does not answer: ${message}` : message;
}

/** In the order of what is watched; those that completed and left the cluster go when there are others. */
function podsOf(index: PodIndex, spec: KubernetesDiscoverySpec, templateHashes: ReadonlySet<string>): Pod[] {
  const found = new Map<string, { readonly pod: Pod; readonly isDeleted: boolean }>();
  const take = ({ object, chain, isDeleted }: KnownPod, ancestor: string): void => {
    const uid = object.metadata.uid ?? '';
    if (found.has(uid)) return;
    found.set(uid, { pod: podOfObject(object as PodObject, ancestor, chain.ownerCreatedAt), isDeleted });
  };
  for (const { uid } of spec.watches) if (uid) for (const pod of index.descendants(uid)) take(pod, uid);
  // Where owners may not be read, the template that a pod was made from tells whose it is.
  const own = spec.watches.find(({ uid }) => uid !== undefined)?.uid ?? '';
  if (templateHashes.size > 0)
    for (const pod of index.broken())
      if (templateHashes.has(pod.object.metadata.labels?.[templateHashLabel] ?? '')) take(pod, own);
  const selectors = spec.extraSelectors ?? [];
  if (selectors.length > 0) {
    for (const pod of index.all())
      if (selectors.some(selector => matchesLabels(selector, pod.object.metadata.labels ?? {}))) take(pod, '');
  }
  const all = [...found.values()];
  const stay = all.filter(({ isDeleted }) => !isDeleted);
  if (stay.length > 0 && stay.length < all.length)
    index.forget(all.filter(({ isDeleted }) => isDeleted).map(({ pod }) => pod.uid));
  return (stay.length > 0 ? stay : all).map(({ pod }) => pod);
}
