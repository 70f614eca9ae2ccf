// The kinds around a cluster (reference 3.1, 3.10 to 3.15). Their fields as data: schema-kubernetes.ts, schema-images.ts.
import type { ApiObject } from './meta.ts';
import type { DisableSource, DisableStatus, RestartOn } from './shared-types.ts';

export interface RegistryHosting {
  readonly host: string;
  readonly hostFromClusterNetwork?: string;
  readonly hostFromContainerRuntime?: string;
  readonly singleName?: string;
  readonly help?: string;
}

export interface ClusterSpec {
  readonly connection?: {
    readonly docker?: { readonly host?: string };
    readonly kubernetes?: { readonly context?: string; readonly namespace?: string };
  };
  readonly defaultRegistry?: RegistryHosting;
}

export interface KubernetesConnectionStatus {
  readonly context: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly product?: string;
  /** Path of the frozen kubeconfig. */
  readonly configPath?: string;
}

export interface ClusterStatus {
  readonly error?: string;
  readonly arch?: string;
  readonly version?: string;
  /** MicroTime. */
  readonly connectedAt?: string;
  readonly registry?: RegistryHosting;
  readonly connection?: { readonly kubernetes?: KubernetesConnectionStatus };
}

export type Cluster = ApiObject<ClusterSpec, ClusterStatus>;

export interface ImageMapSpec {
  readonly selector: string;
  readonly matchExact?: boolean;
  readonly matchInEnvVars?: boolean;
  readonly overrideCommand?: { readonly command: readonly string[] };
  readonly overrideArgs?: { readonly args: readonly string[] };
}

export interface ImageMapStatus {
  readonly image?: string;
  readonly imageFromLocal?: string;
  readonly imageFromCluster?: string;
  /** MicroTime. */
  readonly buildStartTime?: string;
}

export type ImageMap = ApiObject<ImageMapSpec, ImageMapStatus>;

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface Forward {
  /** 0: a random one. */
  readonly localPort?: number;
  /** 0: chosen by the pod's declared ports. */
  readonly containerPort?: number;
  readonly host?: string;
  readonly name?: string;
  readonly path?: string;
}

export interface PortForwardTemplateSpec {
  readonly forwards: readonly Forward[];
}

export interface PodLogStreamTemplateSpec {
  /** RFC 3339. */
  readonly sinceTime?: string;
  readonly onlyContainers?: readonly string[];
  readonly ignoreContainers?: readonly string[];
}

export interface KubernetesApplyCmd {
  readonly args: readonly string[];
  readonly dir?: string;
  readonly env?: readonly string[] | null;
}

export interface ImageLocatorSpec {
  readonly objectSelector: {
    readonly apiVersionRegexp?: string;
    readonly kindRegexp?: string;
    readonly nameRegexp?: string;
    readonly namespaceRegexp?: string;
  };
  readonly path: string;
  readonly object?: { readonly repoField: string; readonly tagField: string };
}

export interface KubernetesApplySpec {
  readonly cluster?: string;
  readonly yaml?: string;
  readonly applyCmd?: KubernetesApplyCmd;
  readonly deleteCmd?: KubernetesApplyCmd;
  readonly imageMaps?: readonly string[];
  readonly imageLocators?: readonly ImageLocatorSpec[];
  /** Go duration. */
  readonly timeout?: string;
  readonly kubernetesDiscoveryTemplateSpec?: { readonly extraSelectors?: readonly LabelSelector[] };
  readonly portForwardTemplateSpec?: PortForwardTemplateSpec;
  readonly podLogStreamTemplateSpec?: PodLogStreamTemplateSpec;
  /** `default`, `selectors-only`. */
  readonly discoveryStrategy?: string;
  readonly restartOn?: RestartOn;
  readonly disableSource?: DisableSource;
  readonly serverSideApply?: boolean;
}

export interface ApplyCondition {
  readonly type: string;
  readonly status: string;
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Of KubernetesApply.status: its Job has completed, whatever became of the pods since (reference 3.11). */
export const jobCompleteCondition = 'JobComplete';

export interface KubernetesApplyStatus {
  readonly resultYAML?: string;
  readonly error?: string;
  /** MicroTime. */
  readonly lastApplyTime?: string;
  readonly lastApplyStartTime?: string;
  readonly appliedInputHash?: string;
  readonly disableStatus?: DisableStatus;
  readonly conditions?: readonly ApplyCondition[];
}

export type KubernetesApply = ApiObject<KubernetesApplySpec, KubernetesApplyStatus>;

export interface KubernetesWatchRef {
  readonly namespace: string;
  readonly name?: string;
  readonly uid?: string;
}

export interface KubernetesDiscoverySpec {
  readonly cluster?: string;
  readonly watches: readonly KubernetesWatchRef[];
  readonly extraSelectors?: readonly LabelSelector[];
  readonly portForwardTemplateSpec?: PortForwardTemplateSpec;
  readonly podLogStreamTemplateSpec?: PodLogStreamTemplateSpec;
}

export interface ContainerState {
  readonly waiting: { readonly reason: string } | null;
  readonly running: { readonly startedAt: string } | null;
  readonly terminated: {
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly exitCode: number;
    readonly reason?: string;
  } | null;
}

/**
 * How a container ended before it was started again, for readers in this process: it is no field of Tilt's, and what goes
 * over the wire does not have it.
 */
export const lastEnding: unique symbol = Symbol('last ending');

export interface Container {
  readonly name: string;
  readonly id: string;
  readonly ready: boolean;
  readonly image: string;
  readonly restarts: number;
  readonly ports: readonly number[];
  readonly state: ContainerState;
  readonly [lastEnding]?: NonNullable<ContainerState['terminated']>;
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface Pod {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: string;
  readonly phase: string;
  readonly deleting: boolean;
  /** What `kubectl get pods` says. */
  readonly status: string;
  readonly errors: readonly string[];
  readonly conditions?: readonly PodCondition[];
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly owner?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly creationTimestamp?: string;
  };
  readonly ancestorUID?: string;
  readonly podTemplateSpecHash?: string;
}

export interface KubernetesDiscoveryStatus {
  /** null, as Tilt writes it, when there are none. */
  readonly pods: readonly Pod[] | null;
  /** MicroTime. */
  readonly monitorStartTime?: string;
  readonly waiting?: { readonly reason: string };
  readonly running?: { readonly startTime: string };
}

export type KubernetesDiscovery = ApiObject<KubernetesDiscoverySpec, KubernetesDiscoveryStatus>;

export interface PodLogStreamSpec {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly pod?: string;
  readonly sinceTime?: string;
  readonly onlyContainers?: readonly string[];
  readonly ignoreContainers?: readonly string[];
}

export interface ContainerLogStreamStatus {
  readonly name?: string;
  readonly active?: boolean;
  readonly terminated?: boolean;
  readonly error?: string;
}

export interface PodLogStreamStatus {
  readonly error?: string;
  readonly containerStatuses?: readonly ContainerLogStreamStatus[];
}

export type PodLogStream = ApiObject<PodLogStreamSpec, PodLogStreamStatus>;

export interface PortForwardSpec {
  readonly cluster?: string;
  readonly namespace?: string;
  readonly podName: string;
  readonly forwards: readonly Forward[];
}

export interface ForwardStatus {
  readonly localPort: number;
  readonly containerPort: number;
  readonly addresses: readonly string[];
  /** MicroTime; null while it does not run. */
  readonly startedAt?: string | null;
  readonly error?: string;
}

export interface PortForwardStatus {
  readonly forwardStatuses?: readonly ForwardStatus[];
}

export type PortForward = ApiObject<PortForwardSpec, PortForwardStatus>;
