// The links by which people reach what is forwarded from a cluster.
import type { Forward } from '../api/kinds-kubernetes.ts';
import type { Link } from '../api/shared-types.ts';

/** One link for each forward, in order; those whose port is not known yet have none. */
export function forwardLinks(forwards: readonly Forward[]): Link[] {
  return forwards
    .filter(({ localPort }) => localPort !== undefined && localPort !== 0)
    .map(({ localPort, host, path, name }) => ({
      url: `http://${host || 'localhost'}:${localPort}/${(path ?? '').replace(/^\//, '')}`,
      ...(name ? { name } : {}),
    }));
}
