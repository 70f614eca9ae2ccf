// To which pod, and to which of its ports, a resource's ports are forwarded (reference 4.10, port-forward target).
import type { Forward, Pod } from '../api/kinds-kubernetes.ts';

/** Running pods before deleting ones, then the newest, then the last by name; undefined when none can be reached. */
export function forwardPod(pods: readonly Pod[]): Pod | undefined {
  let best: Pod | undefined;
  for (const pod of pods) {
    if (pod.phase !== 'Running' && !pod.deleting) continue;
    if (!best || isBetter(pod, best)) best = pod;
  }
  return best;
}

function isBetter(a: Pod, b: Pod): boolean {
  if (a.deleting !== b.deleting) return b.deleting;
  const by = Date.parse(a.createdAt) - Date.parse(b.createdAt);
  return by === 0 ? a.name > b.name : by > 0;
}

/** With the port of the container that each one leads to. */
export function populatedForwards(forwards: readonly Forward[], { containers }: Pod): Forward[] {
  const declared = containers.flatMap(({ ports }) => ports);
  return forwards.map(forward => {
    if (forward.containerPort) return forward;
    const { localPort = 0 } = forward;
    const containerPort = declared.find(port => port === localPort) ?? declared[0] ?? localPort;
    return { ...forward, containerPort };
  });
}

/** What to say of a port that leads to another one by Tilt's old default. */
export function implicitForwardWarnings(
  resource: string,
  template: readonly Forward[],
  forwards: readonly Forward[],
): string[] {
  return template.flatMap(({ containerPort }, i) => {
    const forward = forwards[i];
    if (containerPort || !forward || forward.localPort === forward.containerPort) return [];
    const { localPort, containerPort: leadsTo } = forward;
    return [
      `k8s_resource(name='${resource}', port_forwards='${localPort}') currently maps localhost:${localPort} to port ${leadsTo} in your container.\n` +
        `A future version of Tilt will change this default and will map localhost:${localPort} to port ${localPort} in your container.\n` +
        `To keep your project working, change your Tiltfile to k8s_resource(name='${resource}', port_forwards='${localPort}:${leadsTo}')`,
    ];
  });
}
