// PodLogStream objects: the log of every container of a pod, each instance to its end (reference 3.14, 4.10). Beyond Tilt,
// a pod on its way out is read to its end when its object is gone already.
import type { KubeConnection } from '../adapters/kube/port.ts';
import type { PodLogStream } from '../api/kinds-kubernetes.ts';
import { annotations } from '../api/meta.ts';
import { makeAbortController } from '../base/abort.ts';
import { type Clock, sleep } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { Store } from '../store/port.ts';
import { type ClusterConnections, defaultCluster, withoutConnection } from './cluster-connections.ts';
import { EndingLogs } from './pod-logs/ending-logs.ts';
import { PodLog } from './pod-logs/pod-log.ts';
import type { LeavingObjects } from './pods/leaving-objects.ts';
import { PodFollowers } from './pods/pod-followers.ts';
import type { KnownPod } from './pods/pod-index.ts';
import type { PodIndexes } from './pods/pod-indexes.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface PodLogStreamDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly pods: PodIndexes;
  readonly leaving: LeavingObjects;
  /** Asks this controller to look at an object again. */
  readonly enqueue: (name: string) => void;
}

export class PodLogStreamController implements Controller, Disposable {
  readonly name = 'pod-log-stream';
  readonly watches: Controller['watches'];
  readonly #deps: PodLogStreamDeps;
  readonly #logs = new Map<string, PodLog>();
  readonly #ending: EndingLogs<PodLog>;
  readonly #followers: PodFollowers;

  constructor(deps: PodLogStreamDeps) {
    this.#deps = deps;
    this.#ending = new EndingLogs(deps.clock);
    this.#followers = new PodFollowers(() => ({
      onPod: pod => this.#hear(pod),
      onSynced: namespace => {
        for (const stream of this.#followers.inNamespace(namespace)) deps.enqueue(stream);
      },
    }));
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
    for (const name of [...this.#logs.keys()]) this.#take(name)?.dispose();
    this.#ending.dispose();
    this.#followers.dispose();
  }

  /** Reads what all containers have written up to now, and no more; takes `timeoutMs` at most. */
  async finish(timeoutMs: number): Promise<void> {
    const containers = [...this.#logs.values(), ...this.#ending.logs()].flatMap(log => log.containers);
    if (containers.length === 0) return;
    const timeUp = makeAbortController();
    const read = Promise.all(containers.map(container => container.finish()));
    await Promise.race([read, sleep(this.#deps.clock, timeoutMs, timeUp.signal).catch(() => {})]);
    timeUp.abort();
  }

  reconcile(name: string): undefined {
    const { store, connections } = this.#deps;
    const stream = store.get('PodLogStream', name);
    if (!stream?.spec || stream.metadata.deletionTimestamp) {
      this.#part(name);
      return undefined;
    }
    const cluster = stream.spec.cluster || defaultCluster;
    const connection = connections.get(cluster);
    if (!connection) {
      store.setStatus('PodLogStream', name, { error: withoutConnection(store, cluster) });
      return undefined;
    }
    const log = this.#follow(name, stream, connection);
    const pod = log.newest();
    if (pod) {
      log.look(pod);
      store.setStatus('PodLogStream', name, { containerStatuses: log.statuses(pod) });
    } else if (log.problem !== undefined) store.setStatus('PodLogStream', name, { error: log.problem });
    return undefined;
  }

  #follow(name: string, { metadata, spec = {} }: PodLogStream, connection: KubeConnection): PodLog {
    const old = this.#logs.get(name);
    if (old?.follows(spec, connection)) return old;
    const { clock, pods, logs, enqueue } = this.#deps;
    const index = pods.of(connection);
    this.#followers.listen(index);
    const noted = metadata.annotations ?? {};
    const resource = noted[annotations.resource] ?? '';
    const spanId = noted[annotations.spanId] || `pod:${resource}:${spec.pod ?? ''}`;
    const log =
      this.#ending.takeBack(ending => ending.follows(spec, connection) && ending.spanId === spanId) ??
      new PodLog({
        clock,
        connection,
        index,
        spec,
        spanId,
        resource,
        logs,
        onChange: () => enqueue(name),
      });
    // The new one uses its namespace before the old one leaves it, so that a watch that stays is not begun anew.
    this.#take(name)?.dispose();
    this.#logs.set(name, log);
    this.#followers.add(log.place, name);
    return log;
  }

  /** A pod came, changed or went. */
  #hear({ object }: KnownPod): void {
    const { namespace = '', name, uid = '' } = object.metadata;
    this.#ending.look(uid);
    for (const stream of this.#followers.of({ namespace, name })) this.#deps.enqueue(stream);
  }

  /** Nobody asks for the log any more; that of a pod on its way out, or just gone, is read to its end all the same. */
  #part(name: string): void {
    const log = this.#take(name);
    if (!log) return;
    const pod = log.current();
    if (log.uid === '' || (pod && !this.#deps.leaving.isLeaving(pod))) log.dispose();
    else this.#ending.add(log);
  }

  #take(name: string): PodLog | undefined {
    const log = this.#logs.get(name);
    if (log) this.#followers.remove(log.place, name);
    this.#logs.delete(name);
    return log;
  }
}
