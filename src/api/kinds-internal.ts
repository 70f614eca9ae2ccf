// Kinds that are never served: what the engine knows and the 22 public kinds have no place for (design, section 2).
// Manifest: what the Tiltfile wants of one resource. BuildState: what was built of it and what waits.
// TriggerQueue: who asked for an update, in order (mirrored to the ConfigMap `tilt-trigger-queue`).
import type { KubernetesApplySpec } from './kinds-kubernetes.ts';
import type { ApiObject } from './meta.ts';
import type { IgnoreDef, Link, Probe } from './shared-types.ts';

/** 0 auto, 1 manual after the first build, 2 manual, 3 auto without the first build (reference 2.7, 4.4). */
export type TriggerMode = 0 | 1 | 2 | 3;

export interface CommandSpec {
  /** argv; a string of the Tiltfile is `['sh', '-c', text]`. */
  readonly args: readonly string[];
  readonly dir: string;
  /** `K=V`, over the environment of the session. */
  readonly env: readonly string[];
}

/** A local_resource (reference 2.7, 4.7). */
export interface LocalTarget {
  readonly kind: 'local';
  readonly updateCmd?: CommandSpec;
  readonly serveCmd?: CommandSpec;
  readonly readinessProbe?: Probe;
  readonly allowParallel: boolean;
  readonly deps: readonly string[];
  readonly ignores: readonly IgnoreDef[];
  readonly isTest: boolean;
  /** serve_cmd gets a real terminal. */
  readonly tty?: boolean;
}

/** Objects for a cluster (reference 2.5, 4.9). */
export interface KubernetesTarget {
  readonly kind: 'k8s';
  /** Spec of the KubernetesApply that this resource makes; the session adds what switches it off, and since when logs count. */
  readonly apply: KubernetesApplySpec;
  readonly podReadiness: 'wait' | 'ignore' | 'succeeded';
  readonly displayNames: readonly string[];
  readonly hasLiveUpdate: boolean;
}

/** One service of a Compose project. */
export interface ComposeTarget {
  readonly kind: 'docker-compose';
  readonly service: Readonly<Record<string, unknown>>;
}

export type DeployTarget = LocalTarget | KubernetesTarget | ComposeTarget;

export interface ManifestSpec {
  /** The Tiltfile object that defines the resource. */
  readonly tiltfile: string;
  /** Place in the order of definition, from 1. */
  readonly order: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly triggerMode: TriggerMode;
  readonly resourceDeps: readonly string[];
  readonly links: readonly Link[];
  readonly target: DeployTarget;
  /** Names of images that must be built first, in order. Image builds are an issue of their own. */
  readonly images: readonly string[];
  /** What, when it changes, asks for a new build (reference 4.5): a hash over exactly those fields. */
  readonly buildHash: string;
}

export type Manifest = ApiObject<ManifestSpec, never>;

/** Bits of reference 4.3; a build may have several. */
export const buildReason = {
  changedFiles: 1,
  config: 2,
  crash: 4,
  init: 8,
  triggerWeb: 16,
  triggerCli: 32,
  triggerHud: 64,
  triggerUnknown: 128,
  tiltfileArgs: 256,
  changedDeps: 512,
} as const;

export interface BuildRecord {
  readonly spanId: string;
  /** ms since 1970. */
  readonly startedAtMs: number;
  readonly finishedAtMs?: number;
  readonly reasons: number;
  /** Absolute paths, in the order they were seen. */
  readonly files: readonly string[];
  readonly error?: string;
  /** A build that was stopped on purpose; never shown as failed. */
  readonly canceled?: boolean;
  readonly warnings?: readonly string[];
}

export interface BuildStateStatus {
  /** Newest first, at most 2. */
  readonly history: readonly BuildRecord[];
  readonly current?: BuildRecord;
  /** Absolute path -> ms of its newest change, of changes no build has taken up. */
  readonly pendingFiles: Readonly<Record<string, number>>;
  /** Set when the definition changed since the last build (reference 4.5). */
  readonly pendingManifestSinceMs?: number;
  readonly pendingDepsSinceMs?: number;
  /** Reason bits that a Tiltfile change brings to the next build. */
  readonly pendingReasons?: number;
  /** Tiltfiles and other files it read whose change brought the new definition. */
  readonly pendingConfigFiles?: readonly string[];
  /** True once the resource was ready or succeeded; what dependents wait for (reference 4.3). */
  readonly hasEverBeenReady: boolean;
  readonly lastSuccessMs?: number;
  /** The hash that the last finished build was made from. */
  readonly builtHash?: string;
}

export type BuildState = ApiObject<never, BuildStateStatus>;

export interface TriggerQueueEntry {
  readonly name: string;
  readonly reasons: number;
}

export interface TriggerQueueStatus {
  readonly entries: readonly TriggerQueueEntry[];
}

export type TriggerQueue = ApiObject<never, TriggerQueueStatus>;
