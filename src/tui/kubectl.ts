// What kubectl is asked for on behalf of the screen, as command lines.
import type { ClusterObject } from './cluster-objects.ts';
import type { ClusterPlace, PodPlace } from './menu-item.ts';

function where({ context, configPath }: ClusterPlace): string[] {
  return ['kubectl', ...(configPath ? ['--kubeconfig', configPath] : []), ...(context ? ['--context', context] : [])];
}

/** bash where it is, else what there is. */
export const shellCommand: readonly string[] = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash || exec sh'];

/** A shell beside a container that has none; for people to run. */
export function debugCommand({ name, namespace, cluster }: PodPlace, container: string): string {
  const { context } = cluster;
  const at = context === '' ? 'kubectl' : `kubectl --context ${context}`;
  return `${at} --namespace ${namespace} debug -it ${name} --target=${container} --image=busybox`;
}

function namespaceOf({ namespace }: ClusterObject): string[] {
  return namespace ? ['--namespace', namespace] : [];
}

/** Events about an object, the oldest first. */
export function eventsCommand(cluster: ClusterPlace, object: ClusterObject): string[] {
  const about = `involvedObject.kind=${object.kind},involvedObject.name=${object.name}`;
  const columns = 'LAST:.lastTimestamp,TYPE:.type,REASON:.reason,MESSAGE:.message';
  return [
    ...[...where(cluster), 'get', 'events', ...namespaceOf(object), '--field-selector', about],
    ...['--sort-by=.lastTimestamp', '-o', `custom-columns=${columns}`],
  ];
}

/** The difference of an object as it was applied, given on standard input, against the live one; exits with 1 where there is any. */
export function diffCommand(cluster: ClusterPlace, object: ClusterObject): string[] {
  return [...where(cluster), 'diff', ...namespaceOf(object), '-f', '-'];
}
