// Pods outlive what runs them: a Deployment is gone at once, its pods when their grace period is over. Who waits for what
// was deleted waits for them too.
// Does not: delete or wait.
import { type KubeClient, KubeError, type KubeObject, type ObjectRef } from '../adapters/kube/port.ts';
import type { Leaving } from '../build/kubernetes/wait-until-gone.ts';

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** A line for people, without its end. */
  readonly say: (line: string) => void;
}

/** The pods of objects with these uids that are still there. */
export type PodsOf = (deleted: ReadonlySet<string>) => Promise<readonly Leaving[]>;

/** What stands between these kinds and their pods, and goes with them. */
const between: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  Deployment: { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  CronJob: { apiVersion: 'batch/v1', kind: 'Job' },
};

/** Kinds that run pods which carry other names. */
const runners: ReadonlySet<string> = new Set([
  ...Object.keys(between),
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
]);

/**
 * Called before the objects are deleted, for afterwards nobody knows any more which ReplicaSet was whose; what it
 * resolves to is called afterwards. Without an object that runs pods nobody is asked, otherwise once for each namespace
 * and kind. Who may not look gets no pods, and is told so.
 */
export async function followPods(
  client: KubeClient,
  refs: readonly ObjectRef[],
  options: FollowOptions,
): Promise<PodsOf> {
  const running = refs.filter(({ kind }) => runners.has(kind));
  const look = looker(client, options);
  const namespaceOf = ({ namespace }: ObjectRef): string => namespace ?? client.namespace;
  const steps = new Map<string, Promise<readonly KubeObject[]>>();
  for (const ref of running) {
    const step = between[ref.kind];
    const key = `${step?.kind} ${namespaceOf(ref)}`;
    if (step && !steps.has(key)) steps.set(key, look(step.apiVersion, step.kind, namespaceOf(ref)));
  }
  const makers = (await Promise.all(steps.values())).flat();
  return async deleted => {
    if (running.length === 0 || deleted.size === 0) return [];
    const going = new Set(deleted);
    for (const maker of makers) if (isRunBy(maker, deleted)) going.add(maker.metadata.uid ?? '');
    const namespaces = [...new Set(running.map(namespaceOf))];
    const pods = (await Promise.all(namespaces.map(namespace => look('v1', 'Pod', namespace)))).flat();
    return pods.filter(pod => isRunBy(pod, going)).map(leavingPod);
  };
}

function looker(
  client: KubeClient,
  { signal, say }: FollowOptions,
): (apiVersion: string, kind: string, namespace: string) => Promise<readonly KubeObject[]> {
  let hasSaid = false;
  return async (apiVersion, kind, namespace) => {
    try {
      return await client.list(apiVersion, kind, { namespace, metadataOnly: true, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof KubeError)) throw error;
      if (!hasSaid) say(`Pods are not waited for: ${error.message}`);
      hasSaid = true;
      return [];
    }
  };
}

function isRunBy({ metadata }: KubeObject, uids: ReadonlySet<string>): boolean {
  return metadata.ownerReferences?.some(({ uid, controller }) => controller === true && uids.has(uid)) ?? false;
}

function leavingPod({ metadata: { name, namespace, uid = '' } }: KubeObject): Leaving {
  return { ref: { apiVersion: 'v1', kind: 'Pod', name, ...(namespace ? { namespace } : {}) }, uid };
}
