// What a Tiltfile has said about images, clusters and Compose projects; assembly makes resources of it.
import type { CommandSpec } from '../api/kinds-internal.ts';
import type { IgnoreDef, Link } from '../api/shared-types.ts';
import type { ImageRef } from '../domain/images/image-ref.ts';
import type { Entity } from '../domain/kubernetes/entity.ts';
import type { ImageLocator } from '../domain/kubernetes/object-images.ts';
import type { ObjectSelector } from '../domain/kubernetes/object-selector.ts';
import type { StarlarkFunction } from '../starlark/index.ts';
import type { BuildIndex } from './build-index.ts';
import type { ComposeProject } from './compose-state.ts';

export type PodReadiness = '' | 'wait' | 'ignore' | 'succeeded';

export interface KindInfo {
  readonly selector: ObjectSelector;
  locators: readonly ImageLocator[];
  podReadiness: PodReadiness;
}

export interface PortForward {
  readonly localPort: number;
  readonly containerPort: number;
  readonly host: string;
  readonly name: string;
  /** Without its leading slash. */
  readonly path: string;
}

/** A call of k8s_resource. */
export interface KubernetesOptions {
  readonly workload: string;
  readonly newName: string;
  readonly portForwards: readonly PortForward[];
  readonly extraPodSelectors: readonly Readonly<Record<string, string>>[];
  readonly triggerMode: 'auto' | 'manual' | undefined;
  readonly autoInit: boolean | undefined;
  /** Where the call stands, for errors. */
  readonly at: string;
  readonly resourceDeps: readonly string[];
  readonly objects: readonly string[];
  /** True when the call makes a resource of objects that belong to no workload. */
  readonly isManuallyGrouped: boolean;
  readonly podReadiness: PodReadiness;
  readonly discoveryStrategy: string;
  readonly links: readonly Link[];
  readonly labels: Readonly<Record<string, string>>;
}

export interface CustomDeploy {
  readonly applyCmd: CommandSpec;
  readonly deleteCmd: CommandSpec;
  readonly deps: readonly string[];
  readonly ignores: readonly IgnoreDef[];
}

/** A Kubernetes resource while it is put together. */
export interface KubernetesResource {
  name: string;
  readonly entities: Entity[];
  /** Images that its objects name, once each; required ones must be built by the Tiltfile. */
  readonly imageRefs: Map<string, { readonly ref: ImageRef; isRequired: boolean }>;
  readonly portForwards: PortForward[];
  readonly extraPodSelectors: Readonly<Record<string, string>>[];
  podReadiness: PodReadiness;
  discoveryStrategy: string;
  imageMapDeps: string[];
  triggerMode: 'auto' | 'manual' | undefined;
  autoInit: boolean;
  readonly resourceDeps: string[];
  isManuallyGrouped: boolean;
  readonly links: Link[];
  readonly labels: Record<string, string>;
  customDeploy: CustomDeploy | undefined;
}

/** Only the first of Helm 3 differs in what it prints. */
export type HelmVersion = '3.0' | 'later';

export interface RegistrySetting {
  readonly host: string;
  readonly hostFromContainerRuntime: string;
  readonly singleName: string;
}

/** A step of a live update that nobody has used yet, where it was made. */
export interface LiveUpdateStepMade {
  readonly at: string;
  readonly shown: string;
  readonly type: string;
}

export interface DeploymentState {
  readonly images: BuildIndex;
  /** Objects that belong to no resource yet. */
  unresourced: Entity[];
  readonly kubernetes: KubernetesResource[];
  readonly kubernetesByName: Map<string, KubernetesResource>;
  readonly options: KubernetesOptions[];
  readonly kinds: KindInfo[];
  /** Where an object was first given, by its address. */
  readonly registered: Map<string, string>;
  workloadFunction: { readonly fn: StarlarkFunction; readonly at: string } | undefined;
  registry: RegistrySetting | undefined;
  readonly unusedSteps: Map<string, LiveUpdateStepMade>;
  readonly compose: Map<string, ComposeProject>;
  readonly temporaryFiles: Map<string, string>;
  /** What helm said of itself in this load. */
  readonly helmVersions: Map<string, HelmVersion>;
}
