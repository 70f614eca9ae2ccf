// Whether others in the cluster talk to a port of a pod too: probes, and whoever uses a Service. A connection that says
// nothing must not be held open there, for a server that serves one at a time would keep all of them waiting.
import type { KubeObject } from '../../adapters/kube/port.ts';

type PortRef = number | string;

interface Probe {
  readonly httpGet?: { readonly port?: PortRef };
  readonly tcpSocket?: { readonly port?: PortRef };
  readonly grpc?: { readonly port?: PortRef };
  readonly exec?: { readonly command?: readonly string[] };
}

interface ProbedContainer {
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

interface PodSpec {
  readonly containers?: readonly ProbedContainer[];
  readonly initContainers?: readonly ProbedContainer[];
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly port: number; readonly targetPort?: PortRef }[];
}

/** True when a probe of the pod, or one of the Services of its namespace, leads to that port. */
export function isSharedPort(port: number, pod: KubeObject, services: Iterable<KubeObject>): boolean {
  const { containers = [], initContainers = [] } = (pod['spec'] ?? {}) as PodSpec;
  const all = [...containers, ...initContainers];
  const named = (name: string): boolean =>
    all.some(({ ports = [] }) => ports.some(one => one.name === name && one.containerPort === port));
  const leadsThere = (ref: PortRef | undefined): boolean =>
    typeof ref === 'string' ? named(ref) || ref === String(port) : ref === port;
  return all.some(container => isProbed(container, port, leadsThere)) || hasService(pod, services, leadsThere);
}

function isProbed(
  container: ProbedContainer,
  port: number,
  leadsThere: (ref: PortRef | undefined) => boolean,
): boolean {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  return [livenessProbe, readinessProbe, startupProbe].some(probe => {
    const ref = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
    // A command that asks the server names its port.
    const asks = (probe?.exec?.command ?? []).some(word => new RegExp(`(^|\\D)${port}(\\D|$)`).test(word));
    return leadsThere(ref) || asks;
  });
}

function hasService(
  { metadata }: KubeObject,
  services: Iterable<KubeObject>,
  leadsThere: (ref: PortRef | undefined) => boolean,
): boolean {
  const labels = metadata.labels ?? {};
  for (const service of services) {
    const { selector = {}, ports = [] } = (service['spec'] ?? {}) as ServiceSpec;
    const wanted = Object.entries(selector);
    const isSelected = wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
    if (isSelected && ports.some(one => leadsThere(one.targetPort ?? one.port))) return true;
  }
  return false;
}
