// Starts and ends builds: takes what changed, asks the engine what to build next, and runs it.
// Owner of BuildState. Everything it decides is in engine/; this file only carries it out.

import type { Kind } from '../api/kinds.ts';
import type { BuildStateStatus, Manifest } from '../api/kinds-internal.ts';
import { buildReason } from '../api/kinds-internal.ts';
import { annotations, mainTiltfile, parseTime } from '../api/meta.ts';
import { Canceled, isCanceled, makeAbortController } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { type BuildSnapshot, type Hold, nextBuilds } from '../engine/build-queue.ts';
import { buildReasonLine, nextBuildReason } from '../engine/build-reason.ts';
import {
  type FileChange,
  neverBuilt,
  withBuildEnded,
  withBuildStarted,
  withFileChanges,
} from '../engine/pending-changes.ts';
import type { Store } from '../store/port.ts';
import { BuildCandidates } from './build-candidates.ts';
import { type ResourceIndex, resourceOfConfigMap } from './resource-index.ts';
import type { LogSink, SpanLog } from './runtime/span-log.ts';
import type { TriggerQueue } from './trigger-queue.ts';

/** Does one build. Resolves with an error text for a build that failed; rejects with Canceled when stopped. */
export type RunBuild = (
  manifest: Manifest,
  build: {
    readonly reasons: number;
    readonly files: readonly string[];
    readonly log: SpanLog;
    readonly signal: AbortSignal;
  },
) => Promise<{ readonly error?: string; readonly warnings?: readonly string[] }>;

export interface BuildControllerDeps {
  readonly store: Store;
  readonly index: ResourceIndex;
  readonly queue: TriggerQueue;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly runBuild: RunBuild;
  /** Names of Tiltfile objects that will run, or run, because a file changed. */
  readonly pendingTiltfiles: () => readonly string[];
  readonly maxParallel: () => number;
  /** Folder that file names in the log are relative to. */
  readonly dir: string;
  /** Reasons to wait of these resources are new or gone. */
  readonly onHoldsChanged: (names: readonly string[]) => void;
}

const stopSuffix = '-stopbuild';

export class BuildController implements Disposable {
  #deps: BuildControllerDeps;
  #subscription: Disposable | undefined;
  #running = new Map<string, AbortController>();
  #seenEventMs = new Map<string, number>();
  #candidates: BuildCandidates;
  #queued: readonly string[] = [];
  #holds: ReadonlyMap<string, Hold> = new Map();
  #count = 0;
  #isStopping = false;
  /** Looks again when a pause is over. */
  #again: Disposable | undefined;
  #idle: (() => void)[] = [];

  constructor(deps: BuildControllerDeps) {
    this.#deps = deps;
    this.#candidates = new BuildCandidates(deps.index, name => deps.queue.has(name));
  }

  start(): void {
    const kinds: Kind[] = [
      'Manifest',
      'BuildState',
      'TriggerQueue',
      'FileWatch',
      'ConfigMap',
      'Cmd',
      'UIButton',
      'Tiltfile',
      'Cluster',
      'KubernetesApply',
      'KubernetesDiscovery',
    ];
    this.#subscription = this.#deps.store.subscribe(kinds, keys => this.#take(keys));
  }

  /** Why a resource waits, if it does. */
  hold(name: string): Hold | undefined {
    return this.#holds.get(name);
  }

  get holds(): ReadonlyMap<string, Hold> {
    return this.#holds;
  }

  /** Looks again, for a change that is in no object (a Tiltfile begins to wait for its run). */
  recheck(): void {
    this.#decide();
  }

  /** Cancels what runs and starts nothing more; resolves when all has ended. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#subscription?.dispose();
    this.#again?.dispose();
    for (const controller of this.#running.values()) controller.abort(new Canceled('the session ends'));
    if (this.#running.size > 0) await new Promise<void>(resolve => this.#idle.push(resolve));
  }

  dispose(): void {
    void this.stop();
  }

  #take(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    for (const name of keys.get('FileWatch') ?? []) this.#takeFiles(name);
    for (const name of keys.get('Manifest') ?? []) this.#takeManifest(name);
    for (const map of keys.get('ConfigMap') ?? [])
      for (const name of resourceOfConfigMap(map)) this.#takeEnablement(name);
    for (const name of keys.get('UIButton') ?? []) this.#takeStop(name);
    for (const name of keys.get('Cmd') ?? []) this.#takeReady(name);
    for (const kind of ['BuildState', 'KubernetesApply', 'KubernetesDiscovery'] as const)
      for (const name of keys.get(kind) ?? []) this.#takeDeployed(name);
    for (const kind of ['Manifest', 'BuildState'] as const)
      for (const name of keys.get(kind) ?? []) this.#candidates.refresh(name);
    if (keys.has('TriggerQueue')) this.#takeQueue();
    this.#decide();
  }

  /** Files of a resource changed: events newer than the last ones seen. */
  #takeFiles(name: string): void {
    const watch = this.#deps.store.get('FileWatch', name);
    if (!watch) {
      this.#seenEventMs.delete(name);
      return;
    }
    const resource = watch.metadata.annotations?.[annotations.resource];
    if (!resource || resource === mainTiltfile || !this.#deps.store.get('BuildState', resource)) return;
    const seenMs = this.#seenEventMs.get(name) ?? Number.NEGATIVE_INFINITY;
    const changes: FileChange[] = [];
    let newestMs = seenMs;
    for (const event of watch.status?.fileEvents ?? []) {
      const atMs = parseTime(event.time) ?? 0;
      if (atMs <= seenMs) continue;
      newestMs = Math.max(newestMs, atMs);
      for (const path of event.seenFiles) changes.push({ path, atMs });
    }
    this.#seenEventMs.set(name, newestMs);
    if (changes.length > 0) this.#change(resource, state => withFileChanges(state, changes));
  }

  #takeManifest(name: string): void {
    const { store, queue } = this.#deps;
    if (store.get('Manifest', name)) {
      this.#ensureState(name);
      return;
    }
    this.#running.get(name)?.abort(new Canceled('the resource left the Tiltfile'));
    queue.remove(name);
    if (store.get('BuildState', name)) store.delete('BuildState', name);
  }

  /** A disabled resource stops building, forgets its builds, and so begins anew when it is enabled (reference 4.14). */
  #takeEnablement(name: string): void {
    this.#candidates.refresh(name);
    const state = this.#deps.index.get(name);
    if (state?.enablement !== 'Disabled') return;
    this.#deps.queue.remove(name);
    const running = this.#running.get(name);
    if (running) running.abort(new Canceled('the resource was disabled'));
    else if (state.build !== neverBuilt) this.#change(name, () => neverBuilt);
  }

  /** Resources that came into the queue or left it. */
  #takeQueue(): void {
    const names = this.#deps.queue.entries.map(entry => entry.name);
    for (const name of new Set([...this.#queued, ...names])) this.#candidates.refresh(name);
    this.#queued = names;
  }

  #takeStop(button: string): void {
    if (!button.endsWith(stopSuffix)) return;
    const name = button.slice(0, -stopSuffix.length);
    const clickedMs = parseTime(this.#deps.store.get('UIButton', button)?.status?.lastClickedAt);
    const current = this.#deps.store.get('BuildState', name)?.status?.current;
    if (clickedMs === undefined || !current || clickedMs < current.startedAtMs) return;
    this.#running.get(name)?.abort(new Canceled('build canceled'));
  }

  /** A server that became ready lets its dependents start, once and for all. */
  #takeReady(cmdName: string): void {
    const cmd = this.#deps.store.get('Cmd', cmdName);
    const owner = cmd?.metadata.annotations?.[annotations.ownerName];
    if (!owner || !cmd?.status?.ready || !this.#deps.store.get('BuildState', owner)) return;
    this.#change(owner, state => (state.hasEverBeenReady ? state : { ...state, hasEverBeenReady: true }));
  }

  /** The same for what a resource has in a cluster. */
  #takeDeployed(name: string): void {
    const state = this.#deps.index.get(name);
    if (state?.kind !== 'k8s' || !state.hasReadyPods || state.build.hasEverBeenReady) return;
    this.#change(name, build => ({ ...build, hasEverBeenReady: true }));
  }

  #ensureState(name: string): void {
    const { store } = this.#deps;
    if (store.get('BuildState', name)) return;
    store.create('BuildState', { apiVersion: 'tilt.dev/v1alpha1', kind: 'BuildState', metadata: { name } });
    store.setStatus('BuildState', name, neverBuilt);
  }

  #change(name: string, step: (state: BuildStateStatus) => BuildStateStatus): void {
    const before = this.#deps.store.get('BuildState', name)?.status ?? neverBuilt;
    const after = step(before);
    if (after === before) return;
    this.#deps.store.setStatus('BuildState', name, after);
    this.#candidates.refresh(name);
  }

  #decide(): void {
    if (this.#isStopping) return;
    const { index, queue } = this.#deps;
    const snapshot: BuildSnapshot = {
      resources: this.#candidates.all(),
      resource: name => index.get(name),
      pendingTiltfiles: this.#deps.pendingTiltfiles(),
      triggerQueue: queue.entries.filter(entry => entry.name !== mainTiltfile),
      readyClusters: this.#readyClusters(),
      maxParallel: this.#deps.maxParallel(),
      nowMs: this.#deps.clock.now(),
    };
    const decision = nextBuilds(snapshot);
    this.#publishHolds(decision.holds);
    this.#again?.dispose();
    const { againInMs } = decision;
    this.#again = againInMs === undefined ? undefined : this.#deps.clock.after(againInMs, () => this.#decide());
    for (const name of decision.start) this.#begin(name);
  }

  /** Connected, and it is known for which architecture to build. */
  #readyClusters(): ReadonlySet<string> {
    const ready = this.#deps.store.list('Cluster').filter(({ status }) => !status?.error && status?.arch);
    return new Set(ready.map(({ metadata }) => metadata.name));
  }

  #publishHolds(holds: ReadonlyMap<string, Hold>): void {
    const changed: string[] = [];
    for (const [name, hold] of holds) if (!isSameHold(this.#holds.get(name), hold)) changed.push(name);
    for (const name of this.#holds.keys()) if (!holds.has(name)) changed.push(name);
    this.#holds = holds;
    if (changed.length > 0) this.#deps.onHoldsChanged(changed);
  }

  #begin(name: string): void {
    const { store, queue, clock, logs, index } = this.#deps;
    const manifest = store.get('Manifest', name)!;
    const state = index.get(name)!;
    const reasons = nextBuildReason(state, queue.reasons(name));
    const spanId = `build:${++this.#count}`;
    queue.remove(name);
    this.#ensureState(name);
    this.#change(name, before => withBuildStarted(before, { spanId, startedAtMs: clock.now(), reasons }));
    const { files } = store.get('BuildState', name)!.status!.current!;
    const log = logs.span(spanId, name);
    log.write(`${buildReasonLine(reasons, files, this.#deps.dir)}\n`, 'info', { buildEvent: 'init' });
    const controller = makeAbortController();
    this.#running.set(name, controller);
    void this.#run(manifest, { reasons, files, log, signal: controller.signal });
  }

  async #run(manifest: Manifest, build: Parameters<RunBuild>[1]): Promise<void> {
    const { name } = manifest.metadata;
    let error: string | undefined;
    let warnings: readonly string[] | undefined;
    let canceled = false;
    try {
      const outcome = await this.#deps.runBuild(manifest, build);
      error = outcome.error;
      warnings = outcome.warnings;
    } catch (thrown) {
      canceled = isCanceled(thrown);
      error = thrown instanceof Error ? thrown.message : String(thrown);
    }
    if (build.signal.aborted) canceled = true;
    this.#end(manifest, build, { error: canceled ? 'build canceled' : error, canceled, warnings });
    this.#running.delete(name);
    if (this.#isStopping && this.#running.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #end(
    manifest: Manifest,
    build: Parameters<RunBuild>[1],
    outcome: {
      readonly error: string | undefined;
      readonly canceled: boolean;
      readonly warnings: readonly string[] | undefined;
    },
  ): void {
    const { name } = manifest.metadata;
    if (outcome.canceled) build.log.write('Build canceled\n');
    else if (outcome.error !== undefined) build.log.write(`Build Failed: ${outcome.error}\n`, 'error');
    if (!this.#deps.store.get('BuildState', name)) return;
    if (this.#deps.index.get(name)?.enablement === 'Disabled') {
      this.#change(name, () => neverBuilt);
      return;
    }
    const { target } = manifest.spec!;
    this.#change(name, state =>
      withBuildEnded(state, {
        finishedAtMs: this.#deps.clock.now(),
        ...(outcome.error === undefined ? {} : { error: outcome.error }),
        ...(outcome.canceled ? { canceled: true } : {}),
        ...(outcome.warnings ? { warnings: outcome.warnings } : {}),
        builtHash: manifest.spec!.buildHash,
        readyOnSuccess: target.kind === 'local' && target.serveCmd === undefined,
      }),
    );
  }
}

function isSameHold(a: Hold | undefined, b: Hold): boolean {
  return (
    a !== undefined &&
    a.reason === b.reason &&
    a.on.length === b.on.length &&
    a.on.every((ref, i) => ref.name === b.on[i]!.name)
  );
}

/** Reason bits of a trigger, by who asked (reference 4.3). */
export const triggerReasons = {
  cli: buildReason.triggerCli,
  web: buildReason.triggerWeb,
  screen: buildReason.triggerHud,
} as const;
