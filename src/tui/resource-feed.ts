// Keeps the rows in step with the client's objects: only what changed is made anew, once per turn of the event loop.
import type { Client } from '../api/client.ts';
import type { Kind } from '../api/kinds.ts';
import type { ManifestSpec } from '../api/kinds-internal.ts';
import { type ForwardStatus, lastEnding, type Pod } from '../api/kinds-kubernetes.ts';
import type { Cmd } from '../api/kinds-local.ts';
import type { UIResource } from '../api/kinds-session.ts';
import { annotations } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { allContainers } from '../engine/kubernetes-pods.ts';
import { type ContainerEndings, exitKey, startedAgain } from './pod-trouble.ts';
import { makeResourceRow, type ResourceRow } from './resource-row.ts';
import type { RowCluster } from './row-cluster.ts';

/** Objects that have the name of their resource and tell of it. */
const relatedKinds: readonly Kind[] = ['BuildState', 'KubernetesDiscovery', 'KubernetesApply', 'Manifest'];

interface ClusterParts {
  readonly pods: readonly Pod[];
  readonly target: ManifestSpec['target'] | undefined;
}

const serveName = /^(.*)-serve-(\d+)$/;

export class ResourceFeed implements Disposable {
  readonly #client: Client;
  readonly #send: (rows: readonly ResourceRow[]) => void;
  readonly #rows = new Map<string, ResourceRow>();
  /** By resource: the number of its newest process. */
  readonly #processes = new Map<string, number>();
  /** By resource: how the containers of its pods ended last. */
  readonly #endings = new Map<string, ContainerEndings>();
  /** Names of port-forwards by resource. */
  readonly #forwards = new Map<string, Set<string>>();
  readonly #waitForCluster = new Set<string>();
  /** By resource: when what was started again a moment ago is believed to be well. */
  readonly #settling = new Map<string, Disposable>();
  readonly #clock: Clock;
  readonly #listening: Disposable;

  constructor(client: Client, clock: Clock, send: (rows: readonly ResourceRow[]) => void) {
    this.#client = client;
    this.#clock = clock;
    this.#send = send;
    this.#listening = client.onChange(keys => this.#onChange(keys));
  }

  /** Reads everything; the first look. */
  start(): void {
    for (const cmd of this.#client.list('Cmd')) this.#takeCmd(cmd.metadata.name);
    for (const forward of this.#client.list('PortForward')) this.#takeForward(forward.metadata.name);
    for (const resource of this.#client.list('UIResource')) this.#remake(resource.metadata.name);
    this.#tell();
  }

  dispose(): void {
    this.#listening.dispose();
    for (const timer of this.#settling.values()) timer.dispose();
  }

  #onChange(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    const names = new Set(keys.get('UIResource') ?? []);
    for (const name of keys.get('Cmd') ?? []) {
      const resource = this.#takeCmd(name);
      if (resource !== undefined) names.add(resource);
    }
    for (const name of keys.get('PortForward') ?? [])
      for (const resource of this.#takeForward(name)) names.add(resource);
    for (const kind of relatedKinds) for (const name of keys.get(kind) ?? []) names.add(name);
    if (keys.has('Cluster')) for (const name of this.#waitForCluster) names.add(name);
    if (names.size === 0) return;
    for (const name of names) this.#remake(name);
    this.#tell();
  }

  /** Remembers a process; answers the resource it serves. */
  #takeCmd(name: string): string | undefined {
    const [, resource, number] = serveName.exec(name) ?? [];
    if (resource === undefined) return undefined;
    const isThere = this.#client.get('Cmd', name) !== undefined;
    if (isThere) this.#processes.set(resource, Math.max(Number(number), this.#processes.get(resource) ?? 0));
    return resource;
  }

  /** Remembers a port-forward, or that it is gone; answers whose it is. */
  #takeForward(name: string): string[] {
    const forward = this.#client.get('PortForward', name);
    const owner = forward?.metadata.annotations?.[annotations.resource];
    if (owner !== undefined) {
      const known = this.#forwards.get(owner);
      if (known) known.add(name);
      else this.#forwards.set(owner, new Set([name]));
      return [owner];
    }
    return [...this.#forwards].flatMap(([resource, names]) => (names.delete(name) ? [resource] : []));
  }

  #forwardsOf(resource: string): ForwardStatus[] {
    const names = [...(this.#forwards.get(resource) ?? [])];
    return names.flatMap(name => this.#client.get('PortForward', name)?.status?.forwardStatuses ?? []);
  }

  /** Remembers how containers ended, for as long as their pods are there. */
  #endingsOf(resource: string, pods: readonly Pod[]): ContainerEndings {
    const before = this.#endings.get(resource);
    const endings = new Map<string, NonNullable<Pod['containers'][number]['state']['terminated']>>();
    for (const pod of pods) {
      for (const container of allContainers(pod)) {
        const key = exitKey(pod, container);
        const ending = container.state.terminated ?? container[lastEnding] ?? before?.get(key);
        if (ending) endings.set(key, ending);
      }
    }
    this.#endings.set(resource, endings);
    return endings;
  }

  #process(resource: string): Cmd | undefined {
    const number = this.#processes.get(resource);
    return number === undefined ? undefined : this.#client.get('Cmd', `${resource}-serve-${number}`);
  }

  #remake(name: string): void {
    const resource = this.#client.get('UIResource', name);
    if (!resource) {
      this.#rows.delete(name);
      this.#endings.delete(name);
      this.#waitForCluster.delete(name);
      return;
    }
    const { warnings } = this.#client.logCounts(name);
    const cmd = this.#process(name);
    const isProbed = cmd?.spec?.readinessProbe !== undefined;
    const changes = Object.keys(this.#client.get('BuildState', name)?.status?.pendingFiles ?? {});
    const target = this.#client.get('Manifest', name)?.spec?.target;
    const hasTerminal = target?.kind === 'local' && target.tty === true;
    const pods = this.#client.get('KubernetesDiscovery', name)?.status?.pods ?? [];
    const cluster = this.#clusterOf(resource, { pods, target });
    const row = { resource, process: cmd?.status, isProbed, warnings, changes, hasTerminal, cluster };
    this.#rows.set(name, makeResourceRow(row));
  }

  #clusterOf({ metadata: { name }, status }: UIResource, of: ClusterParts): RowCluster {
    const { pods, target } = of;
    const isJob = target?.kind === 'k8s' && target.podReadiness === 'succeeded';
    const held =
      status?.waiting?.reason === 'waiting-for-cluster' ? (status.waiting.on?.[0]?.name ?? 'default') : undefined;
    if (held === undefined) this.#waitForCluster.delete(name);
    else this.#waitForCluster.add(name);
    const error = held === undefined ? '' : (this.#client.get('Cluster', held)?.status?.error ?? '');
    const endings = this.#endingsOf(name, pods);
    const nowMs = this.#clock.now();
    this.#lookWhenSettled(name, pods, { endings, nowMs });
    return { pods, endings, forwards: this.#forwardsOf(name), isJob, error, nowMs };
  }

  #lookWhenSettled(
    name: string,
    pods: readonly Pod[],
    { endings, nowMs }: { readonly endings: ContainerEndings; readonly nowMs: number },
  ): void {
    this.#settling.get(name)?.dispose();
    this.#settling.delete(name);
    const untilMs = pods.map(pod => startedAgain(pod, endings, nowMs)?.untilMs ?? 0);
    const dueMs = Math.max(0, ...untilMs);
    if (dueMs === 0) return;
    const look = (): void => {
      this.#remake(name);
      this.#tell();
    };
    this.#settling.set(name, this.#clock.after(dueMs - nowMs, look));
  }

  #tell(): void {
    this.#send(
      [...this.#rows.values()].sort((a, b) => Number(b.isTiltfile) - Number(a.isTiltfile) || a.order - b.order),
    );
  }
}
