// Where a cluster says that images for it are to be pushed: read off objects of the cluster, in the ways that local
// clusters announce a registry (KEP-1755, annotations of nodes, the add-on of MicroK8s).
// Does not: ask the cluster.
import { registryProblem } from '../images/image-ref.ts';
import { getKey, isMap, type Plain } from '../yaml/plain.ts';
import { readYaml } from '../yaml/read-yaml.ts';

export interface ClusterRegistry {
  readonly host: string;
  readonly hostFromClusterNetwork?: string;
  readonly hostFromContainerRuntime?: string;
  readonly help?: string;
}

export interface RegistryFinding {
  readonly registry?: ClusterRegistry;
  /** Where people read how to have a registry. */
  readonly help?: string;
  /** Why what the cluster says cannot be used. */
  readonly problem?: string;
}

/** The ConfigMap of KEP-1755. */
export const hostingMap = { namespace: 'kube-public', name: 'local-registry-hosting', key: 'localRegistryHosting.v1' };

/** The Service of the registry add-on of MicroK8s. */
export const microk8sRegistry = { namespace: 'container-registry', name: 'registry' };

type Texts = Readonly<Record<string, string>>;

/** From the ConfigMap's text. The YAML library must be loaded. */
export function registryOfHostingMap(text: string): RegistryFinding {
  let data: Plain;
  try {
    data = readYaml(text);
  } catch (error) {
    return { problem: (error as Error).message };
  }
  if (!isMap(data)) return {};
  const field = (name: string): string => {
    const value = getKey(data, name);
    return typeof value === 'string' ? value : '';
  };
  const help = field('help');
  const hosts = ['hostFromClusterNetwork', 'hostFromContainerRuntime', 'help'].filter(name => field(name) !== '');
  const registry: ClusterRegistry = {
    host: field('host'),
    ...Object.fromEntries(hosts.map(name => [name, field(name)])),
  };
  return { ...checked(registry), ...(help ? { help } : {}) };
}

/** From the annotations of a node, which scripts of Tilt and of kind set. */
export function registryOfNode(annotations: Texts): RegistryFinding {
  const own = annotations['tilt.dev/registry'];
  const inside = annotations['tilt.dev/registry-from-cluster'];
  if (own) return checked({ host: own, ...(inside ? { hostFromContainerRuntime: inside } : {}) });
  const kind = annotations['kind.x-k8s.io/registry'];
  return kind ? checked({ host: kind }) : {};
}

/** From the Service of MicroK8s' registry: its port on the node. */
export function registryOfService(ports: readonly { readonly nodePort?: number }[]): RegistryFinding {
  const port = ports[0]?.nodePort;
  return port === undefined ? {} : checked({ host: `localhost:${port}` });
}

/** How people are told that builds could be faster; undefined when there is nothing to tell. */
export function noRegistryAdvice(product: string, help: string | undefined): string | undefined {
  const instead = help ?? (product === 'kind' ? 'https://kind.sigs.k8s.io/docs/user/local-registry/' : undefined);
  if (instead === undefined) return undefined;
  const what = help === undefined ? 'running Kind' : 'running';
  return `You are ${what} without a local image registry.\nTilt can use the local registry to speed up builds.\nInstructions: ${instead}`;
}

/** Processor architecture by a node's labels; `unknown` when they do not say. */
export function architectureOf(labels: Texts): string {
  return labels['kubernetes.io/arch'] || labels['beta.kubernetes.io/arch'] || 'unknown';
}

function checked(registry: ClusterRegistry): RegistryFinding {
  if (registry.host === '') return {};
  for (const host of [registry.host, registry.hostFromClusterNetwork, registry.hostFromContainerRuntime]) {
    const problem = host === undefined ? undefined : registryProblem(host);
    if (problem !== undefined) return { problem: `registry ${JSON.stringify(host)}: ${problem}` };
  }
  return { registry };
}
