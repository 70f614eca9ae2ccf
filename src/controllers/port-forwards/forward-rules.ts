// What a port-forward decides, apart from its doing: how long to wait, what to call a fault, when to say it.
import { KubeError } from '../../adapters/kube/port.ts';
import type { ForwardStatus } from '../../api/kinds-kubernetes.ts';
import type { ContainerStatus, PodObject } from '../../engine/pod-of-object.ts';

const firstRetryMs = 50;
const lastRetryMs = 15_000;
const alwaysRetryMs = 1000;

/**
 * How long to wait before the next try: 50 ms, doubled each time, at most 15 s (reference 4.10), and at most a tenth of
 * the time that it has failed already: a server that takes 20 s to begin is found within 2 s.
 */
export function retryAfterMs(failures: number, failingForMs: number): number {
  const most = Math.min(lastRetryMs, Math.max(alwaysRetryMs, failingForMs / 10));
  return Math.min(most, firstRetryMs * 2 ** Math.min(failures - 1, 20));
}

const shortestSettleMs = 150;
const longestSettleMs = 2000;

/**
 * How long a pod that says nothing is waited for before that counts as an open port. A node that refuses does so right
 * after it took the stream, so the time that the way there took bounds how late its word can be.
 */
export function settleMs(openedInMs: number): number {
  return Math.min(longestSettleMs, Math.max(shortestSettleMs, 2 * openedInMs));
}

const shortestProofMs = 5000;
const longestProofMs = 30_000;

/** After a sleep the first connection may be a dead one, so not much time is lost on it; a slow way gets more each time. */
export function proofTimeoutMs(failures: number): number {
  return Math.min(longestProofMs, shortestProofMs * 2 ** Math.min(failures, 10));
}

/** Nobody listens on the port of the pod, and the way to the pod is fine. */
export function isRefusal(error: unknown): boolean {
  return error instanceof KubeError && error.reason === 'PortForward' && /connection refused/.test(error.message);
}

/** In words. What a node says of a refusal names its own inner places; what matters of it fits one line. */
export function forwardProblem(error: unknown, { pod, port }: { readonly pod: string; readonly port: number }): string {
  if (isRefusal(error)) return `nobody listens on port ${port} in pod ${pod} (connection refused)`;
  return error instanceof Error ? error.message : String(error);
}

export interface Trouble {
  readonly text: string;
  /** Since when the forward fails, in ms. */
  readonly failingForMs: number;
  /** It has worked before. */
  readonly hasWorked: boolean;
  /** The pod says that nobody listens. */
  readonly isRefusal: boolean;
  /** Nothing in the cluster is wrong: it is about this machine. */
  readonly isLocal: boolean;
}

const replacementMs = 2000;
const startUpMs = 5000;

/**
 * Whether the log is told. A server that begins a little after its pod, and a pod that is just being replaced, are no
 * news; and the same words, other numbers apart, are said once.
 */
export function isWorthTelling(trouble: Trouble, told: string): boolean {
  if (withoutNumbers(trouble.text) === withoutNumbers(told)) return false;
  if (trouble.isLocal) return true;
  const patienceMs = trouble.isRefusal && !trouble.hasWorked ? startUpMs : replacementMs;
  return trouble.failingForMs >= patienceMs;
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+/g, '#');
}

/** In the order of the reference: by the port of the pod, then by the local one. */
export function sortStatuses(statuses: readonly ForwardStatus[]): ForwardStatus[] {
  return [...statuses].sort((a, b) => a.containerPort - b.containerPort || a.localPort - b.localPort);
}

/** What a forward has to know of its pod. */
export interface PodFacts {
  readonly uid: string;
  readonly phase: string;
  /** Ids of the containers that run. */
  readonly running: readonly string[];
  /** Ids of those that say that they are ready. */
  readonly ready: readonly string[];
  /** The pod itself is: its node and its gates have a say in it. */
  readonly isReady: boolean;
}

export function podFacts({ metadata, status = {} }: PodObject): PodFacts {
  const { containerStatuses = [], initContainerStatuses = [], phase = '', conditions = [] } = status;
  const all = [...initContainerStatuses, ...containerStatuses];
  const idsOf = (isWanted: (container: ContainerStatus) => boolean): string[] =>
    all.filter(isWanted).map(({ containerID = '' }) => containerID);
  return {
    uid: metadata.uid ?? '',
    phase,
    running: idsOf(({ state }) => state?.running !== undefined),
    ready: idsOf(({ ready }) => ready === true),
    isReady: conditions.some(condition => condition.type === 'Ready' && condition.status === 'True'),
  };
}

/**
 * What news of the pod mean for its forwards. `doubt`: what was proven may hold no more. `nudge`: who waits to try again
 * should try now. Undefined: nothing.
 */
export function podNews(before: PodFacts | undefined, after: PodFacts | undefined): 'doubt' | 'nudge' | undefined {
  if (!before) return after ? 'nudge' : undefined;
  if (!after || after.uid !== before.uid) return 'doubt';
  if (hasLost(before.running, after.running) || hasLost(before.ready, after.ready)) return 'doubt';
  if (before.isReady && !after.isReady) return 'doubt';
  const hasMore =
    after.isReady !== before.isReady || hasLost(after.running, before.running) || hasLost(after.ready, before.ready);
  return hasMore || after.phase !== before.phase ? 'nudge' : undefined;
}

function hasLost(before: readonly string[], after: readonly string[]): boolean {
  return before.some(id => !after.includes(id));
}

/** Kubernetes' nodes wait so long themselves, whatever is still said; here each word of the pod begins it anew. */
const answeredLingerMs = 1000;
const unansweredLingerMs = 10_000;

/**
 * How long a connection stays after its client said that it has no more to say. That may mean that it has gone, and a
 * server that takes one client at a time makes the next one wait; and it may wait for the rest of an answer: the less that
 * is likely, the shorter. Nothing passes the word on to the pod: on the way that could, its node cuts off the answer.
 */
export function lingerMs(lastSpeaker: 'client' | 'pod' | 'nobody'): number {
  return lastSpeaker === 'client' ? unansweredLingerMs : answeredLingerMs;
}
