// What a cluster adds to a row: the pod's own words of trouble, and addresses that lead nowhere.
import type { ForwardStatus, Pod } from '../api/kinds-kubernetes.ts';
import { brokenPod, type PodInfo, type PodWords } from './pod-state.ts';
import { type ContainerEndings, podTrouble, startedAgain } from './pod-trouble.ts';
import type { RowState } from './row-state.ts';

export interface RowPod {
  readonly name: string;
  readonly namespace: string;
  readonly containers: readonly { readonly name: string; readonly isRunning: boolean }[];
}

/** What a row says of its cluster. */
export interface RowCluster {
  readonly pods: readonly Pod[];
  readonly endings: ContainerEndings;
  readonly forwards: readonly ForwardStatus[];
  /** Its pods are to end well. */
  readonly isJob: boolean;
  readonly nowMs: number;
  /** Why the cluster that it waits for is not there; '' while that is not known. */
  readonly error: string;
}

/** `Tilt encountered an error connecting to your cluster:` says less than the line behind it. */
export function clusterReason(error: string): string {
  const [first = '', second = ''] = error.trim().split('\n');
  return (first.endsWith(':') ? second : first).trim();
}

/** What the pod itself says of it, which is more than the resource does. */
export function troubleOf(info: PodInfo, cluster: RowCluster | undefined): PodWords | undefined {
  const pod = cluster?.pods.find(({ name }) => name === info.podName);
  const trouble = pod && podTrouble(pod, cluster!.endings);
  // The resource may know of a probe besides.
  const told = trouble?.word === 'crash loop' ? brokenPod(info) : undefined;
  if (told?.word === 'cannot start') return told;
  if (told?.word === 'crash loop' && told.reason.startsWith(trouble!.reason)) return told;
  return trouble && cluster!.isJob && trouble.word === 'crashed' ? { ...trouble, word: 'failed' } : trouble;
}

/** A pod that counts as well though it ended badly a moment ago. */
export function unsettled({ podName }: PodInfo, cluster: RowCluster | undefined): ReturnType<typeof startedAgain> {
  const pod = cluster?.pods.find(({ name }) => name === podName);
  return pod && startedAgain(pod, cluster!.endings, cluster!.nowMs);
}

/** A pod as kubectl is asked for it. */
export function rowPod({ name, namespace, containers }: Pod): RowPod {
  const running = containers.map(({ name: container, state }) => ({
    name: container,
    isRunning: state.running !== null,
  }));
  return { name, namespace, containers: running };
}

/** Port-forwards that lead nowhere now. */
export function downForwards(cluster: RowCluster | undefined): readonly ForwardStatus[] {
  return (cluster?.forwards ?? []).filter(({ error = '' }) => error !== '');
}

/** Who is told "ready" goes to the address: it has to say that nothing is there. */
export function withTunnels(state: RowState, cluster: RowCluster | undefined): RowState {
  const [first, ...more] = downForwards(cluster);
  if (!first || state.role !== 'ok') return state;
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  return { ...state, role: 'warn', word: `:${first.localPort}${others} is down`, reason: first.error!.split('\n')[0]! };
}
