// The kinds that the fake cluster serves from the start.
import type { ResourceType } from '../../../src/adapters/kube/port.ts';

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** `apiVersion kind plural`, with a `*` in front for kinds without namespaces. */
const lines = `
*v1 Namespace namespaces
*v1 Node nodes
*v1 PersistentVolume persistentvolumes
v1 Pod pods
v1 ConfigMap configmaps
v1 Secret secrets
v1 Service services
v1 ServiceAccount serviceaccounts
v1 PersistentVolumeClaim persistentvolumeclaims
v1 Event events
apps/v1 Deployment deployments
apps/v1 ReplicaSet replicasets
apps/v1 StatefulSet statefulsets
apps/v1 DaemonSet daemonsets
batch/v1 Job jobs
batch/v1 CronJob cronjobs
networking.k8s.io/v1 Ingress ingresses
rbac.authorization.k8s.io/v1 Role roles
rbac.authorization.k8s.io/v1 RoleBinding rolebindings
*rbac.authorization.k8s.io/v1 ClusterRole clusterroles
*rbac.authorization.k8s.io/v1 ClusterRoleBinding clusterrolebindings
*apiextensions.k8s.io/v1 CustomResourceDefinition customresourcedefinitions
`;

/** A type as the server would describe it. */
export function makeType(apiVersion: string, kind: string, plural: string, isNamespaced: boolean): ResourceType {
  const [first = '', second] = apiVersion.split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];
  return { group, version, kind, plural, isNamespaced, verbs };
}

export function builtinTypes(): ResourceType[] {
  return lines
    .trim()
    .split('\n')
    .map(line => {
      const [apiVersion = '', kind = '', plural = ''] = line.replace(/^\*/, '').split(' ');
      return makeType(apiVersion, kind, plural, !line.startsWith('*'));
    });
}
