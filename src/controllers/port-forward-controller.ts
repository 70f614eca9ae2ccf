// PortForward objects: local ports that lead to a pod, and say so only while they do (reference 3.15, 4.10).

import type { KubeConnection, KubeObject, PodRef } from '../adapters/kube/port.ts';
import { WakeNotice } from '../adapters/kube/wake-notice.ts';
import type { Net } from '../adapters/net/port.ts';
import type { Forward, ForwardStatus, PortForward } from '../api/kinds-kubernetes.ts';
import { annotations } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import type { PodObject } from '../engine/pod-of-object.ts';
import type { Store } from '../store/port.ts';
import { type ClusterConnections, defaultCluster, withoutConnection } from './cluster-connections.ts';
import { PodFollowers } from './pods/pod-followers.ts';
import type { PodIndex, PodIndexListener } from './pods/pod-index.ts';
import type { PodIndexes } from './pods/pod-indexes.ts';
import { type PodFacts, podFacts, podNews, sortStatuses } from './port-forwards/forward-rules.ts';
import { LocalPorts } from './port-forwards/local-ports.ts';
import { NodeLine } from './port-forwards/node-line.ts';
import { PodTunnel } from './port-forwards/pod-tunnel.ts';
import { PortUsers } from './port-forwards/port-users.ts';
import type { Controller } from './runtime/controller.ts';
import type { LogSink } from './runtime/span-log.ts';

export interface PortForwardDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly net: Pick<Net, 'listen' | 'portOwner'>;
  readonly connections: ClusterConnections;
  readonly pods: PodIndexes;
  /** `--disable-port-forwards`: nothing is forwarded, whoever makes the object. */
  readonly disablesPortForwards: boolean;
  /** Asks this controller to look at an object again. */
  readonly enqueue: (name: string) => void;
}

interface Track {
  readonly connection: KubeConnection;
  readonly index: PodIndex;
  readonly place: PodRef;
  readonly use: Disposable;
  readonly line: NodeLine;
  readonly users: PortUsers;
  /** By what they forward. */
  readonly tunnels: Map<string, PodTunnel>;
  facts: PodFacts | undefined;
}

export class PortForwardController implements Controller, Disposable {
  readonly name = 'port-forward';
  readonly watches: Controller['watches'];
  readonly #deps: PortForwardDeps;
  readonly #ports: LocalPorts;
  readonly #tracks = new Map<string, Track>();
  readonly #followers = new PodFollowers(index => this.#listener(index));
  readonly #wake: WakeNotice;
  #waking: Disposable | undefined;

  constructor(deps: PortForwardDeps) {
    this.#deps = deps;
    this.#ports = new LocalPorts(deps.net);
    this.#wake = new WakeNotice(deps.clock);
    this.watches = {
      PortForward: name => [name],
      Cluster: cluster =>
        deps.store
          .list('PortForward')
          .filter(({ spec }) => (spec?.cluster || defaultCluster) === cluster)
          .map(({ metadata }) => metadata.name),
    };
  }

  dispose(): void {
    for (const name of [...this.#tracks.keys()]) this.#forget(name);
    this.#followers.dispose();
    this.#ports.dispose();
  }

  reconcile(name: string): undefined {
    const { store, connections, disablesPortForwards } = this.#deps;
    const object = store.get('PortForward', name);
    if (!object?.spec || object.metadata.deletionTimestamp) {
      this.#forget(name);
      return undefined;
    }
    const cluster = object.spec.cluster || defaultCluster;
    const connection = connections.get(cluster);
    if (disablesPortForwards || !connection) {
      this.#forget(name);
      const error = disablesPortForwards
        ? 'port-forwards are disabled by --disable-port-forwards'
        : withoutConnection(store, cluster);
      this.#writeStatus(
        name,
        object.spec.forwards.map(forward => idleStatus(forward, error)),
      );
      return undefined;
    }
    const track = this.#follow(object, connection);
    this.#forward(object, track);
    const statuses = [...track.tunnels.values()].flatMap(({ status }) => (status ? [status] : []));
    if (statuses.some(({ startedAt }) => Boolean(startedAt))) track.line.start();
    this.#writeStatus(name, statuses);
    return undefined;
  }

  #follow({ metadata, spec }: PortForward, connection: KubeConnection): Track {
    const { name } = metadata;
    const place = { namespace: spec!.namespace || connection.client.namespace, name: spec!.podName ?? '' };
    const old = this.#tracks.get(name);
    const isSamePod = old?.place.namespace === place.namespace && old.place.name === place.name;
    if (old && isSamePod && old.connection === connection) return old;
    const index = this.#deps.pods.of(connection);
    this.#followers.listen(index);
    // The new watch begins before the old one ends, so that one that stays is not begun anew.
    const use = index.use(place.namespace);
    this.#forget(name);
    const line = new NodeLine({
      client: connection.client,
      clock: this.#deps.clock,
      pod: place,
      onDoubt: () => doubt(track),
      onBack: () => nudge(track),
    });
    const users = new PortUsers({
      client: connection.client,
      namespace: place.namespace,
      pod: () => podOf(index, place) ?? (index.isSynced(place.namespace) ? null : undefined),
      onChange: () => {
        const known = this.#tracks.get(name);
        if (known?.users === users) reconsider(known);
      },
    });
    const facts = factsOf(index, place);
    const track: Track = { connection, index, place, use, line, users, tunnels: new Map(), facts };
    this.#tracks.set(name, track);
    this.#followers.add(place, name);
    this.#waking ??= this.#wake.onWake(() => this.#doubtAll());
    return track;
  }

  #forget(name: string): void {
    const track = this.#tracks.get(name);
    if (!track) return;
    this.#tracks.delete(name);
    track.line.dispose();
    track.users.dispose();
    for (const tunnel of track.tunnels.values()) tunnel.dispose();
    track.use.dispose();
    this.#followers.remove(track.place, name);
    if (this.#tracks.size > 0) return;
    this.#waking?.dispose();
    this.#waking = undefined;
  }

  /** Brings the tunnels to what the object says; one that stays the same goes on. */
  #forward(object: PortForward, track: Track): void {
    const forwards = object.spec!.forwards;
    const wanted = new Map(forwards.map((forward, i) => [tunnelKey(forwards, i), forward]));
    for (const [key, tunnel] of track.tunnels) {
      if (wanted.has(key)) continue;
      track.tunnels.delete(key);
      tunnel.dispose();
    }
    for (const [key, forward] of wanted) {
      if (!track.tunnels.has(key)) track.tunnels.set(key, this.#begin(object, { track, key, forward }));
    }
  }

  #begin(
    { metadata }: PortForward,
    { track, key, forward }: { readonly track: Track; readonly key: string; readonly forward: Forward },
  ): PodTunnel {
    const { name } = metadata;
    const resource = metadata.annotations?.[annotations.resource] ?? '';
    const { localPort = 0, host = '' } = forward;
    return new PodTunnel({
      client: track.connection.client,
      clock: this.#deps.clock,
      ports: this.#ports,
      pod: track.place,
      forward,
      isShared: () => track.users.has(forward.containerPort ?? 0),
      key: localPort === 0 ? `${resource || name} ${key}` : `${host || 'localhost'} ${localPort}`,
      holder: resource || name,
      onProblem: text => this.#tell(name, { forward, text }),
      onChange: () => this.#deps.enqueue(name),
    });
  }

  #tell(name: string, { forward, text }: { readonly forward: Forward; readonly text: string | undefined }): void {
    const object = this.#deps.store.get('PortForward', name);
    // Nobody wants it any more; its tunnels end in a moment.
    if (!object) return;
    const noted = object.metadata.annotations ?? {};
    const resource = noted[annotations.resource] ?? '';
    const what = `port-forwarding ${resource || name} (${forward.localPort ?? 0} -> ${forward.containerPort ?? 0})`;
    const line = text === undefined ? `Reconnected: ${what}` : `Reconnecting... Error ${what}: ${text}`;
    this.#deps.logs.span(noted[annotations.spanId] || `portforward:${name}`, resource).write(`${line}\n`);
  }

  #listener(index: PodIndex): PodIndexListener {
    const standing = new Set<string>();
    return {
      onPod: ({ object: { metadata } }) =>
        this.#look({ namespace: metadata.namespace ?? '', name: metadata.name }, index),
      onProblem: (namespace, problem) => {
        // A watch that breaks off is the first to know that the way to the cluster did; one that goes on, that it is back.
        if (standing.has(namespace) === (problem !== undefined)) return;
        if (problem) standing.add(namespace);
        else standing.delete(namespace);
        for (const track of this.#tracks.values())
          if (track.index === index && track.place.namespace === namespace) doubt(track);
      },
    };
  }

  /** A pod came, changed or went. */
  #look(pod: PodRef, index: PodIndex): void {
    for (const name of this.#followers.of(pod)) {
      const track = this.#tracks.get(name);
      if (track?.index !== index) continue;
      const facts = factsOf(index, track.place);
      const news = podNews(track.facts, facts);
      track.facts = facts;
      reconsider(track);
      if (news === 'doubt') doubt(track);
      else if (news === 'nudge') nudge(track);
    }
  }

  #doubtAll(): void {
    for (const track of this.#tracks.values()) doubt(track);
  }

  #writeStatus(name: string, statuses: readonly ForwardStatus[]): void {
    const forwardStatuses = sortStatuses(statuses);
    this.#deps.store.setStatus('PortForward', name, forwardStatuses.length > 0 ? { forwardStatuses } : {});
  }
}

function doubt({ tunnels }: Track): void {
  for (const tunnel of tunnels.values()) tunnel.doubt();
}

function nudge({ tunnels }: Track): void {
  for (const tunnel of tunnels.values()) tunnel.nudge();
}

function reconsider({ tunnels }: Track): void {
  for (const tunnel of tunnels.values()) tunnel.reconsider();
}

function podOf(index: PodIndex, { namespace, name }: PodRef): KubeObject | undefined {
  const pod = index.byName(namespace, name);
  return pod && !pod.isDeleted ? pod.object : undefined;
}

function factsOf(index: PodIndex, place: PodRef): PodFacts | undefined {
  const pod = podOf(index, place);
  return pod && podFacts(pod as unknown as PodObject);
}

/** Tells the forwards of an object apart; name and path are for people and change nothing. */
function tunnelKey(forwards: readonly Forward[], i: number): string {
  const textOf = ({ localPort = 0, containerPort = 0, host = '' }: Forward): string =>
    `${host || 'localhost'}:${localPort}:${containerPort}`;
  const text = textOf(forwards[i]!);
  // Several random ports may lead to the same place.
  return `${text}#${forwards.slice(0, i).filter(forward => textOf(forward) === text).length}`;
}

function idleStatus({ localPort = 0, containerPort = 0 }: Forward, error: string): ForwardStatus {
  return { localPort, containerPort, addresses: [], startedAt: null, error };
}
