// A kubeconfig that holds one connection and nothing else, for child processes: what somebody makes the current context
// later does not redirect them.
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { writeYaml } from '../../domain/yaml/write-yaml.ts';
import type { KubeSettings } from './kube-settings.ts';

/** YAML with one context, its cluster and its user; files it names are named by absolute paths. Holds secrets. */
export function frozenKubeconfig({ names, facts, cluster, user }: KubeSettings): string {
  const config: PlainMap = {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: {},
    'current-context': names.context,
    clusters: [{ name: names.cluster, cluster }],
    users: [{ name: names.user, user }],
    contexts: [
      {
        name: names.context,
        context: { cluster: names.cluster, user: names.user, namespace: facts.namespace },
      },
    ],
  };
  return writeYaml(config);
}
