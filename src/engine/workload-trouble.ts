// Why what was deployed has no pods: somebody took them away, or the cluster refuses to make them. Without a word of that
// a resource would be on its way for ever.

/** What is read of a Deployment, StatefulSet, Job and the like. */
interface WorkloadObject {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly spec?: { readonly replicas?: unknown; readonly paused?: unknown; readonly suspend?: unknown };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

export interface WorkloadFacts {
  /** It has left the cluster, or is about to. */
  readonly isDeleted: boolean;
  readonly isScaledToZero: boolean;
  /** Nothing of it goes on until somebody says so. */
  readonly isPaused: boolean;
  /** Why the cluster makes no pods for it; '' when it does. */
  readonly failure: string;
}

export interface WorkloadTrouble {
  /** In words, one line. */
  readonly text: string;
  /** The cluster says no, and will go on to until somebody mends it. */
  readonly isRefusal: boolean;
}

/** Kinds that are pods, or bring them. */
export const workloadKinds: ReadonlySet<string> = new Set([
  'DaemonSet',
  'Deployment',
  'Job',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
]);

/** What matters of the object, as long as it is there. */
export function workloadFacts(object: object): WorkloadFacts {
  const { metadata, spec = {}, status = {} } = object as WorkloadObject;
  const failure = status.conditions?.find(condition => condition.type === 'ReplicaFailure');
  return {
    isDeleted: metadata.deletionTimestamp !== undefined,
    isScaledToZero: spec.replicas === 0,
    isPaused: spec.paused === true || spec.suspend === true,
    failure: failure?.status === 'True' ? (failure.message ?? '') : '',
  };
}

const wayBack = 'trigger it to deploy it again';

/** `wasScaledToZero`: it was deployed so. Undefined when nothing of it keeps it from having pods. */
export function workloadTrouble(
  { isDeleted, isScaledToZero, isPaused, failure }: WorkloadFacts,
  { wasScaledToZero }: { readonly wasScaledToZero: boolean },
): WorkloadTrouble | undefined {
  if (isDeleted) return { text: `deleted from the cluster by somebody; ${wayBack}`, isRefusal: false };
  if (isScaledToZero)
    return wasScaledToZero ? undefined : { text: `scaled to 0 in the cluster; ${wayBack}`, isRefusal: false };
  if (failure !== '') return refusal(failure);
  return isPaused ? { text: 'paused in the cluster', isRefusal: false } : undefined;
}

/** Of what the server said when it would not make a pod. */
export function refusal(message: string): WorkloadTrouble {
  // In a new namespace the account that pods run as comes a moment later.
  const isPassing = /serviceaccount "default" not found/.test(message);
  const line = message.trim().split('\n', 1)[0]!;
  return {
    text: line.replace(/^Error creating: /, '').replace(/^.*\bpods "[^"]*" is forbidden: /, ''),
    isRefusal: !isPassing,
  };
}
