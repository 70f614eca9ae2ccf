// What each resource has in its cluster, kept by key: made anew only when its apply, its pods or its builds changed.
import type { BuildState, Manifest } from '../api/kinds-internal.ts';
import type { KubernetesApply, KubernetesDiscovery } from '../api/kinds-kubernetes.ts';
import type { Clock } from '../base/clock.ts';
import { type ApplyFilter, podsOfApply } from '../engine/kubernetes-pods.ts';
import { type KubernetesRuntime, podStatus, troubleOf } from '../engine/kubernetes-runtime.ts';
import type { Store } from '../store/port.ts';

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
  readonly warningOf: (resource: string) => { readonly text: string; readonly atMs: number } | undefined;
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
    if (old && old.manifest === manifest && old.build === build && old.apply === apply && old.discovery === discovery)
      return old.runtime;
    const filter = this.#deps.filterOf(name);
    const pods = podsOfApply(discovery?.status?.pods ?? [], filter);
    const runtime: KubernetesRuntime = {
      podReadiness: target.podReadiness,
      hasEverDeployed: build?.status?.lastSuccessMs !== undefined,
      conditions: apply?.status?.conditions ?? [],
      pods,
      wantsNoPods: filter?.wantsNoPods ?? false,
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

  /** Why the resource may not come up, as the cluster said since its newest deploy began; '' when it said nothing. */
  warning(name: string): string {
    const { store, warningOf } = this.#deps;
    const runtime = this.get(name);
    if (!runtime || podStatus(runtime) !== 'pending') return '';
    const { text, atMs } = warningOf(name) ?? { text: '', atMs: 0 };
    return atMs >= (store.get('BuildState', name)?.status?.history[0]?.startedAtMs ?? 0) ? text : '';
  }

  /** Why the resource is not ready, in one line; '' when nobody knows. */
  trouble(name: string): string {
    const runtime = this.get(name);
    const said = (runtime && troubleOf(runtime)) || this.warning(name);
    return said.split('\n', 1)[0]!;
  }

  /** When the resource was seen ready last; undefined when it never was. */
  lastReadyMs(name: string): number | undefined {
    this.get(name);
    return this.#lastReadyMs.get(name);
  }
}
