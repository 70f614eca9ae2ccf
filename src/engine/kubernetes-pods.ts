// Which pods of a KubernetesDiscovery count for the newest apply, and what is read off them (reference 4.10).
import type { Container, Pod } from '../api/kinds-kubernetes.ts';
import { wordOf } from './pod-words.ts';
import type { OlderPod } from './workload-trouble.ts';

/** What the newest apply put into the cluster. */
export interface ApplyFilter {
  readonly uids: ReadonlySet<string>;
  /** Hashes of its pod templates. */
  readonly podTemplateHashes: ReadonlySet<string>;
  /** All that makes pods is scaled to none. */
  readonly wantsNoPods?: boolean;
  /** Nothing of it can bring pods, as far as its kinds are known. */
  readonly bringsNoPods?: boolean;
}

/** Without pods of older replica sets, of older templates, and of objects that the newest apply no longer has. */
export function podsOfApply(pods: readonly Pod[], filter: ApplyFilter | undefined): Pod[] {
  const newest = newestOwners(pods);
  return pods.filter(pod => {
    const newestOwner = newest.get(pod.ancestorUID ?? '');
    const { owner } = pod;
    if (owner?.kind === 'ReplicaSet' && hasAge(pod) && newestOwner && owner.name !== newestOwner.name) return false;
    if (!filter) return true;
    const hash = pod.podTemplateSpecHash;
    if (hash && !filter.podTemplateHashes.has(hash)) return false;
    return !pod.ancestorUID || filter.uids.has(pod.ancestorUID);
  });
}

function hasAge({ owner }: Pod): boolean {
  return owner !== undefined && owner.name !== '' && owner.creationTimestamp !== undefined;
}

function newestOwners(pods: readonly Pod[]): Map<string, NonNullable<Pod['owner']>> {
  const newest = new Map<string, NonNullable<Pod['owner']>>();
  for (const pod of pods) {
    if (!pod.ancestorUID || !hasAge(pod)) continue;
    const known = newest.get(pod.ancestorUID);
    if (!known || timeOf(pod.owner!.creationTimestamp) > timeOf(known.creationTimestamp))
      newest.set(pod.ancestorUID, pod.owner!);
  }
  return newest;
}

function timeOf(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text) || 0;
}

/** The pod that stands for the resource: the newest; of two of one age the one whose name is last. */
export function mostRecentPod(pods: readonly Pod[]): Pod | undefined {
  let best: Pod | undefined;
  for (const pod of pods) {
    if (!best) best = pod;
    else {
      const by = timeOf(pod.createdAt) - timeOf(best.createdAt);
      if (by > 0 || (by === 0 && pod.name > best.name)) best = pod;
    }
  }
  return best;
}

/** The one of an older template that is most in the way; undefined when the newest template has pods, or all go. */
export function olderPodOf(pods: readonly Pod[], podTemplateHashes: ReadonlySet<string>): OlderPod | undefined {
  const live = pods.filter(({ deleting, phase }) => !deleting && phase !== 'Succeeded' && phase !== 'Failed');
  const isOlder = ({ podTemplateSpecHash: hash }: Pod): boolean => hash !== undefined && !podTemplateHashes.has(hash);
  if (live.length === 0 || !live.every(isOlder)) return undefined;
  const found = live.map(pod => ({
    name: pod.name,
    isReady: pod.phase === 'Running' && allContainersReady(pod) && !isHeldBack(pod),
    trouble: troubleWord(pod),
  }));
  return found.find(({ trouble }) => trouble !== '') ?? found.find(({ isReady }) => !isReady) ?? found[0];
}

function troubleWord(pod: Pod): string {
  if (isUnschedulable(pod)) return wordOf('Unschedulable')!;
  return allContainers(pod).some(isContainerInTrouble) ? (wordOf(pod.status) ?? pod.status) : '';
}

export function allContainers(pod: Pod): readonly Container[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

export function allContainersReady({ containers }: Pod): boolean {
  return containers.length > 0 && containers.every(container => container.ready);
}

export function restartsOf({ containers }: Pod): number {
  return containers.reduce((sum, container) => sum + container.restarts, 0);
}

/** Reasons to wait that do not go away by waiting (reference 4.10). */
export const errorReasons: ReadonlySet<string> = new Set([
  'CrashLoopBackOff',
  'ErrImagePull',
  'ImagePullBackOff',
  'RunContainerError',
  'StartError',
  'Error',
]);

/** Further reasons, for which somebody has to do something; to Tilt they are on their way. */
const stuckReasons: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'InvalidImageName',
]);

/** True for a reason to wait that says what is wrong. */
export function tellsOfTrouble(reason: string): boolean {
  return errorReasons.has(reason) || stuckReasons.has(reason);
}

/** True for a container in error, and for one that does not start until somebody mends what it needs. */
export function isContainerInTrouble(container: Container): boolean {
  return isContainerInError(container) || stuckReasons.has(container.state.waiting?.reason ?? '');
}

/** True for a container that ended badly, or waits for what will not come. */
export function isContainerInError({ state }: Container): boolean {
  if (state.terminated) return state.terminated.exitCode !== 0;
  return state.waiting !== null && state.waiting !== undefined && errorReasons.has(state.waiting.reason);
}

/** Its containers are all ready and it is not, for a reason outside of them: its node, or a gate of its own. */
export function isHeldBack(pod: Pod): boolean {
  const ready = pod.conditions?.find(({ type }) => type === 'Ready');
  return pod.phase === 'Running' && !pod.deleting && ready?.status === 'False' && allContainersReady(pod);
}

/** The scheduler finds no place for it. */
export function isUnschedulable({ conditions }: Pod): boolean {
  return (
    conditions?.some(
      ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
    ) ?? false
  );
}
