// What becomes of containers in words people would say. `kubectl get pods` has words for machines: CrashLoopBackOff.
import { type Container, type ContainerState, lastEnding, type Pod } from '../api/kinds-kubernetes.ts';

export type Ending = NonNullable<ContainerState['terminated']>;

const brokenWords: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash loop',
  ImagePullBackOff: 'no image',
  ErrImagePull: 'no image',
  ErrImageNeverPull: 'no image',
  InvalidImageName: 'no image',
  OOMKilled: 'out of memory',
  Evicted: 'evicted',
  Error: 'crashed',
  Failed: 'crashed',
  CreateContainerConfigError: 'cannot start',
  CreateContainerError: 'cannot start',
  RunContainerError: 'cannot start',
  Unschedulable: 'no node takes it',
};

/** What a status of a pod, or a reason of a container to wait, says of trouble; undefined where it tells of none. */
export function wordOf(status: string): string | undefined {
  return brokenWords[status.replace(/^Init:/, '')];
}

/** True for a reason to wait for an image that does not come. */
export function isImageWord(status: string): boolean {
  return wordOf(status) === 'no image';
}

/** `exit 7`, `out of memory`. */
export function endingWords({ exitCode, reason }: Ending): string {
  return reason === 'OOMKilled' ? 'out of memory' : `exit ${exitCode}`;
}

/** `exit 7, 3rd time`; without the ending where nobody knows it. One that ended well is not to end at all. */
export function crashLoopReasons(restarts: number, ending: Ending | undefined): string[] {
  const isWell = ending?.exitCode === 0 && ending.reason !== 'OOMKilled';
  const how = ending ? (isWell ? 'ended with exit 0, starts again' : endingWords(ending)) : '';
  return [how, `${ordinal(restarts + 1)} time`].filter(part => part !== '');
}

/** `crash loop: out of memory, 3rd time`; `sidecar`, where its pod has several. Undefined for what is in no crash loop. */
export function crashLoopWords(pod: Pod, container: Container): string | undefined {
  const { state, restarts, name } = container;
  const waits = state.waiting?.reason === 'CrashLoopBackOff';
  const ending = state.terminated ?? container[lastEnding];
  if (!waits && !(state.terminated && state.terminated.exitCode !== 0 && restarts > 0)) return undefined;
  const isInit = pod.initContainers?.includes(container) === true;
  const where = isInit ? [`init container ${name}`] : pod.containers.length > 1 ? [`container ${name}`] : [];
  return `crash loop: ${[...crashLoopReasons(restarts, ending), ...where].join(', ')}`;
}

/** The kubelet's own words for waiting with the next start, which say nothing of why. */
export function isBackOffWords(text: string): boolean {
  return /^back-off \S+ restarting failed container|^Back-off restarting failed container/.test(text);
}

/** `3rd` */
export function ordinal(count: number): string {
  const rest = count % 100;
  const ending = rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
