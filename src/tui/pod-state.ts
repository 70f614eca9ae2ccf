// What a pod's status means in words people would say. `kubectl get pods` has words for machines: CrashLoopBackOff.
import { isVolumeWarning } from '../engine/kubernetes-event.ts';
import { wordOf } from '../engine/pod-words.ts';
import { noPodWords } from '../engine/workload-trouble.ts';

/** The part of a row's state that a pod tells. */
export interface PodWords {
  readonly role: 'crashed' | 'starting' | 'warn';
  readonly word: string;
  readonly reason: string;
}

/** What the API says of a resource's newest pod; read leniently, any of it may be missing. */
export interface PodInfo {
  readonly podName: string;
  readonly podStatus: string;
  readonly podStatusMessage: string;
  readonly restarts: number;
  readonly isReady: boolean;
  readonly createdMs: number | undefined;
  readonly objects: readonly string[];
}

/** Reads UIResource.status.k8sResourceInfo; undefined without one. */
export function readPodInfo(info: Readonly<Record<string, unknown>> | undefined): PodInfo | undefined {
  if (!info) return undefined;
  const text = (name: string): string => (typeof info[name] === 'string' ? (info[name] as string) : '');
  const createdMs = Date.parse(text('podCreationTime'));
  const restarts = info['podRestarts'];
  const objects = info['displayNames'];
  return {
    podName: text('podName'),
    podStatus: text('podStatus'),
    podStatusMessage: text('podStatusMessage'),
    restarts: typeof restarts === 'number' ? restarts : 0,
    isReady: info['allContainersReady'] === true,
    createdMs: Number.isNaN(createdMs) ? undefined : createdMs,
    objects: Array.isArray(objects) ? objects.filter(name => typeof name === 'string') : [],
  };
}

const startingWords: Readonly<Record<string, string>> = {
  Pending: 'waits for a node',
  ContainerCreating: 'containers are made',
  PodInitializing: 'init containers ran',
  Terminating: 'the old pod ends',
};

function restartWords(restarts: number): string {
  return restarts === 1 ? '1 restart' : `${restarts} restarts`;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]!;
}

/** Words that a resource's trouble begins with and that a row has in their own place. */
const heads = ['crash loop', 'cannot start'];

/** A pod that has failed, or will not come up. */
export function brokenPod(pod: PodInfo): PodWords {
  const without = noPodWords(firstLine(pod.podStatusMessage));
  if (pod.podName === '' || without.word !== 'no pod') return { role: 'crashed', ...without };
  const word = wordOf(pod.podStatus) ?? 'not ready';
  const known = word === 'not ready' ? pod.podStatus : '';
  const said = firstLine(pod.podStatusMessage);
  const head = heads.find(words => said.startsWith(`${words}: `));
  if (head) return { role: 'crashed', word: head, reason: said.slice(head.length + 2) };
  // Which container it is stands in the details.
  const message = said.replace(/^container \S+: /, '') || known;
  const restarts = pod.restarts > 0 && !/\brestarts?\b/.test(message) ? restartWords(pod.restarts) : '';
  return { role: 'crashed', word, reason: [restarts, message].filter(Boolean).join(', ') };
}

/** A pod that is ready, where the cluster has something to say of what belongs to it; undefined where it has not. */
export function partlyReady({ podStatusMessage }: PodInfo): PodWords | undefined {
  const said = firstLine(podStatusMessage);
  return said === '' ? undefined : { role: 'warn', word: 'partly ready', reason: said };
}

/** A pod that is on its way. */
export function startingPod(pod: PodInfo): PodWords {
  const said = firstLine(pod.podStatusMessage);
  if (pod.podName === '')
    return said === ''
      ? { role: 'starting', word: 'starting', reason: 'no pod yet' }
      : { role: 'starting', ...noPodWords(said) };
  if (isVolumeWarning(said)) return { role: 'starting', word: 'cannot start', reason: said };
  if (said !== '') return { role: 'starting', word: pod.isReady ? 'not ready' : 'starting', reason: said };
  const [, done, all] = /^Init:(\d+)\/(\d+)$/.exec(pod.podStatus) ?? [];
  if (done !== undefined)
    return { role: 'starting', word: 'starting', reason: `init container ${Number(done) + 1} of ${all}` };
  // What a pod waits for may never come.
  const reason =
    startingWords[pod.podStatus] ??
    wordOf(pod.podStatus) ??
    (pod.podStatus === 'Running' ? 'not ready yet' : pod.podStatus);
  return { role: 'starting', word: 'starting', reason };
}
