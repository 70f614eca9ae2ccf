// Which software runs a cluster, judged by the names that its makers give, and which clusters are for development
// (reference 2.5, context guard).
import path from 'node:path';

/** Where a pod finds the token, the authority and the namespace of its service account. */
export const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What the connection of a service account is called, where a kubeconfig would name its context. */
export const inClusterContext = 'in-cluster';

export interface ClusterPlace {
  /** Name of the cluster in the kubeconfig, which is not the context's. */
  readonly name: string;
  /** The kubeconfig file that the context is in. */
  readonly file: string;
  /** Path of the cluster's certificate authority; '' when it is embedded. */
  readonly certificateAuthority: string;
}

/** Forms of the cluster's name; the first that fits decides. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^minikube/, 'minikube'],
  [/^docker-for-desktop-cluster|^docker-desktop/, 'docker-desktop'],
  [/^gke/, 'gke'],
  [/^arn:aws:eks:|\.eksctl\.io$/, 'eks'],
  [/^kind$|^kind-/, 'kind'],
  [/^microk8s/, 'microk8s'],
  [/^api-crc-testing/, 'crc'],
  [/^krucible-/, 'krucible'],
  [/^k3d-/, 'k3d'],
  [/^rancher-desktop/, 'rancher-desktop'],
  [/^colima/, 'colima'],
  [/^orbstack$/, 'orbstack'],
  [/^k0s/, 'k0s'],
];

const development: ReadonlySet<string> = new Set([
  'minikube',
  'docker-desktop',
  'kind',
  'microk8s',
  'crc',
  'krucible',
  'k3d',
  'rancher-desktop',
  'colima',
  'orbstack',
]);

/** `kind`, `minikube`, `gke` ...; `unknown` for a cluster that nothing tells. `home` is the user's home folder. */
export function clusterProduct(place: ClusterPlace, home: string): string {
  const byName = names.find(([form]) => form.test(place.name));
  if (byName) return byName[1];
  if (isBelow(path.join(home, '.config', 'k3d'), place.file)) return 'k3d';
  if (isBelow(path.join(home, '.minikube'), place.certificateAuthority)) return 'minikube';
  return path.basename(place.file).startsWith('kind-config-') ? 'kind' : 'unknown';
}

/** True for a product that a Tiltfile may deploy to without being asked. */
export function isDevelopmentProduct(product: string): boolean {
  return development.has(product);
}

function isBelow(folder: string, file: string): boolean {
  return file.startsWith(`${folder}${path.sep}`);
}
