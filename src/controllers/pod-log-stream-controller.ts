// PodLogStream objects: the log of every container of a pod, each instance to its end (reference 3.14, 4.10).
import type { KubeConnection } from '../adapters/kube/port.ts';
import type { ContainerLogStreamStatus, PodLogStream, PodLogStreamSpec } from '../api/kinds-kubernetes.ts';
import { annotations } from '../api/meta.ts';
import { makeAbortController } from '../base/abort.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { ContainerStatus, PodObject } from '../engine/pod-of-object.ts';
import type { Store } from '../store/port.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';
import { ContainerLog, type InstanceFacts } from './pod-logs/container-log.ts';
import type { KnownPod, PodIndex } from './pods/pod-index.ts';
import type { PodIndexes } from './pods/pod-indexes.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';

export interface PodLogStreamDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly pods: PodIndexes;
  /** Asks this controller to look at an object again. */
  readonly enqueue: (name: string) => void;
}

interface Track {
  readonly specText: string;
  readonly connection: KubeConnection;
  readonly index: PodIndex;
  readonly use: Disposable;
  readonly log: SpanLog;
  readonly containers: Map<string, ContainerLog>;
}

export class PodLogStreamController implements Controller, Disposable {
  readonly name = 'pod-log-stream';
  readonly watches: Controller['watches'];
  readonly #deps: PodLogStreamDeps;
  readonly #tracks = new Map<string, Track>();
  /** Streams by the pod that they follow. */
  readonly #byPod = new Map<string, Set<string>>();
  readonly #listening = new Map<PodIndex, Disposable>();

  constructor(deps: PodLogStreamDeps) {
    this.#deps = deps;
    this.watches = {
      PodLogStream: name => [name],
      Cluster: cluster =>
        deps.store
          .list('PodLogStream')
          .filter(({ spec }) => (spec?.cluster || defaultCluster) === cluster)
          .map(({ metadata }) => metadata.name),
    };
  }

  dispose(): void {
    for (const name of [...this.#tracks.keys()]) this.#forget(name);
    for (const listening of this.#listening.values()) listening.dispose();
    this.#listening.clear();
  }

  /** Reads what all containers have written up to now, and no more; takes `timeoutMs` at most. */
  async finish(timeoutMs: number): Promise<void> {
    const logs = [...this.#tracks.values()].flatMap(({ containers }) => [...containers.values()]);
    if (logs.length === 0) return;
    const timeUp = makeAbortController();
    const read = Promise.all(logs.map(log => log.finish()));
    await Promise.race([read, sleep(this.#deps.clock, timeoutMs, timeUp.signal).catch(() => {})]);
    timeUp.abort();
  }

  reconcile(name: string): undefined {
    const { store, connections } = this.#deps;
    const stream = store.get('PodLogStream', name);
    if (!stream?.spec || stream.metadata.deletionTimestamp) {
      this.#forget(name);
      return undefined;
    }
    const connection = connections.get(stream.spec.cluster || defaultCluster);
    if (!connection) {
      store.setStatus('PodLogStream', name, { error: 'the cluster is not connected' });
      return undefined;
    }
    const track = this.#follow(name, stream, connection);
    const { namespace = connection.client.namespace, pod: podName = '' } = stream.spec;
    const pod = track.index.byName(namespace, podName);
    if (pod) this.#look(name, { track, spec: stream.spec, pod });
    this.#writeStatus(name, { track, pod, missing: `pod not found: ${namespace}/${podName}`, spec: stream.spec });
    return undefined;
  }

  #follow(name: string, stream: PodLogStream, connection: KubeConnection): Track {
    const specText = JSON.stringify(stream.spec);
    const old = this.#tracks.get(name);
    if (old && old.specText === specText && old.connection === connection) return old;
    const index = this.#deps.pods.of(connection);
    this.#listen(index);
    const { namespace = connection.client.namespace, pod = '' } = stream.spec!;
    const use = index.use(namespace);
    this.#forget(name);
    const noted = stream.metadata.annotations ?? {};
    const resource = noted[annotations.resource] ?? '';
    const log = this.#deps.logs.span(noted[annotations.spanId] || `pod:${resource}:${pod}`, resource);
    const track: Track = { specText, connection, index, use, log, containers: new Map() };
    this.#tracks.set(name, track);
    const key = `${namespace}/${pod}`;
    this.#byPod.set(key, (this.#byPod.get(key) ?? new Set()).add(name));
    return track;
  }

  #listen(index: PodIndex): void {
    if (this.#listening.has(index)) return;
    const wake = ({ object }: KnownPod): void => {
      const { namespace, name } = object.metadata;
      for (const stream of this.#byPod.get(`${namespace}/${name}`) ?? []) this.#deps.enqueue(stream);
    };
    const onSynced = (namespace: string): void => {
      for (const [pod, streams] of this.#byPod)
        if (pod.startsWith(`${namespace}/`)) for (const stream of streams) this.#deps.enqueue(stream);
    };
    this.#listening.set(index, index.on({ onPod: wake, onSynced }));
  }

  #forget(name: string): void {
    const track = this.#tracks.get(name);
    if (!track) return;
    this.#tracks.delete(name);
    for (const container of track.containers.values()) container.dispose();
    track.use.dispose();
    for (const [pod, streams] of this.#byPod) {
      if (streams.delete(name) && streams.size === 0) this.#byPod.delete(pod);
    }
  }

  /** Tells each container's log what the pod says; one that is new begins. */
  #look(name: string, { track, spec, pod }: { track: Track; spec: PodLogStreamSpec; pod: KnownPod }): void {
    const { inits, runs } = containersOf(pod.object as PodObject, spec);
    for (const [i, status] of [...inits, ...runs].entries()) {
      let container = track.containers.get(status.name);
      if (!container) {
        const prefix = i < inits.length || runs.length > 1 ? `[${status.name}] ` : '';
        container = this.#begin(name, { track, spec, pod, container: status.name, prefix });
        track.containers.set(status.name, container);
      }
      container.look(instanceFacts(status, pod.isDeleted));
    }
  }

  #begin(
    name: string,
    {
      track,
      spec,
      pod,
      container,
      prefix,
    }: { track: Track; spec: PodLogStreamSpec; pod: KnownPod; container: string; prefix: string },
  ): ContainerLog {
    const { namespace = '', name: podName } = pod.object.metadata;
    let toldError = '';
    const log = new ContainerLog({
      client: track.connection.client,
      clock: this.#deps.clock,
      pod: { namespace, name: podName },
      container,
      sinceTime: spec.sinceTime,
      prefix,
      write: lines => track.log.write(lines),
      onChange: () => {
        const { error } = log.state;
        if (error !== '' && error !== toldError) track.log.write(`Error streaming ${podName} logs: ${error}\n`);
        toldError = error;
        this.#deps.enqueue(name);
      },
    });
    return log;
  }

  #writeStatus(
    name: string,
    { track, pod, missing, spec }: { track: Track; pod: KnownPod | undefined; missing: string; spec: PodLogStreamSpec },
  ): void {
    const { store } = this.#deps;
    if (!pod) {
      const namespace = spec.namespace ?? track.connection.client.namespace;
      const problem = track.index.problem(namespace)?.message;
      // Before all pods were told, nobody knows that it is not there.
      if (problem !== undefined || track.index.isSynced(namespace))
        store.setStatus('PodLogStream', name, { error: problem ?? missing });
      return;
    }
    const { inits, runs } = containersOf(pod.object as PodObject, spec);
    const containerStatuses = [...inits, ...runs].map((status): ContainerLogStreamStatus => {
      const state = track.containers.get(status.name)?.state;
      return {
        name: status.name,
        ...(state?.active ? { active: true } : {}),
        ...(state?.isDone ? { terminated: true } : {}),
        ...(state?.error ? { error: state.error } : {}),
      };
    });
    store.setStatus('PodLogStream', name, { containerStatuses });
  }
}

function instanceFacts(status: ContainerStatus, isDeleted: boolean): InstanceFacts {
  const { containerID = '', state = {}, lastState, restartCount = 0 } = status;
  // Between two instances the state is waiting, and the id that of the one that ended.
  const isBetween = state.running === undefined && restartCount > 0;
  const last = lastState?.terminated?.containerID ?? '';
  return {
    id: containerID,
    hasEnded: isDeleted || state.terminated !== undefined || (isBetween && last === containerID),
    previousId: last === containerID ? '' : last,
  };
}

/** The containers whose logs are wanted. */
function containersOf(
  { status = {} }: PodObject,
  { onlyContainers = [], ignoreContainers = [] }: PodLogStreamSpec,
): { readonly inits: readonly ContainerStatus[]; readonly runs: readonly ContainerStatus[] } {
  const isWanted = ({ name }: ContainerStatus): boolean =>
    onlyContainers.length > 0 ? onlyContainers.includes(name) : !ignoreContainers.includes(name);
  return {
    inits: (status.initContainerStatuses ?? []).filter(isWanted),
    runs: (status.containerStatuses ?? []).filter(isWanted),
  };
}
