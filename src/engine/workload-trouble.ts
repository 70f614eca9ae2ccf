// Why what was deployed has no pods: somebody took them away, or the cluster refuses to make them. Without a word of that
// a resource would be on its way for ever.

/** What is read of a Deployment, StatefulSet, Job and the like. */
interface WorkloadObject {
  readonly metadata: { readonly deletionTimestamp?: string };
  readonly kind?: string;
  readonly spec?: {
    readonly replicas?: unknown;
    readonly paused?: unknown;
    readonly suspend?: unknown;
    readonly podManagementPolicy?: unknown;
    readonly updateStrategy?: { readonly type?: unknown; readonly rollingUpdate?: { readonly partition?: unknown } };
    readonly ordinals?: { readonly start?: unknown };
  };
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
  /** When a pod of an older template goes: in the order of the pods, each when it is ready; when somebody deletes it. */
  readonly replaces: 'freely' | 'in-order' | 'by-hand';
  /** The number from which on pods are replaced, where none has one that high; undefined elsewhere. */
  readonly heldBelow?: number;
}

/** A pod that was made from an older template, and that nobody has told to go. */
export interface OlderPod {
  readonly name: string;
  readonly isReady: boolean;
  /** What is wrong with it, in a word; '' when nothing is. */
  readonly trouble: string;
}

export interface WorkloadTrouble {
  /** In words, one line; `noPodWords` takes it apart. */
  readonly text: string;
  /** The cluster says no, and will go on to until somebody mends it. */
  readonly isRefusal: boolean;
  /** It is over: whatever its pods do, it has failed. */
  readonly isFailure?: boolean;
  /** The resource has other workloads, of which nothing is said. */
  readonly isOfOne?: boolean;
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
  const { kind = '', metadata, spec = {}, status = {} } = object as WorkloadObject;
  const isTrue = (type: string): Condition | undefined =>
    status.conditions?.find(condition => condition.type === type && condition.status === 'True');
  const given = isTrue('Failed');
  return {
    isDeleted: metadata.deletionTimestamp !== undefined,
    isScaledToZero: spec.replicas === 0,
    isPaused: spec.paused === true || spec.suspend === true,
    failure: isTrue('ReplicaFailure')?.message ?? '',
    jobFailure: given ? given.message || given.reason || 'nobody says why' : '',
    replaces: replacing(kind, spec),
    ...heldBelow(kind, spec),
  };
}

/** A StatefulSet leaves pods alone whose number is below its partition. */
function heldBelow(kind: string, spec: NonNullable<WorkloadObject['spec']>): Pick<WorkloadFacts, 'heldBelow'> {
  const partition = spec.updateStrategy?.rollingUpdate?.partition;
  if (kind !== 'StatefulSet' || spec.updateStrategy?.type === 'OnDelete' || typeof partition !== 'number') return {};
  const { replicas = 1, ordinals: { start = 0 } = {} } = spec;
  return partition > 0 && partition >= Number(start) + Number(replicas) ? { heldBelow: partition } : {};
}

/** As a StatefulSet goes from one template to the next; its first pod that is not ready holds up all others. */
function replacing(kind: string, spec: NonNullable<WorkloadObject['spec']>): WorkloadFacts['replaces'] {
  if (spec.updateStrategy?.type === 'OnDelete') return 'by-hand';
  return kind === 'StatefulSet' && spec.podManagementPolicy !== 'Parallel' ? 'in-order' : 'freely';
}

const wayBack = 'trigger it to deploy it again';

const jobFailed = 'job failed';
const blocked = 'roll-out blocked';
const noNewPod = 'no new pod';
const notOurs = 'not ours';
/** What a text may begin with that tells more than that there is no pod. */
const heads = [jobFailed, blocked, noNewPod, notOurs];

/** A text of trouble as a word and the reason for it. */
export function noPodWords(text: string): { readonly word: string; readonly reason: string } {
  const head = heads.find(word => text.startsWith(`${word}: `));
  return head ? { word: head, reason: text.slice(head.length + 2) } : { word: 'no pod', reason: text };
}

/** The trouble of one of several. */
export function troubleNamed(trouble: WorkloadTrouble, name: string): WorkloadTrouble {
  const { word, reason } = noPodWords(trouble.text);
  const head = reason === trouble.text ? '' : `${word}: `;
  return { ...trouble, text: `${head}${name}: ${reason}`, isOfOne: true };
}

/** What somebody else put where this had been: its pods are those of a stranger. */
export const madeAnew: WorkloadTrouble = {
  text: `${notOurs}: made anew by somebody; trigger it to take it over`,
  isRefusal: false,
};

export interface WorkloadSetting {
  /** It was deployed so. */
  readonly wasScaledToZero: boolean;
  /** Stands where the newest template has no pod yet. */
  readonly olderPod?: OlderPod | undefined;
  /** Who of this session deleted it, in words. */
  readonly deletedBy?: string | undefined;
}

/** Undefined when nothing of it keeps it from having pods of its newest template. */
export function workloadTrouble(facts: WorkloadFacts, setting: WorkloadSetting): WorkloadTrouble | undefined {
  const { isDeleted, isScaledToZero, isPaused, failure, jobFailure } = facts;
  const { wasScaledToZero, olderPod, deletedBy } = setting;
  // Also of a Job that was cleared away when its time was up.
  if (jobFailure !== '') return { text: `${jobFailed}: ${firstLine(jobFailure)}`, isRefusal: true, isFailure: true };
  if (isDeleted)
    return { text: `deleted from the cluster by ${deletedBy ?? 'somebody'}; ${wayBack}`, isRefusal: false };
  if (isScaledToZero)
    return wasScaledToZero ? undefined : { text: `scaled to 0 in the cluster; ${wayBack}`, isRefusal: false };
  if (failure !== '') return besides(olderPod, refusal(failure));
  if (isPaused) return besides(olderPod, { text: 'paused in the cluster', isRefusal: false });
  return olderPod && blockedBy(olderPod, facts);
}

/** Where a pod of the older template goes on, it is not said that there is none. */
function besides(olderPod: OlderPod | undefined, trouble: WorkloadTrouble): WorkloadTrouble {
  if (!olderPod) return trouble;
  const { name, trouble: broken } = olderPod;
  const how = broken === '' ? `${name} of the old template runs on` : `${name} is of the old template: ${broken}`;
  return { ...trouble, text: `${noNewPod}: ${trouble.text}; ${how}` };
}

function blockedBy(
  { name, isReady, trouble }: OlderPod,
  { replaces, heldBelow }: WorkloadFacts,
): WorkloadTrouble | undefined {
  const why = trouble === '' ? '' : ` (${trouble})`;
  if (heldBelow !== undefined) {
    return {
      text: `${noNewPod}: ${name} is of the old template${why}, partition ${heldBelow} holds it back`,
      isRefusal: trouble !== '',
    };
  }
  if (replaces === 'by-hand') {
    return {
      text: `${noNewPod}: ${name} is of the old template${why} and stays until somebody deletes it`,
      isRefusal: trouble !== '',
    };
  }
  if (replaces === 'freely' || isReady) return undefined;
  if (trouble === '')
    return { text: `${noNewPod}: ${name} of the old template is to be ready first`, isRefusal: false };
  return {
    text: `${blocked}: ${name} is of the old template (${trouble}) and blocks the roll-out: delete it`,
    isRefusal: true,
  };
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
