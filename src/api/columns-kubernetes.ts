// Cells of the wide tables of the kinds around a cluster: how something is doing, and what it is about.

type Fields = Readonly<Record<string, unknown>>;
/** A cell of an object's status and spec. */
type Cell = (status: Fields, spec: Fields) => string;

const fields = (of: Fields | undefined, key: string): Fields | undefined => of?.[key] as Fields | undefined;
const list = (of: Fields, key: string): readonly Fields[] => (Array.isArray(of[key]) ? (of[key] as Fields[]) : []);
const text = (of: Fields | undefined, key: string): string => String(of?.[key] ?? '');
const isDisabled = (status: Fields): boolean => fields(status, 'disableStatus')?.['state'] === 'Disabled';

/** connected, error or connecting. */
export const clusterState: Cell = status => {
  if (text(status, 'error') !== '') return 'error';
  return text(status, 'connectedAt') === '' ? 'connecting' : 'connected';
};

/** The context of a Kubernetes cluster, the address of a Docker daemon. */
export const clusterTarget: Cell = (status, spec) => {
  const asked = fields(spec, 'connection');
  const docker = fields(asked, 'docker');
  if (docker) return `docker ${text(docker, 'host')}`.trim();
  const found = text(fields(fields(status, 'connection'), 'kubernetes'), 'context');
  return `kubernetes ${found || text(fields(asked, 'kubernetes'), 'context')}`.trim();
};

/** disabled, error, applying, applied or waiting. */
export const applyState: Cell = status => {
  if (isDisabled(status)) return 'disabled';
  const [began, ended] = [text(status, 'lastApplyStartTime'), text(status, 'lastApplyTime')];
  if (began > ended) return 'applying';
  if (text(status, 'error') !== '') return 'error';
  return ended === '' ? 'waiting' : 'applied';
};

/** running, or why it waits. */
export const discoveryState: Cell = status => {
  if (status['running']) return 'running';
  const waiting = fields(status, 'waiting');
  return waiting ? `waiting ${text(waiting, 'reason')}`.trim() : '';
};

/** Containers that are ready, of all: `2/3`. */
export const readyContainers: Cell = status => {
  const containers = list(status, 'pods').flatMap(pod => list(pod, 'containers'));
  return `${containers.filter(container => container['ready'] === true).length}/${containers.length}`;
};

/** Names of the pods with what Kubernetes says of each: `web-1 Running`. */
export const podStates: Cell = status =>
  list(status, 'pods')
    .map(pod => `${text(pod, 'name')} ${text(pod, 'status') || text(pod, 'phase')}`.trim())
    .join(', ');

/** `namespace/name`. */
export function podOf(key: 'pod' | 'podName'): Cell {
  return (_status, spec) => [text(spec, 'namespace'), text(spec, key)].filter(part => part !== '').join('/');
}

/** error, following, ended, or waiting. */
export const logStreamState: Cell = status => {
  const containers = list(status, 'containerStatuses');
  if (text(status, 'error') !== '' || containers.some(container => text(container, 'error') !== '')) return 'error';
  if (containers.some(container => container['active'] === true)) return 'following';
  return containers.length > 0 && containers.every(container => container['terminated'] === true) ? 'ended' : 'waiting';
};

/** Every forward as `8000->80`, with the port that was really taken. */
export const forwardPorts: Cell = (status, spec) => {
  const taken = list(status, 'forwardStatuses');
  return list(spec, 'forwards')
    .map((forward, i) => {
      const local = Number(forward['localPort'] ?? 0) || Number(taken[i]?.['localPort'] ?? 0);
      return `${local}->${text(forward, 'containerPort')}`;
    })
    .join(', ');
};

/** error, forwarding or waiting. */
export const forwardState: Cell = status => {
  const statuses = list(status, 'forwardStatuses');
  if (statuses.some(forward => text(forward, 'error') !== '')) return 'error';
  return statuses.some(forward => text(forward, 'startedAt') !== '') ? 'forwarding' : 'waiting';
};

/** The first error among the forwards. */
export const forwardError: Cell = status =>
  list(status, 'forwardStatuses')
    .map(forward => text(forward, 'error'))
    .find(error => error !== '') ?? '';
