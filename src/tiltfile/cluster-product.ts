// Which clusters are for development, judged by the name that their makers give them (reference 2.5, context guard).
import path from 'node:path';

export interface ClusterPlace {
  /** Name of the cluster in the kubeconfig, which is not the context's. */
  readonly name: string;
  /** The kubeconfig file that it is in. */
  readonly file: string;
  /** Path of the cluster's certificate authority; '' when it is embedded. */
  readonly certificateAuthority: string;
}

/** Names that begin so, and whether such a cluster is for development; the first that fits decides. */
const prefixes: readonly (readonly [RegExp, boolean])[] = [
  [/^minikube/, true],
  [/^docker-for-desktop-cluster|^docker-desktop/, true],
  [/^gke/, false],
  [/^arn:aws:eks:|\.eksctl\.io$/, false],
  [/^kind$|^kind-/, true],
  [/^microk8s/, true],
  [/^api-crc-testing/, true],
  [/^krucible-/, true],
  [/^k3d-/, true],
  [/^rancher-desktop/, true],
  [/^colima/, true],
  [/^orbstack$/, true],
];

/** True for a cluster that a Tiltfile may deploy to without being asked. */
export function isDevelopmentCluster(place: ClusterPlace, home: string): boolean {
  const byName = prefixes.find(([form]) => form.test(place.name));
  if (byName) return byName[1];
  if (isBelow(path.join(home, '.config', 'k3d'), place.file)) return true;
  if (isBelow(path.join(home, '.minikube'), place.certificateAuthority)) return true;
  return path.basename(place.file).startsWith('kind-config-');
}

function isBelow(folder: string, file: string): boolean {
  return file.startsWith(`${folder}${path.sep}`);
}
