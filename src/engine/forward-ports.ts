// Which local ports were chosen for forwards that leave the choice open.
import type { Forward, ForwardStatus } from '../api/kinds-kubernetes.ts';

/**
 * The forwards with the ports that the PortForward tells of; one that has none yet keeps 0. Several that lead to the same
 * port of the pod are alike, so the order in which they get theirs does not matter.
 */
export function withKnownPorts(forwards: readonly Forward[], statuses: readonly ForwardStatus[]): Forward[] {
  const named = new Set(forwards.map(({ localPort = 0 }) => localPort));
  const open = statuses.filter(({ localPort }) => localPort !== 0 && !named.has(localPort));
  return forwards.map(forward => {
    if (forward.localPort) return forward;
    const at = open.findIndex(({ containerPort }) => !forward.containerPort || containerPort === forward.containerPort);
    if (at < 0) return forward;
    const [{ localPort }] = open.splice(at, 1) as [ForwardStatus];
    return { ...forward, localPort };
  });
}
