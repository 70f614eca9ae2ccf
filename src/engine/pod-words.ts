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
  StartError: 'cannot start',
  ContainerCannotRun: 'cannot start',
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
  const { state, restarts } = container;
  const waits = state.waiting?.reason === 'CrashLoopBackOff';
  const ending = state.terminated ?? container[lastEnding];
  if (!waits && !(state.terminated && state.terminated.exitCode !== 0 && restarts > 0)) return undefined;
  return `crash loop: ${[...crashLoopReasons(restarts, ending), ...whereOf(pod, container)].join(', ')}`;
}

function whereOf(pod: Pod, container: Container): string[] {
  const { name } = container;
  const isInit = pod.initContainers?.includes(container) === true;
  return isInit ? [`init container ${name}`] : pod.containers.length > 1 ? [`container ${name}`] : [];
}

const startEndings: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);

/**
 * `/nosuchcommand: no such file`: why there is no process of a container, which ends, or waits, with what the node says of
 * that. Undefined for a container that did start, and where the node says nothing that is known.
 */
export function startFailure(pod: Pod, { state }: Container, ending: Ending | undefined): string | undefined {
  const waits = state.waiting?.reason ?? '';
  const isStart = waits === 'RunContainerError' || startEndings.has(ending?.reason ?? '');
  if (!isStart || state.running) return undefined;
  return pod.errors.map(startCause).find(cause => cause !== undefined);
}

/** What a runtime of containers says last of a start: `exec: "/x": stat /x: no such file or directory: unknown`. */
function startCause(message: string): string | undefined {
  const ofStart = /(?:unable to start container process|starting container process caused): (.+?)(?:: unknown)?$/m;
  const said = ofStart.exec(message)?.[1];
  // Another runtime has a sentence of its own for it.
  const missing = /executable file [`'"]?([^`'"]+?)[`'"]? not found(?: in \$PATH)?(?:: |$)/.exec(message)?.[1];
  if (said === undefined) return missing === undefined ? undefined : `${missing}: not found in $PATH`;
  const exec = /^exec: "([^"]*)": (.+)$/.exec(said);
  if (!exec) return said;
  const [, command = '', why = ''] = exec;
  if (/executable file not found/.test(why)) return `${command}: not found in $PATH`;
  return `${command}: ${why.replace(/^\w+ \S+: /, '').replace('no such file or directory', 'no such file')}`;
}

/** `cannot start: /nosuchcommand: no such file`, with the container's name where its pod has several. */
export function cannotStartWords(pod: Pod, container: Container): string | undefined {
  const cause = startFailure(pod, container, container.state.terminated ?? container[lastEnding]);
  return cause && `cannot start: ${[cause, ...whereOf(pod, container)].join(', ')}`;
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
