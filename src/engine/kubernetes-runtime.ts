// How what a resource has deployed to a cluster is doing: its runtime status, and its target for `tilt ci`
// (reference 4.10, 4.13).
import type { ApplyCondition, Pod } from '../api/kinds-kubernetes.ts';
import { jobCompleteCondition } from '../api/kinds-kubernetes.ts';
import type { RuntimeStatus, SessionTarget } from '../api/kinds-session.ts';
import { formatMicroTime } from '../api/meta.ts';
import {
  allContainers,
  allContainersReady,
  isContainerInError,
  isContainerInTrouble,
  isHeldBack,
  isUnschedulable,
  mostRecentPod,
} from './kubernetes-pods.ts';
import { cannotStartWords, crashLoopWords, endingWords } from './pod-words.ts';
import type { WorkloadTrouble } from './workload-trouble.ts';

export interface KubernetesRuntime {
  readonly podReadiness: 'wait' | 'ignore' | 'succeeded';
  readonly hasEverDeployed: boolean;
  /** Of KubernetesApply.status. */
  readonly conditions: readonly ApplyCondition[];
  /** Those of the newest apply. */
  readonly pods: readonly Pod[];
  /** It is as it should be without any. */
  readonly wantsNoPods?: boolean;
  /** Nothing of what was applied brings any. */
  readonly bringsNoPods?: boolean;
  /** Why there are none. */
  readonly noPods?: WorkloadTrouble | undefined;
}

/** The pod's phase decides as Tilt has it; `tilt ci` goes by this. */
export function podStatus(runtime: KubernetesRuntime): RuntimeStatus {
  if (!runtime.hasEverDeployed) return 'pending';
  if (runtime.podReadiness === 'ignore') return 'ok';
  const isJobDone = runtime.conditions.some(({ type, status }) => type === jobCompleteCondition && status === 'True');
  if (isJobDone) return 'ok';
  // Beyond Tilt, where a Job whose pods were taken away with its time limit is waited for without end.
  if (runtime.noPods?.isFailure) return 'error';
  const pod = mostRecentPod(runtime.pods);
  // Beyond Tilt, where what is scaled to zero holds up its dependents and `tilt ci` for ever.
  if (!pod) return runtime.wantsNoPods ? 'ok' : 'pending';
  if (pod.phase === 'Running')
    return allContainersReady(pod) && runtime.podReadiness !== 'succeeded' ? 'ok' : 'pending';
  if (pod.phase === 'Succeeded') return 'ok';
  // A server that was told to go and died of it has not failed.
  if (pod.phase === 'Failed') return pod.deleting && runtime.podReadiness === 'wait' ? 'pending' : 'error';
  return allContainers(pod).some(isContainerInError) ? 'error' : 'pending';
}

/**
 * What screens and programs are shown. Beyond Tilt, where a pod counts as pending as long as its phase is Running or
 * Pending: a container that crashes again and again or lacks what it needs, a pod that no node takes and one that the
 * cluster refuses to make are errors. And where a pod counts as ready with its containers: one that is held back from
 * outside is not.
 */
export function kubernetesStatus(runtime: KubernetesRuntime): RuntimeStatus {
  const status = podStatus(runtime);
  if (status === 'ok' && heldBackPod(runtime)) return 'pending';
  if (status !== 'pending' || !runtime.hasEverDeployed) return status;
  return troubleOf(runtime) === undefined ? status : 'error';
}

/** The pod that would be ready but for something outside of its containers; undefined without one. */
function heldBackPod({ pods, podReadiness }: KubernetesRuntime): Pod | undefined {
  const pod = podReadiness === 'wait' ? mostRecentPod(pods) : undefined;
  return pod && isHeldBack(pod) ? pod : undefined;
}

const podlessWords = "nothing that it applied brings a pod; with pod_readiness='ignore' it is ready";

/** What it waits for, in words; undefined when it waits for nothing, or nobody knows. */
export function delayOf(runtime: KubernetesRuntime): string | undefined {
  const heldBack = heldBackPod(runtime)?.conditions?.find(({ type }) => type === 'Ready');
  if (heldBack) return heldBack.message || undefined;
  if (runtime.podReadiness === 'wait' && endsWell(livePod(runtime))) return 'ended with exit 0, starts again';
  if (livePod(runtime) || podStatus(runtime) !== 'pending') return undefined;
  return runtime.noPods?.text ?? (runtime.hasEverDeployed && runtime.bringsNoPods ? podlessWords : undefined);
}

/** Owners whose pods go on for ever: what ends in them is started again, however it ended. */
const serverOwners: ReadonlySet<string> = new Set(['DaemonSet', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);

function endsWell(pod: Pod | undefined): boolean {
  if (!pod || !serverOwners.has(pod.owner?.kind ?? '')) return false;
  return pod.containers.some(({ state }) => state.terminated?.exitCode === 0);
}

/** True when something outside of its containers keeps the pod from being ready. */
export function isPodHeldBack(runtime: KubernetesRuntime): boolean {
  return heldBackPod(runtime) !== undefined;
}

/** The pod that counts, unless it is on its way out. */
function livePod({ pods, podReadiness }: KubernetesRuntime): Pod | undefined {
  const pod = podReadiness === 'ignore' ? undefined : mostRecentPod(pods);
  return pod?.deleting ? undefined : pod;
}

/** What is wrong, in words; undefined when nothing is. */
export function troubleOf(runtime: KubernetesRuntime): string | undefined {
  const pod = livePod(runtime);
  if (!pod) return runtime.noPods?.isRefusal && runtime.podReadiness !== 'ignore' ? runtime.noPods.text : undefined;
  const broken = allContainers(pod).find(isContainerInTrouble);
  if (broken) {
    const { state, name } = broken;
    const exit = state.terminated ? endingWords(state.terminated) : (state.waiting?.reason ?? '');
    return (
      cannotStartWords(pod, broken) ??
      crashLoopWords(pod, broken) ??
      joined([`container ${name}: ${exit}`, ...pod.errors])
    );
  }
  if (pod.phase === 'Failed') return joined([pod.status, ...pod.errors]);
  if (isUnschedulable(pod)) {
    const condition = pod.conditions?.find(({ type }) => type === 'PodScheduled');
    return joined(['no node takes it', schedulingWords(condition?.message ?? '')]);
  }
  return runtime.noPods?.isFailure ? runtime.noPods.text : undefined;
}

/** Without the count of nodes that has no news in it, and without what the scheduler says of making room. */
export function schedulingWords(message: string): string {
  return message
    .replace(/\. (no new claims to deallocate|preemption: |not found$)[\s\S]*$/, '')
    .replace(/^0\/\d+ nodes are available: /, '');
}

function joined(parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(': ');
}

/** The clocks of a cluster and of this machine may differ by less than this. */
const clockGapMs = 5000;

/** For how long the newest pod has been ready by its own account; 0 when that is too short to be sure. Times in ms. */
export function longReadyMs({ pods }: KubernetesRuntime, nowMs: number): number {
  const ready = mostRecentPod(pods)?.conditions?.find(({ type }) => type === 'Ready');
  const readyForMs = ready?.status === 'True' ? nowMs - Date.parse(ready.lastTransitionTime ?? '') : 0;
  return readyForMs >= clockGapMs ? readyForMs : 0;
}

export interface RuntimeTargetInput {
  readonly resource: string;
  readonly isDisabled: boolean;
  /** False while nobody has asked for its first deploy: `auto_init=False`. */
  readonly isWanted: boolean;
  readonly runtime: KubernetesRuntime;
  /** Of the last successful deploy; what start time and grace count from. */
  readonly deployedAtMs: number | undefined;
  readonly lastReadyMs: number | undefined;
  /** 0: none. */
  readonly gracePeriodMs: number;
  readonly nowMs: number;
}

/** The target `<resource>:runtime`; undefined when nothing of the resource runs. */
export function runtimeTarget(input: RuntimeTargetInput): SessionTarget | undefined {
  const { resource, runtime, isDisabled, isWanted } = input;
  if (runtime.podReadiness === 'ignore' && runtime.hasEverDeployed && runtime.pods.length === 0) return undefined;
  const base = {
    name: `${resource}:runtime`,
    type: runtime.podReadiness === 'succeeded' ? ('job' as const) : ('server' as const),
    resources: [resource],
  };
  if (isDisabled) return { ...base, state: { disabled: {} } };
  return { ...base, state: isWanted ? runtimeState(input) : {} };
}

function runtimeState(input: RuntimeTargetInput): SessionTarget['state'] {
  const { runtime, deployedAtMs, lastReadyMs } = input;
  const status = podStatus(runtime);
  const pod = mostRecentPod(runtime.pods);
  const started = deployedAtMs === undefined ? {} : { startTime: formatMicroTime(deployedAtMs) };
  const ready = lastReadyMs === undefined ? {} : { lastReadyTime: formatMicroTime(lastReadyMs) };
  const startTime = formatMicroTime(deployedAtMs ?? 0);
  if (status === 'ok') {
    if (pod?.phase === 'Succeeded') return { terminated: started };
    return { active: { startTime, ready: true, ...ready } };
  }
  if (status === 'error') return { terminated: { ...started, ...errorOf(pod, runtime.noPods), ...graceOf(input) } };
  if (pod?.phase === 'Running') return { active: { startTime, ready: false, ...ready } };
  return { waiting: { waitReason: pod ? pod.status || 'unknown' : 'waiting-for-pod' } };
}

function errorOf(pod: Pod | undefined, noPods: WorkloadTrouble | undefined): { readonly error: string } {
  const container = pod && allContainers(pod).find(isContainerInError);
  if (noPods?.isFailure && !(pod?.phase === 'Failed' || container)) return { error: noPods.text };
  if (!pod) return { error: 'unknown error' };
  if (pod.phase === 'Failed') return { error: pod.errors.join('; ') || `Pod ${JSON.stringify(pod.name)} failed` };
  if (!container) return { error: 'unknown error' };
  return { error: `Pod ${pod.name} in error state due to container ${container.name}: ${pod.status}` };
}

function graceOf({ gracePeriodMs, deployedAtMs, nowMs }: RuntimeTargetInput): {
  readonly graceStatus?: 'Tolerated' | 'Exceeded';
} {
  if (gracePeriodMs <= 0 || deployedAtMs === undefined) return {};
  return { graceStatus: nowMs - deployedAtMs >= gracePeriodMs ? 'Exceeded' : 'Tolerated' };
}
