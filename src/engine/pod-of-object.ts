// A pod of the cluster as KubernetesDiscovery shows it (reference 3.12): the words of `kubectl get pods`, what its
// containers do, and what went wrong with them.
import { type Container, type ContainerState, lastEnding, type Pod } from '../api/kinds-kubernetes.ts';
import { tellsOfTrouble } from './kubernetes-pods.ts';

export const templateHashLabel = 'tilt.dev/pod-template-hash';

/** What is read of a pod; all else is left alone. */
export interface PodObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string }[];
  };
  readonly spec?: {
    readonly containers?: readonly ContainerSpec[];
    readonly initContainers?: readonly ContainerSpec[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly persistentVolumeClaim?: { readonly claimName: string };
      readonly ephemeral?: object;
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
      readonly lastTransitionTime?: string | null;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

interface ContainerSpec {
  readonly name: string;
  readonly image?: string;
  readonly restartPolicy?: string;
  readonly ports?: readonly { readonly containerPort: number }[];
}

interface Ended {
  readonly exitCode: number;
  readonly signal?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly containerID?: string;
}

interface State {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: { readonly startedAt?: string };
  readonly terminated?: Ended;
}

export interface ContainerStatus {
  readonly name: string;
  readonly containerID?: string;
  readonly image?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: State;
  readonly lastState?: State;
}

/** `ancestorUid`: the object that brought the pod here; '' when its labels did. */
export function podOfObject(object: PodObject, ancestorUid: string, ownerCreatedAt: string | undefined): Pod {
  const { metadata, status = {} } = object;
  const owner = metadata.ownerReferences?.[0];
  const conditions = (status.conditions ?? []).map(({ type, status: is, reason, message, lastTransitionTime }) => ({
    type,
    status: is,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    ...(lastTransitionTime ? { lastTransitionTime } : {}),
  }));
  const initContainers = (status.initContainerStatuses ?? []).map(one => containerOf(object, one));
  const hash = metadata.labels?.[templateHashLabel];
  return {
    uid: metadata.uid ?? '',
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    createdAt: metadata.creationTimestamp ?? '',
    phase: status.phase ?? '',
    deleting: metadata.deletionTimestamp !== undefined,
    status: podStatusWord(object),
    errors: podErrors(object),
    ...(conditions.length > 0 ? { conditions } : {}),
    containers: (status.containerStatuses ?? []).map(one => containerOf(object, one)),
    ...(initContainers.length > 0 ? { initContainers } : {}),
    ...(owner
      ? {
          owner: {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.name,
            ...(ownerCreatedAt ? { creationTimestamp: ownerCreatedAt } : {}),
          },
        }
      : {}),
    ...(ancestorUid === '' ? {} : { ancestorUID: ancestorUid }),
    ...(hash ? { podTemplateSpecHash: hash } : {}),
  };
}

/** Names of the volume claims that a pod waits for, those that are made for it included. */
export function claimsOf({ metadata, spec }: PodObject): string[] {
  return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) =>
    persistentVolumeClaim ? persistentVolumeClaim.claimName : ephemeral ? `${metadata.name}-${name}` : [],
  );
}

function containerOf({ spec }: PodObject, status: ContainerStatus): Container {
  const ofName = ({ name }: ContainerSpec): boolean => name === status.name;
  const declared = spec?.containers?.find(ofName);
  const id = status.containerID ?? '';
  const ended = stateOf({ ...(status.lastState?.terminated ? { terminated: status.lastState.terminated } : {}) });
  return {
    name: status.name,
    id: id.includes('://') ? id.slice(id.indexOf('://') + 3) : '',
    ready: status.ready ?? false,
    // As the pod asks for it: the status has whatever alias the node knows the image by.
    image: declared?.image ?? status.image ?? '',
    restarts: status.restartCount ?? 0,
    ports: (declared?.ports ?? []).map(({ containerPort }) => containerPort),
    state: stateOf(status.state),
    ...(ended.terminated ? { [lastEnding]: ended.terminated } : {}),
  };
}

function stateOf(state: State = {}): ContainerState {
  const { waiting, running, terminated } = state;
  const none = { waiting: null, running: null, terminated: null };
  if (waiting) return { ...none, waiting: { reason: waiting.reason ?? '' } };
  if (running) return { ...none, running: { startedAt: running.startedAt ?? '' } };
  if (!terminated) return none;
  const { startedAt = '', finishedAt = '', exitCode, reason } = terminated;
  return { ...none, terminated: { startedAt, finishedAt, exitCode, ...(reason ? { reason } : {}) } };
}

/** An init container that goes on beside the others. */
function isSidecar({ spec }: PodObject, name: string): boolean {
  return spec?.initContainers?.some(init => init.name === name && init.restartPolicy === 'Always') ?? false;
}

function isInitialized(pod: PodObject, { name, state }: ContainerStatus): boolean {
  if (isSidecar(pod, name)) return state?.running !== undefined;
  return state?.terminated?.exitCode === 0;
}

function isInitializing(pod: PodObject): boolean {
  return (pod.status?.initContainerStatuses ?? []).some(status => !isInitialized(pod, status));
}

function endWord({ reason, signal, exitCode }: Ended): string {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}

/** What `kubectl get pods` says in its status column. */
export function podStatusWord(pod: PodObject): string {
  const { status = {}, spec } = pod;
  let word = status.reason || status.phase || '';
  const inits = status.initContainerStatuses ?? [];
  const at = inits.findIndex(one => !isInitialized(pod, one));
  if (at >= 0) {
    const { terminated, waiting } = inits[at]!.state ?? {};
    if (terminated) word = `Init:${endWord(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') word = `Init:${waiting.reason}`;
    else word = `Init:${at}/${spec?.initContainers?.length ?? inits.length}`;
    return word;
  }
  for (const { state } of [...(status.containerStatuses ?? [])].reverse()) {
    if (state?.waiting?.reason) word = state.waiting.reason;
    else if (state?.terminated) word = endWord(state.terminated);
  }
  return word;
}

/** What went wrong, as the cluster words it. */
export function podErrors(pod: PodObject): string[] {
  const { status = {} } = pod;
  const inits = isInitializing(pod) ? (status.initContainerStatuses ?? []) : [];
  const errors = [...inits, ...[...(status.containerStatuses ?? [])].reverse()].flatMap(containerErrors);
  // An evicted pod, and one that no node could take up, says why in its own message.
  if (status.phase === 'Failed' && status.message) errors.push(status.message);
  return errors;
}

function containerErrors({ state = {}, lastState }: ContainerStatus): string[] {
  const { waiting, terminated } = state;
  const errors: string[] = [];
  if (waiting) {
    const last = lastState?.terminated;
    if (last && last.exitCode !== 0 && last.message) errors.push(last.message);
    if (waiting.message && tellsOfTrouble(waiting.reason ?? '')) errors.push(waiting.message);
  } else if (terminated && terminated.exitCode !== 0 && terminated.message) errors.push(terminated.message);
  return errors;
}
