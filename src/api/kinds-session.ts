// Kinds of the session itself: Session (3.16), Tiltfile (3.17), UISession and UIResource (3.20).
import type { ApiObject } from './meta.ts';
import type { DisableStatus, Link, RestartOn, StopOn } from './shared-types.ts';

export interface TiltfileSpec {
  readonly path: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly restartOn?: RestartOn;
  readonly stopOn?: StopOn;
}

export interface TiltfileStatus {
  readonly waiting?: { readonly reason?: string };
  readonly running?: { readonly reasons?: readonly string[]; readonly startedAt: string };
  readonly terminated?: {
    readonly reasons?: readonly string[];
    readonly error?: string;
    readonly warningCount?: number;
    readonly startedAt?: string;
    readonly finishedAt?: string;
  };
}

export type Tiltfile = ApiObject<TiltfileSpec, TiltfileStatus>;

export interface SessionSpec {
  readonly tiltfilePath: string;
  readonly exitCondition: 'manual' | 'ci';
  /** Durations as Go writes them. */
  readonly ci?: { readonly timeout?: string; readonly readinessTimeout?: string; readonly k8sGracePeriod?: string };
}

export interface TargetState {
  readonly waiting?: { readonly waitReason: string };
  readonly active?: { readonly startTime: string; readonly ready: boolean; readonly lastReadyTime?: string };
  readonly terminated?: {
    readonly startTime?: string;
    readonly finishTime?: string;
    readonly error?: string;
    readonly graceStatus?: '' | 'Tolerated' | 'Exceeded';
  };
  readonly disabled?: Record<string, never>;
}

export interface SessionTarget {
  readonly name: string;
  readonly type: 'job' | 'server';
  readonly resources: readonly string[];
  readonly state: TargetState;
}

export interface SessionStatus {
  readonly pid: number;
  readonly startTime: string;
  /** Sorted by name. */
  readonly targets: readonly SessionTarget[];
  readonly done: boolean;
  readonly error?: string;
}

export type Session = ApiObject<SessionSpec, SessionStatus>;

export interface UISessionStatus {
  readonly fatalError?: string;
  readonly featureFlags?: readonly { readonly name: string; readonly value: boolean }[];
  readonly needsAnalyticsNudge: boolean;
  readonly runningTiltBuild: {
    readonly version: string;
    readonly commitSHA?: string;
    readonly date?: string;
    readonly dev?: boolean;
  };
  readonly suggestedTiltVersion?: string;
  readonly versionSettings: { readonly checkUpdates: boolean };
  readonly tiltCloudUsername?: string;
  readonly tiltCloudTeamName?: string;
  readonly tiltCloudSchemeHost?: string;
  readonly tiltCloudTeamID?: string;
  readonly tiltStartTime: string;
  readonly tiltfileKey: string;
}

export type UISession = ApiObject<Record<string, never>, UISessionStatus>;

export type UpdateStatus = 'none' | 'pending' | 'in_progress' | 'ok' | 'error' | 'not_applicable';
export type RuntimeStatus = 'none' | 'pending' | 'ok' | 'error' | 'unknown' | 'not_applicable';

export interface UIBuildRunning {
  readonly startTime: string;
  readonly spanID?: string;
}

export interface UIBuildTerminated {
  readonly error?: string;
  readonly warnings?: readonly string[];
  readonly startTime: string;
  readonly finishTime: string;
  readonly spanID?: string;
  readonly isCrashRebuild?: boolean;
}

export interface UIResourceCondition {
  readonly type: 'UpToDate' | 'Ready';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly lastTransitionTime?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface UIResourceWaiting {
  /** A hold reason of reference 4.3. */
  readonly reason: string;
  readonly on?: readonly {
    readonly group?: string;
    readonly apiVersion?: string;
    readonly kind?: string;
    readonly name: string;
  }[];
}

export interface UIResourceStatus {
  readonly lastDeployTime?: string;
  readonly triggerMode?: number;
  /** Newest first, at most 2. */
  readonly buildHistory?: readonly UIBuildTerminated[];
  readonly currentBuild?: UIBuildRunning;
  readonly pendingBuildSince?: string;
  readonly hasPendingChanges?: boolean;
  readonly endpointLinks?: readonly Link[];
  readonly k8sResourceInfo?: Readonly<Record<string, unknown>>;
  readonly localResourceInfo?: { readonly pid?: number; readonly isTest?: boolean };
  readonly composeResourceInfo?: { readonly healthStatus?: string };
  readonly runtimeStatus?: RuntimeStatus;
  readonly updateStatus?: UpdateStatus;
  readonly specs?: readonly {
    readonly id: string;
    readonly type: 'image' | 'docker-compose' | 'k8s' | 'local';
    readonly hasLiveUpdate?: boolean;
  }[];
  readonly queued?: boolean;
  readonly order?: number;
  readonly disableStatus?: {
    readonly enabledCount?: number;
    readonly disabledCount?: number;
    readonly sources?: readonly { readonly configMap?: { readonly name: string; readonly key: string } }[];
    readonly state?: DisableStatus['state'];
  };
  readonly waiting?: UIResourceWaiting;
  readonly conditions?: readonly UIResourceCondition[];
}

export type UIResource = ApiObject<Record<string, never>, UIResourceStatus>;
