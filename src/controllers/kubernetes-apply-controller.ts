// KubernetesApply objects: their YAML, or command, is brought into the cluster; what they no longer want is taken away;
// a KubernetesDiscovery follows what they made (reference 3.11, 4.9). Those of a Tiltfile are applied when a build says
// so, all others by themselves.
import type { Deletion, KubeConnection, KubeFacts, KubeObject } from '../adapters/kube/port.ts';
import type { ImageMap, KubernetesApply, KubernetesApplySpec, KubernetesApplyStatus } from '../api/kinds-kubernetes.ts';
import { annotations, formatMicroTime, formatTime, parseTime } from '../api/meta.ts';
import { isCanceled, makeAbortController } from '../base/abort.ts';
import { runDeleteCommand } from '../build/kubernetes/apply-command.ts';
import { type Doomed, deleteObjects } from '../build/kubernetes/delete-objects.ts';
import { applyTimeoutMs, type DeployDeps, deploy, objectsOfSpec } from '../build/kubernetes/deploy.ts';
import { isKept, survivesForcedUpdate } from '../build/kubernetes/keep.ts';
import { throwRefusal } from '../build/kubernetes/refusal.ts';
import { makeEntity, uniqueNames } from '../domain/kubernetes/entity.ts';
import type { DeployedImage } from '../domain/kubernetes/objects-to-deploy.ts';
import { podTemplateHashes } from '../domain/kubernetes/pod-template-hash.ts';
import { typeOfKind } from '../domain/kubernetes/types.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';
import type { PlainMap } from '../domain/yaml/plain.ts';
import { disablement } from '../engine/disable-status.ts';
import type { ApplyFilter } from '../engine/kubernetes-pods.ts';
import type { Store } from '../store/port.ts';
import { type AppliedObject, AppliedObjects } from './applied-objects.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';
import { discoveryOfApply } from './discovery-of-apply.ts';
import { inputHash, statusOf, withoutApply } from './kubernetes-apply-status.ts';
import { lastRestartEvent } from './object-triggers.ts';
import type { LeavingObjects } from './pods/leaving-objects.ts';
import type { Controller } from './runtime/controller.ts';
import { Dependents, type Named, restartersOf, switchesOf } from './runtime/dependents.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';
import { wantedByAnother } from './wanted-by-another.ts';

export interface KubernetesApplyDeps extends DeployDeps {
  readonly store: Store;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly leaving: LeavingObjects;
  /** Why nothing may be deployed there without being asked; undefined when it may (reference 2.5, context guard). */
  readonly guard: (facts: KubeFacts) => string | undefined;
}

/** Where a build of the resource writes, and what ends it. */
export interface ApplyRun {
  /** A line, without its end. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Track {
  status: KubernetesApplyStatus;
  /** What the last apply was made from. */
  spec?: KubernetesApplySpec;
  imagesText?: string;
  /** The cluster that has the objects. */
  connection?: KubeConnection;
  /** The apply command ran, so the delete command has something to do. */
  commandRan: boolean;
  /** The apply or delete that runs; the next waits for it. */
  last: Promise<unknown>;
}

export class KubernetesApplyController implements Controller {
  readonly name = 'kubernetes-apply';
  readonly watches: Controller['watches'];
  #deps: KubernetesApplyDeps;
  #tracks = new Map<string, Track>();
  #objects = new AppliedObjects();
  /** Applies by the objects that matter to them, besides themselves. */
  readonly #dependents = new Dependents();
  #stopping = makeAbortController();

  constructor(deps: KubernetesApplyDeps) {
    this.#deps = deps;
    this.watches = {
      KubernetesApply: name => [name],
      // What somebody deletes that an apply wants is made again.
      KubernetesDiscovery: name =>
        !deps.store.get('KubernetesDiscovery', name) && deps.store.get('KubernetesApply', name) ? [name] : [],
      Cluster: this.#dependents.of('Cluster'),
      ConfigMap: this.#dependents.of('ConfigMap'),
      ImageMap: this.#dependents.of('ImageMap'),
      FileWatch: this.#dependents.of('FileWatch'),
      UIButton: this.#dependents.of('UIButton'),
    };
  }

  /** Ends what runs; nothing in the cluster is touched. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.allSettled([...this.#tracks.values()].map(track => track.last));
  }

  /** What a resource has in the cluster, in the order of its apply. */
  applied(name: string): readonly AppliedObject[] {
    return this.#objects.of(name);
  }

  /** By what pods of the newest apply are known; undefined before the first. */
  filter(name: string): ApplyFilter | undefined {
    if (this.#tracks.get(name)?.status.lastApplyTime === undefined) return undefined;
    const applied = this.#objects.of(name);
    return {
      uids: new Set(applied.map(({ uid }) => uid)),
      podTemplateHashes: new Set(applied.flatMap(object => object.podTemplateHashes)),
      wantsNoPods:
        applied.some(object => object.isScaledToZero) &&
        applied.every(object => object.isScaledToZero || object.podTemplateHashes.length === 0),
    };
  }

  /** `web:deployment`, as people see what was applied. */
  displayNames(name: string): readonly string[] {
    const named = this.#objects.of(name).map(({ ref }) => makeEntity({ ...ref, metadata: { ...ref } }, undefined));
    return uniqueNames(named, 2);
  }

  /** Applies now, whatever was applied before. The error is what people read; rejects when the signal aborts. */
  apply(name: string, run: ApplyRun): Promise<{ readonly error?: string }> {
    return this.#inTurn(name, async track => {
      const apply = this.#deps.store.get('KubernetesApply', name);
      if (!apply?.spec) return { error: `there is no KubernetesApply ${name}` };
      await this.#applyOnce(apply, track, run);
      if (track.status.error === undefined)
        await this.#collect(name, track, { ...run, isGone: false, reason: removed });
      this.#writeStatus(name, track);
      this.#follow(name);
      return track.status.error === undefined ? {} : { error: track.status.error };
    });
  }

  /**
   * Deletes what the spec names, so that the next apply makes it anew. Namespaces, service accounts, volumes and what is
   * to be kept stay. Rejects with a sentence, or when the signal aborts.
   */
  forceDelete(name: string, run: ApplyRun): Promise<void> {
    return this.#inTurn(name, async track => {
      const spec = this.#deps.store.get('KubernetesApply', name)?.spec;
      if (!spec) return;
      const connection = this.#connection(spec);
      await loadYamlLibrary();
      run.log('Beginning force update');
      if (spec.yaml) {
        const doomed = objectsOfSpec(spec)
          .map(entity => ({ entity, object: entity.object as unknown as KubeObject }))
          .filter(({ object }) => !survivesForcedUpdate(object))
          .map(({ entity }) => doomedOf(entity, connection));
        await throwRefusal(connection.client, spec, run);
        if (doomed.length > 0) await this.#delete(connection, [doomed], run);
      } else if (spec.deleteCmd) {
        await this.#deleteByCommand(spec, track, run);
        this.#noteLeaving(this.#objects.of(name));
      }
      track.status = withoutApply(track.status);
    });
  }

  reconcile(name: string): Promise<undefined> {
    return this.#inTurn(name, async track => {
      const { store } = this.#deps;
      const apply = store.get('KubernetesApply', name);
      if (!apply || apply.metadata.deletionTimestamp) {
        await this.#drop(name, track);
        return undefined;
      }
      this.#dependents.set(name, dependenciesOf(apply.spec ?? {}));
      await loadYamlLibrary();
      const run = this.#ownRun(apply);
      const state = this.#takeDisableStatus(apply, track);
      if (state === 'Disabled') {
        await this.#collect(name, track, { ...run, isGone: true, reason: disabledReason });
      } else if (state === 'Enabled' && this.#shouldApply(apply, track)) {
        await this.#applyOnce(apply, track, run);
        if (track.status.error !== undefined) run.error(`kubernetesapply ${name}: ${track.status.error}`);
        else await this.#collect(name, track, { ...run, isGone: false, reason: removed });
      }
      this.#writeStatus(name, track);
      this.#follow(name);
      return undefined;
    });
  }

  /** One thing at a time for a name. */
  #inTurn<T>(name: string, work: (track: Track) => Promise<T>): Promise<T> {
    let track = this.#tracks.get(name);
    if (!track) {
      track = { status: {}, commandRan: false, last: Promise.resolve() };
      this.#tracks.set(name, track);
    }
    const mine = track;
    const turn = mine.last.then(() => work(mine));
    mine.last = turn.catch(() => {});
    return turn;
  }

  /** The log of an apply that no build runs. */
  #ownRun(apply: KubernetesApply): ApplyRun & { readonly error: (line: string) => void } {
    const { name } = apply.metadata;
    const noted = apply.metadata.annotations ?? {};
    const log: SpanLog = this.#deps.logs.span(
      noted[annotations.spanId] || `kubernetesapply:${name}`,
      noted[annotations.resource] ?? '',
    );
    return {
      log: line => log.write(`${line}\n`),
      error: line => log.write(`${line}\n`, 'error'),
      signal: this.#stopping.signal,
    };
  }

  #takeDisableStatus(apply: KubernetesApply, track: Track): string {
    const { store, clock } = this.#deps;
    const { disabled, state, reason } = disablement(apply.spec?.disableSource, map => store.get('ConfigMap', map));
    const old = track.status.disableStatus;
    if (old?.state !== state || old.reason !== reason)
      track.status = {
        ...track.status,
        disableStatus: { disabled, state, reason, lastUpdateTime: formatTime(clock.now()) },
      };
    return state;
  }

  #connection(spec: KubernetesApplySpec): KubeConnection {
    const cluster = spec.cluster || defaultCluster;
    const connection = this.#deps.connections.get(cluster);
    if (connection) return connection;
    const error = this.#deps.store.get('Cluster', cluster)?.status?.error;
    throw new Error(error || `no connection to the cluster ${cluster}`);
  }

  /** Only for applies that no build looks after: whether there is something to do, and everything for it is there. */
  #shouldApply(apply: KubernetesApply, track: Track): boolean {
    if (apply.metadata.annotations?.[annotations.managedBy]) return false;
    const { store, connections } = this.#deps;
    const spec = apply.spec!;
    if (!connections.get(spec.cluster || defaultCluster)) return false;
    const images = this.#images(spec);
    if (images.length < (spec.imageMaps ?? []).length || images.some(image => image.imageFromCluster === ''))
      return false;
    if (track.status.lastApplyTime === undefined || track.spec === undefined) return true;
    if (JSON.stringify(spec) !== JSON.stringify(track.spec) || JSON.stringify(images) !== track.imagesText) return true;
    return lastRestartEvent(store, spec.restartOn).atMs > (parseTime(track.status.lastApplyTime) ?? 0);
  }

  #images(spec: KubernetesApplySpec): DeployedImage[] {
    return (spec.imageMaps ?? []).flatMap(name => {
      const map = this.#deps.store.get('ImageMap', name);
      return map?.spec ? [deployedImage(name, map)] : [];
    });
  }

  /** Never throws but for an abort: what goes wrong is in the status. */
  async #applyOnce(apply: KubernetesApply, track: Track, run: ApplyRun): Promise<void> {
    const { clock, store } = this.#deps;
    const { name } = apply.metadata;
    const spec = apply.spec!;
    const images = this.#images(spec);
    const { disableStatus } = track.status;
    const began = formatMicroTime(clock.now());
    track.spec = spec;
    track.imagesText = JSON.stringify(images);
    try {
      const connection = this.#connection(spec);
      const refusal = this.#deps.guard(connection.facts);
      if (refusal !== undefined) throw new Error(refusal);
      track.connection = connection;
      if (spec.applyCmd) track.commandRan = true;
      const kubeconfig =
        store.get('Cluster', spec.cluster || defaultCluster)?.status?.connection?.kubernetes?.configPath ?? '';
      const request = { resource: name, spec, images, connection, kubeconfig, ...run };
      const deployed = await deploy(this.#deps, request);
      const applied = deployed.objects.map(object => appliedObject(object, connection));
      this.#noteLeaving(this.#objects.set(name, applied));
      track.status = statusOf(deployed, {
        disableStatus,
        began,
        ended: formatMicroTime(clock.now()),
        hash: inputHash(spec, images),
      });
    } catch (error) {
      if (run.signal.aborted || isCanceled(error)) throw error;
      track.status = {
        ...(disableStatus ? { disableStatus } : {}),
        error: error instanceof Error ? error.message : String(error),
        lastApplyStartTime: began,
        lastApplyTime: formatMicroTime(clock.now()),
      };
    }
  }

  /** Takes away what is no longer wanted; with `isGone` everything. What goes wrong is a line of the log. */
  async #collect(
    name: string,
    track: Track,
    run: ApplyRun & { readonly isGone: boolean; readonly reason: string },
  ): Promise<void> {
    if (run.isGone) this.#objects.set(name, []);
    const { connection, spec } = track;
    try {
      if (spec?.deleteCmd) {
        const dropped = this.#objects.dropDangling(name);
        if (run.isGone && track.commandRan) {
          run.log(`Beginning ${run.reason}`);
          await this.#deleteByCommand(spec, track, run);
          this.#noteLeaving(dropped);
        }
      } else {
        const doomed = this.#objects.takeDangling(name, object => wantedByAnother(this.#deps, name, object.ref));
        if (doomed.length > 0 && connection) {
          run.log(`Beginning ${run.reason}`);
          await this.#delete(connection, [doomed], run);
        }
      }
    } catch (error) {
      if (run.signal.aborted) throw error;
      run.log(`Error ${run.reason}: ${(error as Error).message}`);
    }
    if (run.isGone) track.status = withoutApply(track.status);
  }

  async #delete(connection: KubeConnection, batches: readonly (readonly Doomed[])[], run: ApplyRun): Promise<void> {
    const onDeleted = (_doomed: Doomed, { uid }: Deletion): void => {
      if (uid === '') return;
      this.#deps.creationsIn(connection).gone(uid);
      this.#deps.leaving.add(uid);
    };
    await deleteObjects({ client: connection.client, log: run.log, onDeleted }, batches, { signal: run.signal });
  }

  async #deleteByCommand(spec: KubernetesApplySpec, track: Track, run: ApplyRun): Promise<void> {
    const cluster = this.#deps.store.get('Cluster', spec.cluster || defaultCluster);
    await runDeleteCommand({ ...this.#deps, log: run.log }, spec.deleteCmd!, {
      kubeconfig: cluster?.status?.connection?.kubernetes?.configPath ?? '',
      timeoutMs: applyTimeoutMs(spec),
      signal: run.signal,
    });
    track.commandRan = false;
  }

  #noteLeaving(objects: readonly AppliedObject[]): void {
    for (const { uid } of objects) if (uid !== '') this.#deps.leaving.add(uid);
  }

  async #drop(name: string, track: Track): Promise<void> {
    this.#dependents.set(name, []);
    const log = this.#deps.logs.span(`kubernetesapply:${name}`, this.#deps.store.get('Manifest', name) ? name : '');
    await this.#collect(name, track, {
      log: line => log.write(`${line}\n`),
      signal: this.#stopping.signal,
      isGone: true,
      reason: goneReason,
    });
    // Only now: what is to go must be known to go when nobody follows it any more.
    this.#follow(name);
    this.#objects.forget(name);
    if (!this.#deps.store.get('KubernetesApply', name)) this.#tracks.delete(name);
  }

  #writeStatus(name: string, track: Track): void {
    const { store } = this.#deps;
    if (store.get('KubernetesApply', name)) store.setStatus('KubernetesApply', name, track.status);
  }

  /** Brings the KubernetesDiscovery of the apply to what it should be. A failed apply leaves it as it is. */
  #follow(name: string): void {
    const { store } = this.#deps;
    const apply = store.get('KubernetesApply', name);
    if (apply?.status?.error) return;
    const existing = store.get('KubernetesDiscovery', name);
    const wanted = apply && discoveryOfApply(apply, this.#objects.of(name), this.#namespaces(apply));
    if (wanted) store.upsert('KubernetesDiscovery', wanted);
    else if (existing?.metadata.ownerReferences?.some(owner => owner.kind === 'KubernetesApply'))
      store.delete('KubernetesDiscovery', name);
  }

  /** Namespaces to look for pods in by their labels, also before anything was applied. */
  #namespaces({ metadata, spec = {} }: KubernetesApply): readonly string[] {
    const bySelector = spec.kubernetesDiscoveryTemplateSpec?.extraSelectors?.length ?? 0;
    if (bySelector === 0 && spec.discoveryStrategy !== 'selectors-only') return [];
    const fallback = this.#deps.connections.get(spec.cluster || defaultCluster)?.client.namespace || 'default';
    const applied = this.#objects.of(metadata.name).map(({ ref }) => ref);
    let named: readonly { readonly namespace?: string }[] = applied;
    try {
      if (spec.yaml) named = objectsOfSpec(spec);
    } catch {
      // What is wrong with the YAML is what its apply fails of.
    }
    return [...new Set(named.map(({ namespace }) => namespace || fallback))];
  }
}

const removed = 'garbage collecting removed Kubernetes objects';
const goneReason = 'garbage collecting Kubernetes objects';
const disabledReason = 'deleting disabled Kubernetes objects';

function dependenciesOf({ cluster, disableSource, imageMaps = [], restartOn }: KubernetesApplySpec): Named[] {
  return [
    { kind: 'Cluster', name: cluster || defaultCluster },
    ...switchesOf(disableSource),
    ...imageMaps.map(name => ({ kind: 'ImageMap' as const, name })),
    ...restartersOf(restartOn),
  ];
}

function deployedImage(name: string, { spec, status }: ImageMap): DeployedImage {
  return {
    name,
    selector: spec!.selector,
    matchExact: spec!.matchExact ?? false,
    matchInEnvVars: spec!.matchInEnvVars ?? false,
    imageFromCluster: status?.imageFromCluster ?? '',
    ...(spec!.overrideCommand ? { command: spec!.overrideCommand.command } : {}),
    ...(spec!.overrideArgs ? { args: spec!.overrideArgs.args } : {}),
  };
}

function appliedObject(object: KubeObject, { client }: KubeConnection): AppliedObject {
  const { apiVersion, kind, metadata } = object;
  const namespace = metadata.namespace ?? (metadata.uid === undefined ? client.namespace : '');
  return {
    ref: { apiVersion, kind, name: metadata.name, ...(namespace === '' ? {} : { namespace }) },
    uid: metadata.uid ?? '',
    isKept: isKept(object),
    isScaledToZero: (object['spec'] as { readonly replicas?: unknown } | undefined)?.replicas === 0,
    podTemplateHashes: podTemplateHashes(makeEntity(object as unknown as PlainMap, typeOfKind(apiVersion, kind))),
  };
}

function doomedOf(
  { apiVersion, kind, name, namespace }: { apiVersion: string; kind: string; name: string; namespace: string },
  { client }: KubeConnection,
): Doomed {
  return { ref: { apiVersion, kind, name, namespace: namespace || client.namespace } };
}
