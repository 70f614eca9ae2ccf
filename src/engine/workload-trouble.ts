// Why what was deployed has no pods: somebody took them away, or the cluster refuses to make them. Without a word of that
// a resource would be on its way for ever.

/** What is read of a Deployment, StatefulSet, Job and the like. */
interface WorkloadObject {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly spec?: { readonly replicas?: unknown; readonly paused?: unknown; readonly suspend?: unknown };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface WorkloadFacts {
  /** It has left the cluster, or is about to. */
  readonly isDeleted: boolean;
  readonly isScaledToZero: boolean;
  /** Nothing of it goes on until somebody says so. */
  readonly isPaused: boolean;
  /** Why the cluster makes no pods for it; '' when it does. */
  readonly failure: string;
  /** Why a Job was given up; '' while it was not. */
  readonly jobFailure: string;
}

export interface WorkloadTrouble {
  /** In words, one line; `noPodWords` takes it apart. */
  readonly text: string;
  /** The cluster says no, and will go on to until somebody mends it. */
  readonly isRefusal: boolean;
  /** It is over: whatever its pods do, it has failed. */
  readonly isFailure?: boolean;
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
  const isTrue = (type: string): Condition | undefined =>
    status.conditions?.find(condition => condition.type === type && condition.status === 'True');
  const given = isTrue('Failed');
  return {
    isDeleted: metadata.deletionTimestamp !== undefined,
    isScaledToZero: spec.replicas === 0,
    isPaused: spec.paused === true || spec.suspend === true,
    failure: isTrue('ReplicaFailure')?.message ?? '',
    jobFailure: given ? given.message || given.reason || 'nobody says why' : '',
  };
}

const wayBack = 'trigger it to deploy it again';

const jobFailed = 'job failed';
/** What a text may begin with that tells more than that there is no pod. */
const heads = [jobFailed];

/** A text of trouble as a word and the reason for it. */
export function noPodWords(text: string): { readonly word: string; readonly reason: string } {
  const head = heads.find(word => text.startsWith(`${word}: `));
  return head ? { word: head, reason: text.slice(head.length + 2) } : { word: 'no pod', reason: text };
}

/** The trouble of one of several. */
export function troubleNamed(trouble: WorkloadTrouble, name: string): WorkloadTrouble {
  const { word, reason } = noPodWords(trouble.text);
  const head = reason === trouble.text ? '' : `${word}: `;
  return { ...trouble, text: `${head}${name}: ${reason}` };
}

/** What somebody else put where this had been: its pods are those of a stranger. */
export const madeAnew: WorkloadTrouble = {
  text: 'made anew by somebody; trigger it to take it over',
  isRefusal: false,
};

/** `wasScaledToZero`: it was deployed so. Undefined when nothing of it keeps it from having pods. */
export function workloadTrouble(
  { isDeleted, isScaledToZero, isPaused, failure, jobFailure }: WorkloadFacts,
  { wasScaledToZero }: { readonly wasScaledToZero: boolean },
): WorkloadTrouble | undefined {
  // Also of a Job that was cleared away when its time was up.
  if (jobFailure !== '') return { text: `${jobFailed}: ${firstLine(jobFailure)}`, isRefusal: true, isFailure: true };
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
  return {
    text: firstLine(message)
      .replace(/^Error creating: /, '')
      .replace(/^.*\bpods "[^"]*" is forbidden: /, ''),
    isRefusal: !isPassing,
  };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]!;
}
