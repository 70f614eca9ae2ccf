// What the decisions look at: one plain record per resource, kept by key by the build controller.
// The room `engine` is pure: no waiting, no clock, no input or output. Time comes in as a number.
// Does not: change anything, or know where the records come from.
import type { BuildStateStatus, TriggerMode } from '../api/kinds-internal.ts';
import type { RuntimeStatus } from '../api/kinds-session.ts';
import type { DisableState } from '../api/shared-types.ts';

export interface ResourceState {
  readonly name: string;
  /** Place in the order of definition. */
  readonly order: number;
  readonly kind: 'local' | 'k8s' | 'docker-compose';
  readonly triggerMode: TriggerMode;
  readonly resourceDeps: readonly string[];
  /** Enabled, Disabled, or not known yet (Pending, '' and Error count as unknown and disabled). */
  readonly enablement: DisableState;
  /** For local resources: may run beside others. True for every other kind. */
  readonly allowParallel: boolean;
  /** False for a local resource that has only a serve_cmd: its update is a formality. */
  readonly hasUpdate: boolean;
  /** False for a local resource without serve_cmd. */
  readonly hasRuntime: boolean;
  /** Names of the images that the next build would have to make. */
  readonly images: readonly string[];
  /** Name of the Cluster object it deploys to. */
  readonly cluster?: string;
  readonly build: BuildStateStatus;
  /** What the runtime says of itself, before trigger rules are applied. */
  readonly runtime: RuntimeStatus;
  /** What it deployed to a cluster is ready as far as Tilt looks: what its dependents wait for. */
  readonly hasReadyPods?: boolean;
}

/** Builds by itself when it is first seen (reference 4.4). */
export function isAutoInit(mode: TriggerMode): boolean {
  return mode === 0 || mode === 1;
}

/** Builds by itself when its files change (reference 4.4). */
export function isAutoOnChange(mode: TriggerMode): boolean {
  return mode === 0 || mode === 3;
}

/** A first build runs or has run. */
export function hasStartedFirstBuild(build: BuildStateStatus): boolean {
  return build.current !== undefined || build.history.length > 0;
}

/** When the earliest change that no build has taken up came (ms), or undefined. */
export function pendingSince(build: BuildStateStatus): number | undefined {
  let earliest = Number.POSITIVE_INFINITY;
  for (const path in build.pendingFiles) earliest = Math.min(earliest, build.pendingFiles[path]!);
  if (build.pendingManifestSinceMs !== undefined) earliest = Math.min(earliest, build.pendingManifestSinceMs);
  if (build.pendingDepsSinceMs !== undefined) earliest = Math.min(earliest, build.pendingDepsSinceMs);
  return earliest === Number.POSITIVE_INFINITY ? undefined : earliest;
}
