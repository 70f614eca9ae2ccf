// What a cluster tells about itself when it is connected: version, architecture, the registry it pulls from.
// What may not be read is not known; only a server that does not answer is an error.
import { type KubeConnection, KubeError, type KubeObject } from '../adapters/kube/port.ts';
import type { RegistryHosting } from '../api/kinds-kubernetes.ts';
import { isCanceled } from '../base/abort.ts';
import {
  architectureOf,
  hostingMap,
  microk8sRegistry,
  noRegistryAdvice,
  type RegistryFinding,
  registryOfHostingMap,
  registryOfNode,
  registryOfService,
} from '../domain/kubernetes/cluster-registry.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';

export interface ClusterFacts {
  /** `v1.34.2`. */
  readonly version: string;
  readonly arch: string;
  readonly registry?: RegistryHosting;
  /** For people: advice and what could not be understood. */
  readonly warnings: readonly string[];
}

export interface FactsOptions {
  readonly signal: AbortSignal;
  /** Whether `localhost` is 127.0.0.1 here: the registry of MicroK8s listens nowhere else. */
  readonly localhostIsIpv4: () => Promise<boolean>;
}

const versionTimeoutMs = 5000;
const timeoutMs = 10_000;

/** Rejects when the server does not answer. */
export async function readClusterFacts(connection: KubeConnection, options: FactsOptions): Promise<ClusterFacts> {
  const { client } = connection;
  const { signal } = options;
  const [{ gitVersion }, nodes, hosting] = await Promise.all([
    client.version({ signal, timeoutMs: versionTimeoutMs }),
    orNothing(() => client.list('v1', 'Node', { signal, timeoutMs, metadataOnly: true })),
    readHostingMap(connection, signal),
  ]);
  const node = nodes?.[0];
  const found = await findRegistry(connection, { hosting, node }, options);
  return {
    version: gitVersion,
    arch: architectureOf(node?.metadata.labels ?? {}),
    ...(found.registry ? { registry: found.registry } : {}),
    warnings: found.warnings,
  };
}

async function readHostingMap({ client }: KubeConnection, signal: AbortSignal): Promise<RegistryFinding> {
  const { namespace, name, key } = hostingMap;
  const map = await orNothing(() =>
    client.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }, { signal, timeoutMs }),
  );
  const text = (map?.['data'] as Readonly<Record<string, string>> | undefined)?.[key];
  if (text === undefined) return {};
  await loadYamlLibrary();
  return registryOfHostingMap(text);
}

interface Found {
  readonly registry?: RegistryHosting;
  readonly warnings: readonly string[];
}

/** In the order of precedence: what the cluster announces, the add-on of MicroK8s, annotations of a node. */
async function findRegistry(
  connection: KubeConnection,
  { hosting, node }: { readonly hosting: RegistryFinding; readonly node: KubeObject | undefined },
  options: FactsOptions,
): Promise<Found> {
  const { product } = connection.facts;
  if (hosting.registry) return { registry: hosting.registry, warnings: [] };
  const ofMicrok8s = product === 'microk8s' ? await findMicrok8sRegistry(connection, options) : { warnings: [] };
  if (ofMicrok8s.registry) return ofMicrok8s;
  const ofNode = registryOfNode(node?.metadata.annotations ?? {});
  if (ofNode.registry) return { registry: ofNode.registry, warnings: ofMicrok8s.warnings };
  const problems = ofNode.problem === undefined ? [] : [`Local registry read from node failed: ${ofNode.problem}`];
  const advice = noRegistryAdvice(product, hosting.help);
  return { warnings: [...ofMicrok8s.warnings, ...problems, ...(advice === undefined ? [] : [advice])] };
}

async function findMicrok8sRegistry({ client }: KubeConnection, options: FactsOptions): Promise<Found> {
  const { signal } = options;
  const [node] = (await orNothing(() => client.list('v1', 'Node', { signal, timeoutMs }))) ?? [];
  const status = node?.['status'] as { readonly nodeInfo?: { readonly containerRuntimeVersion?: string } } | undefined;
  // With Docker as its runtime the images are there as soon as they are built.
  if (status?.nodeInfo?.containerRuntimeVersion?.startsWith('docker:')) return { warnings: [] };
  try {
    const service = await client.get({ apiVersion: 'v1', kind: 'Service', ...microk8sRegistry }, { signal, timeoutMs });
    const { ports = [] } = (service['spec'] ?? {}) as { readonly ports?: readonly { readonly nodePort?: number }[] };
    const { registry } = registryOfService(ports);
    if (!registry) return { warnings: [] };
    if (await options.localhostIsIpv4()) return { registry, warnings: [] };
    return {
      warnings: [
        'Your /etc/hosts is resolving localhost to ::1 (IPv6).\nThis breaks the microk8s image registry.\nPlease fix your /etc/hosts to default to IPv4. This will make image pushes much faster.',
      ],
    };
  } catch (error) {
    if (isCanceled(error) || !(error instanceof KubeError)) throw error;
    if (error.code !== 404) return { warnings: [] };
    return {
      warnings: [
        'You are running microk8s without a local image registry.\nRun: `sudo microk8s.enable registry`\nTilt will use the local registry to speed up builds',
      ],
    };
  }
}

/** Undefined for what the server refuses or does not have. */
async function orNothing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof KubeError && error.code !== 0) return undefined;
    throw error;
  }
}
