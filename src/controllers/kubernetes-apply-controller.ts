// KubernetesApply objects: their YAML, or command, is brought into the cluster; what they no longer want is taken away;
// a KubernetesDiscovery follows what they made (reference 3.11, 4.9). Those of a Tiltfile are applied when a build says
// so, all others by themselves.
import type { KubeConnection, KubeFacts } from '../adapters/kube/port.ts';
import type { KubernetesApply, KubernetesApplySpec, KubernetesApplyStatus } from '../api/kinds-kubernetes.ts';
import { annotations, formatMicroTime, formatTime, parseTime } from '../api/meta.ts';
import { isCanceled, makeAbortController } from '../base/abort.ts';
import { type DeployDeps, deploy } from '../build/kubernetes/deploy.ts';
import { makeEntity, uniqueNames } from '../domain/kubernetes/entity.ts';
import { typeOfKind } from '../domain/kubernetes/types.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';
import { disablement } from '../engine/disable-status.ts';
import type { ApplyFilter } from '../engine/kubernetes-pods.ts';
import { workloadKinds } from '../engine/workload-trouble.ts';
import type { Store } from '../store/port.ts';
import { type AppliedObject, AppliedObjects, appliedObject } from './applied-objects.ts';
import { dependenciesOf, imagesOf } from './apply-inputs.ts';
import { ApplyRemoval, type ApplyRun, type Removable } from './apply-removal.ts';
import { type ClusterConnections, defaultCluster, withoutConnection } from './cluster-connections.ts';
import { followApply } from './discovery-of-apply.ts';
import { inputHash, statusOf, withoutApply } from './kubernetes-apply-status.ts';
import { lastRestartEvent } from './object-triggers.ts';
import type { LeavingObjects } from './pods/leaving-objects.ts';
import type { Controller } from './runtime/controller.ts';
import { Dependents } from './runtime/dependents.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';

export interface KubernetesApplyDeps extends DeployDeps {
  readonly store: Store;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly leaving: LeavingObjects;
  /** Why nothing may be deployed there without being asked; undefined when it may (reference 2.5, context guard). */
  readonly guard: (facts: KubeFacts) => string | undefined;
}

interface Track extends Removable {
  status: KubernetesApplyStatus;
  /** What the last apply was made from. */
  spec?: KubernetesApplySpec;
  imagesText?: string;
  connection?: KubeConnection;
  /** The apply or delete that runs; the next waits for it. */
  last: Promise<unknown>;
}

export class KubernetesApplyController implements Controller {
  readonly name = 'kubernetes-apply';
  readonly watches: Controller['watches'];
  #deps: KubernetesApplyDeps;
  #tracks = new Map<string, Track>();
  readonly #objects = new AppliedObjects();
  readonly #removal: ApplyRemoval;
  /** Applies by the objects that matter to them, besides themselves. */
  readonly #dependents = new Dependents();
  #stopping = makeAbortController();

  constructor(deps: KubernetesApplyDeps) {
    this.#deps = deps;
    this.#removal = new ApplyRemoval(deps, this.#objects);
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
    const selectors = this.#tracks.get(name)?.spec?.kubernetesDiscoveryTemplateSpec?.extraSelectors ?? [];
    return {
      uids: new Set(applied.map(({ uid }) => uid)),
      podTemplateHashes: new Set(applied.flatMap(object => object.podTemplateHashes)),
      wantsNoPods:
        applied.some(object => object.isScaledToZero) &&
        applied.every(object => object.isScaledToZero || object.podTemplateHashes.length === 0),
      bringsNoPods: selectors.length === 0 && applied.every(({ ref }) => isPodless(ref)),
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
      if (track.status.error === undefined) await this.#removal.collect(name, track, { ...run, why: 'left' });
      this.#tell(name, track);
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
      await this.#removal.force(name, track, { ...run, spec, connection });
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
        await this.#removal.collect(name, track, { ...run, why: 'disabled' });
        track.status = withoutApply(track.status);
      } else if (state === 'Enabled' && this.#shouldApply(apply, track)) {
        await this.#applyOnce(apply, track, run);
        if (track.status.error !== undefined) run.error(`kubernetesapply ${name}: ${track.status.error}`);
        else await this.#removal.collect(name, track, { ...run, why: 'left' });
      }
      this.#tell(name, track);
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
    throw new Error(error || withoutConnection(this.#deps.store, cluster));
  }

  /** Only for applies that no build looks after: whether there is something to do, and everything for it is there. */
  #shouldApply(apply: KubernetesApply, track: Track): boolean {
    if (apply.metadata.annotations?.[annotations.managedBy]) return false;
    const { store, connections } = this.#deps;
    const spec = apply.spec!;
    if (!connections.get(spec.cluster || defaultCluster)) return false;
    const images = imagesOf(store, spec);
    if (images.length < (spec.imageMaps ?? []).length || images.some(image => image.imageFromCluster === ''))
      return false;
    if (track.status.lastApplyTime === undefined || track.spec === undefined) return true;
    if (JSON.stringify(spec) !== JSON.stringify(track.spec) || JSON.stringify(images) !== track.imagesText) return true;
    return lastRestartEvent(store, spec.restartOn).atMs > (parseTime(track.status.lastApplyTime) ?? 0);
  }

  /** Never throws but for an abort: what goes wrong is in the status. */
  async #applyOnce(apply: KubernetesApply, track: Track, run: ApplyRun): Promise<void> {
    const { clock, store } = this.#deps;
    const { name } = apply.metadata;
    const spec = apply.spec!;
    const images = imagesOf(store, spec);
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
      this.#removal.note(this.#objects.set(name, applied));
      for (const other of this.#objects.share(name)) followApply(this.#deps, other, this.#objects.of(other));
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

  async #drop(name: string, track: Track): Promise<void> {
    this.#dependents.set(name, []);
    const log = this.#deps.logs.span(`kubernetesapply:${name}`, this.#deps.store.get('Manifest', name) ? name : '');
    const write = (line: string): void => log.write(`${line}\n`);
    await this.#removal.collect(name, track, { log: write, signal: this.#stopping.signal, why: 'gone' });
    // Only now: what is to go must be known to go when nobody follows it any more.
    followApply(this.#deps, name, []);
    this.#objects.forget(name);
    if (!this.#deps.store.get('KubernetesApply', name)) this.#tracks.delete(name);
  }

  /** What came of it: the status, and who follows what there is now. */
  #tell(name: string, { status }: Track): void {
    const { store } = this.#deps;
    if (store.get('KubernetesApply', name)) store.setStatus('KubernetesApply', name, status);
    followApply(this.#deps, name, this.#objects.of(name));
  }
}

/** True for a kind of Kubernetes' own that has no pods; what brings a kind of somebody else, nobody knows. */
function isPodless({ apiVersion, kind }: AppliedObject['ref']): boolean {
  return typeOfKind(apiVersion, kind) !== undefined && !workloadKinds.has(kind) && kind !== 'CronJob';
}
