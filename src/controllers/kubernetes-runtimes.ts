// What each resource has in its cluster, kept by key: made anew only when its apply, its pods or its builds changed.
import type { BuildState, Manifest } from '../api/kinds-internal.ts';
import type { KubernetesApply, KubernetesDiscovery, Pod } from '../api/kinds-kubernetes.ts';
import type { Clock } from '../base/clock.ts';
import { isDeadlyProbe, isVolumeWarning } from '../engine/kubernetes-event.ts';
import { type ApplyFilter, isUnschedulable, mostRecentPod, podsOfApply } from '../engine/kubernetes-pods.ts';
import {
  delayOf,
  isPodHeldBack,
  type KubernetesRuntime,
  kubernetesStatus,
  podStatus,
  troubleOf,
} from '../engine/kubernetes-runtime.ts';
import { isBackOffWords, isImageWord } from '../engine/pod-words.ts';
import { refusal, type WorkloadTrouble } from '../engine/workload-trouble.ts';
import type { Store } from '../store/port.ts';
import type { Warning } from './pods/kubernetes-events.ts';

/** A node that is away gives no reason. */
const heldBackWords = 'the pod is not ready, though its containers are: its node may be away';

interface Entry {
  readonly manifest: Manifest;
  readonly build: BuildState | undefined;
  readonly apply: KubernetesApply | undefined;
  readonly discovery: KubernetesDiscovery | undefined;
  readonly runtime: KubernetesRuntime;
}

export interface KubernetesRuntimesDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** What the newest apply of a resource put into the cluster. */
  readonly filterOf: (resource: string) => ApplyFilter | undefined;
  /** What the newest apply of a resource is called. */
  readonly displayNamesOf: (resource: string) => readonly string[];
  /** What the cluster warned of last; undefined when there was nothing. */
  readonly warningOf: (resource: string) => Warning | undefined;
  /** Why a claim of the pod has no volume; '' when nobody said. */
  readonly unboundClaimOf: (resource: string, pod: Pod) => string;
  /** Names of the pull secrets that a pod asks for in vain; undefined when there are none. */
  readonly missingPullSecretsOf: (podUid: string) => string | undefined;
  /** What the workloads of a resource say of why it has no pods. */
  readonly workloadsOf: (resource: string) => WorkloadTrouble | undefined;
}

export class KubernetesRuntimes {
  #deps: KubernetesRuntimesDeps;
  #entries = new Map<string, Entry>();
  #lastReadyMs = new Map<string, number>();

  constructor(deps: KubernetesRuntimesDeps) {
    this.#deps = deps;
  }

  /** Undefined for a resource that deploys to no cluster. */
  get(name: string): KubernetesRuntime | undefined {
    const { store, clock } = this.#deps;
    const manifest = store.get('Manifest', name);
    const target = manifest?.spec?.target;
    if (!manifest || target?.kind !== 'k8s') {
      this.#entries.delete(name);
      this.#lastReadyMs.delete(name);
      return undefined;
    }
    const build = store.get('BuildState', name);
    const apply = store.get('KubernetesApply', name);
    const discovery = store.get('KubernetesDiscovery', name);
    const old = this.#entries.get(name);
    const noPods = this.#noPods(name, build);
    const before = old?.runtime.noPods;
    const isSame = before?.text === noPods?.text && before?.isRefusal === noPods?.isRefusal;
    if (
      old &&
      isSame &&
      old.manifest === manifest &&
      old.build === build &&
      old.apply === apply &&
      old.discovery === discovery
    )
      return old.runtime;
    const filter = this.#deps.filterOf(name);
    const pods = podsOfApply(discovery?.status?.pods ?? [], filter);
    const runtime: KubernetesRuntime = {
      podReadiness: target.podReadiness,
      hasEverDeployed: build?.status?.lastSuccessMs !== undefined,
      conditions: apply?.status?.conditions ?? [],
      pods,
      wantsNoPods: filter?.wantsNoPods ?? false,
      bringsNoPods: filter?.bringsNoPods ?? false,
      noPods,
    };
    this.#entries.set(name, { manifest, build, apply, discovery, runtime });
    if (podStatus(runtime) === 'ok') this.#lastReadyMs.set(name, clock.now());
    return runtime;
  }

  /** What the resource consists of: as it was applied, else as the Tiltfile has it. */
  displayNames(name: string): readonly string[] {
    const applied = this.#deps.displayNamesOf(name);
    if (applied.length > 0) return applied;
    const target = this.#deps.store.get('Manifest', name)?.spec?.target;
    return target?.kind === 'k8s' ? target.displayNames : [];
  }

  /** Why the resource is not ready, in one line; '' when nobody knows. */
  trouble(name: string): string {
    return this.explanation(name).split('\n', 1)[0]!;
  }

  /** Why the resource is not ready, in all words that there are; '' when nobody knows. */
  explanation(name: string): string {
    const runtime = this.get(name);
    const pod = mostRecentPod(runtime?.pods ?? []);
    if (!runtime) return '';
    const told = pod && !pod.deleting ? pod.errors.filter(error => !isBackOffWords(error)).join('\n') : '';
    const trouble = troubleOf(runtime);
    if (trouble?.startsWith('cannot start: ')) return [trouble, told].filter(Boolean).join('\n');
    if (trouble?.startsWith('crash loop: '))
      return [`${trouble}${this.#probe(name, pod!)}`, told].filter(Boolean).join('\n');
    const said = told || (trouble ?? delayOf(runtime) ?? this.#warning(name, runtime));
    if (said === '' && isPodHeldBack(runtime)) return heldBackWords;
    // The pods of the others tell nothing of it.
    if (said === '' && runtime.noPods?.isOfOne) return runtime.noPods.text;
    return pod ? this.#withCause(said, name, pod) : said;
  }

  /** With what the cluster said elsewhere of where the trouble comes from. */
  #withCause(said: string, name: string, pod: Pod): string {
    if (isUnschedulable(pod) && /unbound|PersistentVolumeClaim/.test(said)) {
      const unbound = this.#deps.unboundClaimOf(name, pod);
      return unbound === '' ? said : `${said}: ${unbound}`;
    }
    const secrets = isImageWord(pod.status) ? this.#deps.missingPullSecretsOf(pod.uid) : undefined;
    return secrets === undefined ? said : `pull secret ${secrets} is missing; ${said}`;
  }

  /** `, Liveness probe failed: ...`, where that ended a container of the pod; else ''. */
  #probe(name: string, { uid }: Pod): string {
    const warning = this.#deps.warningOf(name);
    return warning?.uid === uid && isDeadlyProbe(warning.text) ? `, ${warning.text}` : '';
  }

  /** What the cluster warned of since the newest deploy began, as far as it may still hold; '' when it said nothing. */
  #warning(name: string, runtime: KubernetesRuntime): string {
    if (kubernetesStatus(runtime) !== 'pending') return '';
    const warning = this.#deps.warningOf(name);
    const pod = mostRecentPod(runtime.pods);
    if (!warning) return '';
    // That holds, however old it is, until the pod has all of its volumes.
    if (isVolumeWarning(warning.text)) return warning.uid === pod?.uid && pod.phase === 'Pending' ? warning.text : '';
    if (warning.atMs < this.#deployedMs(this.#deps.store.get('BuildState', name))) return '';
    const isOld = pod && !pod.deleting && warning.uid !== pod.uid && warning.atMs < Date.parse(pod.createdAt);
    return isOld ? '' : warning.text;
  }

  #deployedMs(build: BuildState | undefined): number {
    return build?.status?.history[0]?.startedAtMs ?? 0;
  }

  #noPods(name: string, build: BuildState | undefined): WorkloadTrouble | undefined {
    const said = this.#deps.workloadsOf(name);
    if (said) return said;
    const warning = this.#deps.warningOf(name);
    // One from before it was ready has been overcome.
    const sinceMs = Math.max(this.#deployedMs(build), this.#lastReadyMs.get(name) ?? 0);
    return warning?.isRefusal && warning.atMs >= sinceMs ? refusal(warning.text) : undefined;
  }

  /** When the resource was seen ready last; undefined when it never was. */
  lastReadyMs(name: string): number | undefined {
    this.get(name);
    return this.#lastReadyMs.get(name);
  }
}
