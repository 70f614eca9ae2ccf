// Session.status: the targets of this run, and for `tilt ci` whether it is done (reference 3.16, 4.13).
// Targets are made by key, so that a run of n resources costs n, not n squared; the verdict is looked for only when
// nothing is left to wait for, something failed, or a timer says so.

import type { Kind } from '../api/kinds.ts';
import type { SessionTarget, TargetState } from '../api/kinds-session.ts';
import { mainTiltfile, parseTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { type Disposable, Scope } from '../base/disposable.ts';
import type { Hold } from '../engine/build-queue.ts';
import { longReadyMs, runtimeTarget } from '../engine/kubernetes-runtime.ts';
import {
  type CiRules,
  type CiVerdict,
  ciVerdict,
  isWanted,
  type ProcessLook,
  resourceTargets,
  type ServerState,
  tiltfileTarget,
} from '../engine/session-targets.ts';
import type { Store } from '../store/port.ts';
import { areExtensionsSettling } from './extensions-settling.ts';
import type { KubernetesRuntimes } from './kubernetes-runtimes.ts';
import { type ResourceIndex, resourceOfConfigMap, resourceOfServerCmd } from './resource-index.ts';
import type { TriggerQueue } from './trigger-queue.ts';

export interface SessionControllerDeps {
  readonly store: Store;
  readonly index: ResourceIndex;
  readonly queue: TriggerQueue;
  readonly clock: Clock;
  readonly holds: () => ReadonlyMap<string, Hold>;
  /** Of this process. */
  readonly pid: number;
  readonly startedAtMs: number;
  /** Timeouts as they stand now: the Tiltfile's win over the flag's. */
  readonly ciRules: () => Pick<CiRules, 'timeoutMs' | 'readinessTimeoutMs'> & { readonly k8sGracePeriodMs?: number };
  /** What resources have in clusters. */
  readonly kubernetes?: KubernetesRuntimes;
  /** Called once when the exit condition `ci` is met. */
  readonly onDone: (verdict: CiVerdict) => void;
  /** What a process does at this moment. */
  readonly lookAt: (pid: number) => ProcessLook;
}

export const sessionName = 'Tiltfile';
/** The Session object is rewritten at most this often: with many resources it is large. */
const writePeriodMs = 100;

export class SessionController implements Disposable {
  #deps: SessionControllerDeps;
  #scope = new Scope();
  #targets = new Map<string, readonly SessionTarget[]>();
  #open = new Set<string>();
  #failed = new Set<string>();
  #recheck: Disposable | undefined;
  /** By name of target, on the monotonic clock. */
  readonly #readySinceMs = new Map<string, number>();
  #write: Disposable | undefined;
  #lastWriteMs = Number.NEGATIVE_INFINITY;
  #isDone = false;
  #clusterChanged = false;
  #condition: string | undefined;

  constructor(deps: SessionControllerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#hasNewCondition();
    const kinds: Kind[] = [
      'Manifest',
      'BuildState',
      'ConfigMap',
      'Cmd',
      'KubernetesApply',
      'KubernetesDiscovery',
      'Cluster',
      'Tiltfile',
      'TriggerQueue',
      'Extension',
      'ExtensionRepo',
      'Session',
      'UIResource',
    ];
    this.#scope.add(this.#deps.store.subscribe(kinds, keys => this.#take(keys)));
    this.#scope.defer(() => {
      this.#recheck?.dispose();
      this.#write?.dispose();
    });
  }

  /** Reasons to wait of these resources changed. */
  holdsChanged(names: readonly string[]): void {
    for (const name of names) this.#update(name);
    this.#judge();
  }

  dispose(): void {
    this.#scope.dispose();
  }

  #take(keys: ReadonlyMap<Kind, ReadonlySet<string>>): void {
    if (keys.size === 1 && keys.has('Session') && !this.#hasNewCondition()) return;
    const names = new Set<string>([...(keys.get('Manifest') ?? []), ...(keys.get('BuildState') ?? [])]);
    for (const map of keys.get('ConfigMap') ?? []) for (const name of resourceOfConfigMap(map)) names.add(name);
    for (const cmd of keys.get('Cmd') ?? []) for (const name of resourceOfServerCmd(cmd)) names.add(name);
    for (const kind of ['KubernetesApply', 'KubernetesDiscovery'] as const)
      for (const name of keys.get(kind) ?? []) if (this.#deps.index.get(name)?.kind === 'k8s') names.add(name);
    // That a Job was given up stands in its resource only.
    for (const name of keys.get('UIResource') ?? [])
      if (this.#deps.kubernetes?.get(name)?.noPods?.isFailure) names.add(name);
    if (names.size === 0 && keys.size === 1 && keys.has('UIResource')) return;
    if (keys.has('Tiltfile')) this.#set(mainTiltfile, [tiltfileTarget(tiltfileState(this.#deps))]);
    if (keys.has('TriggerQueue')) for (const entry of this.#deps.queue.entries) names.add(entry.name);
    if (keys.has('Cluster')) this.#clusterChanged = true;
    for (const name of names) this.#update(name);
    this.#judge();
  }

  /** True when somebody changed what ends the session; its status is written here. */
  #hasNewCondition(): boolean {
    const before = this.#condition;
    this.#condition = this.#deps.store.get('Session', sessionName)?.spec?.exitCondition;
    return this.#condition !== before;
  }

  #update(name: string): void {
    const { index, queue } = this.#deps;
    const state = index.get(name);
    if (!state) {
      if (name !== mainTiltfile) this.#set(name, []);
      return;
    }
    const targets = resourceTargets(state, {
      queued: queue.reasons(name),
      hold: this.#deps.holds().get(name),
      server: serverState(this.#deps, name),
      runtimeTarget: this.#runtimeTarget(name),
    });
    this.#set(name, targets);
  }

  #runtimeTarget(name: string): SessionTarget | undefined {
    const { index, kubernetes, clock } = this.#deps;
    const runtime = kubernetes?.get(name);
    if (!runtime) return undefined;
    const state = index.get(name)!;
    return runtimeTarget({
      resource: name,
      isDisabled: state.enablement === 'Disabled',
      isWanted: isWanted(state),
      runtime,
      deployedAtMs: state.build.lastSuccessMs,
      lastReadyMs: kubernetes!.lastReadyMs(name),
      gracePeriodMs: this.#deps.ciRules().k8sGracePeriodMs ?? 0,
      nowMs: clock.now(),
    });
  }

  #set(name: string, targets: readonly SessionTarget[]): void {
    for (const { name: old } of this.#targets.get(name) ?? [])
      if (!targets.some(target => target.name === old && target.state.active?.ready)) this.#readySinceMs.delete(old);
    for (const target of targets)
      if (target.state.active?.ready && !this.#readySinceMs.has(target.name))
        this.#readySinceMs.set(target.name, this.#deps.clock.monotonic());
    if (targets.length === 0) this.#targets.delete(name);
    else this.#targets.set(name, targets);
    mark(
      this.#open,
      name,
      targets.some(t => t.state.waiting !== undefined || (t.state.active !== undefined && !t.state.active.ready)),
    );
    mark(
      this.#failed,
      name,
      targets.some(t => t.state.terminated?.error !== undefined),
    );
  }

  /** Every target, sorted by name. */
  #all(): SessionTarget[] {
    return [...this.#targets.values()].flat().sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  #judge(): void {
    if (this.#isDone) return;
    const session = this.#deps.store.get('Session', sessionName);
    if (!session) return;
    if (session.spec?.exitCondition !== 'ci') {
      this.#scheduleWrite();
      return;
    }
    const mayBeDone =
      this.#open.size === 0 || this.#clusterChanged || this.#failed.size > 0 || this.#recheck === undefined;
    this.#clusterChanged = false;
    if (mayBeDone) this.#decide();
    if (!this.#isDone) this.#scheduleWrite();
  }

  #decide(): void {
    const { store, clock, startedAtMs } = this.#deps;
    this.#refreshGrace();
    const targets = this.#all();
    const whyNotReady = ({ resources }: SessionTarget): string =>
      this.#deps.kubernetes?.trouble(resources[0] ?? '') ?? '';
    const look = (target: SessionTarget): ProcessLook =>
      this.#deps.lookAt(serverState(this.#deps, target.resources[0] ?? '')?.pid ?? 0);
    const readyForMs = (target: SessionTarget): number => this.#readyForMs(target);
    const clusterFailed = this.#hasFailedCluster();
    const rules = { ...this.#deps.ciRules(), startedAtMs, clusterFailed, look, readyForMs, whyNotReady };
    const verdict = ciVerdict(targets, rules, clock.now());
    this.#recheck?.dispose();
    this.#recheck = undefined;
    // What extensions bring counts too, also when all else is done before they are loaded.
    const isEarly = verdict.done && verdict.error === undefined && areExtensionsSettling(store);
    if (verdict.done && !isEarly) {
      this.#isDone = true;
      this.#writeNow(verdict);
      this.#deps.onDone(verdict);
      return;
    }
    // Readiness may begin to count at any change, so the look is never put off by more than a second.
    const afterMs = Math.min(verdict.recheckAfterMs ?? Number.POSITIVE_INFINITY, 1000);
    this.#recheck = clock.after(afterMs, () => {
      this.#recheck = undefined;
      this.#judge();
    });
  }

  /** For how long a target has been ready: since it was seen so, or as its pod says. */
  #readyForMs({ name, resources }: SessionTarget): number {
    const { clock, kubernetes } = this.#deps;
    const now = clock.monotonic();
    const runtime = kubernetes?.get(resources[0] ?? '');
    return Math.max(now - (this.#readySinceMs.get(name) ?? now), runtime ? longReadyMs(runtime, clock.now()) : 0);
  }

  /** Errors that are tolerated for a while are looked at again, for time alone changes them. */
  #refreshGrace(): void {
    for (const [name, targets] of this.#targets)
      if (targets.some(({ state }) => state.terminated?.graceStatus === 'Tolerated')) this.#update(name);
  }

  /** An enabled resource deploys to a cluster that cannot be reached. */
  #hasFailedCluster(): boolean {
    const { store, index } = this.#deps;
    const failed = new Set(
      store.list('Cluster').flatMap(({ metadata, status }) => (status?.error ? [metadata.name] : [])),
    );
    if (failed.size === 0) return false;
    for (const { enablement, cluster } of index.all())
      if (enablement === 'Enabled' && cluster !== undefined && failed.has(cluster)) return true;
    return false;
  }

  #scheduleWrite(): void {
    if (this.#write) return;
    const { clock } = this.#deps;
    const delayMs = Math.max(0, this.#lastWriteMs + writePeriodMs - clock.monotonic());
    if (delayMs === 0) this.#writeNow();
    else this.#write = clock.after(delayMs, () => this.#writeNow());
  }

  #writeNow(verdict?: CiVerdict): void {
    this.#write?.dispose();
    this.#write = undefined;
    const { store, clock, pid, startedAtMs } = this.#deps;
    if (this.#scope.isDisposed || !store.get('Session', sessionName)) return;
    this.#lastWriteMs = clock.monotonic();
    store.setStatus('Session', sessionName, {
      pid,
      startTime: new Date(startedAtMs).toISOString().replace('Z', '000Z'),
      targets: this.#all(),
      done: verdict?.done ?? false,
      ...(verdict?.error === undefined ? {} : { error: verdict.error }),
    });
  }
}

function mark(set: Set<string>, name: string, isIn: boolean): void {
  if (isIn) set.add(name);
  else set.delete(name);
}

function serverState(deps: SessionControllerDeps, name: string): ServerState | undefined {
  const status = deps.index.server(name)?.status;
  if (!status) return undefined;
  const { running, terminated } = status;
  const startedAtMs = parseTime(running?.startedAt ?? terminated?.startedAt);
  const finishedAtMs = parseTime(terminated?.finishedAt);
  return {
    pid: running?.pid ?? terminated?.pid ?? 0,
    ready: status.ready ?? false,
    isTerminated: terminated !== undefined,
    ...(startedAtMs === undefined ? {} : { startedAtMs }),
    ...(finishedAtMs === undefined ? {} : { finishedAtMs }),
  };
}

function tiltfileState(deps: SessionControllerDeps): TargetState {
  const status = deps.store.get('Tiltfile', mainTiltfile)?.status;
  if (status?.running) return { active: { startTime: status.running.startedAt, ready: false } };
  if (status?.terminated) {
    const { startedAt, finishedAt, error } = status.terminated;
    return {
      terminated: {
        ...(startedAt ? { startTime: startedAt } : {}),
        ...(finishedAt ? { finishTime: finishedAt } : {}),
        ...(error ? { error } : {}),
      },
    };
  }
  return { waiting: { waitReason: 'initial-build' } };
}
