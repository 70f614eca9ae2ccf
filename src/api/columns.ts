// What tables show of an object. Two columns as Tilt has them; the others appear with `-o wide` (priority 1).
import {
  applyState,
  clusterState,
  clusterTarget,
  discoveryState,
  forwardError,
  forwardPorts,
  forwardState,
  logStreamState,
  podOf,
  podStates,
  readyContainers,
} from './columns-kubernetes.ts';
import type { Kind } from './kinds.ts';
import type { ApiObject } from './meta.ts';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'date' | 'integer';
  readonly format: '' | 'name';
  readonly description: string;
  /** 0: always shown; 1: in the wide table. */
  readonly priority: 0 | 1;
  /** The cell; '' when there is nothing to show. */
  readonly cell: (object: ApiObject) => string | number;
}

type Fields = Readonly<Record<string, unknown>>;

const nameColumn: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description: 'Name of the object, unique within its kind.',
  priority: 0,
  cell: object => object.metadata.name,
};

const createdColumn: Column = {
  name: 'Created At',
  type: 'date',
  format: '',
  description: 'When the object was created, in UTC.',
  priority: 0,
  cell: object => object.metadata.creationTimestamp ?? '',
};

function wide(name: string, description: string, cell: (status: Fields, spec: Fields) => unknown): Column {
  return {
    name,
    type: 'string',
    format: '',
    description,
    priority: 1,
    cell: object => {
      const value = cell((object.status ?? {}) as Fields, (object.spec ?? {}) as Fields);
      return value === undefined || value === null ? '' : String(value);
    },
  };
}

/** The one of `states` that the status has, for kinds whose status is one of several. */
function stateOf(status: Fields, ...states: string[]): string {
  return states.find(state => status[state] !== undefined) ?? '';
}

const join = (value: unknown): string => (Array.isArray(value) ? value.join(' ') : '');
const errorColumn = wide('Error', 'What failed last.', status => status['error']);

const wideColumns: Partial<Record<Kind, readonly Column[]>> = {
  Cluster: [
    wide('State', 'connected, connecting or error.', clusterState),
    wide('Target', 'The context of a Kubernetes cluster, or the Docker daemon.', clusterTarget),
    wide('Version', 'Version of the cluster or daemon.', status => status['version']),
    errorColumn,
  ],
  Cmd: [
    wide('State', 'waiting, running or terminated.', s => stateOf(s, 'running', 'terminated', 'waiting')),
    wide('Ready', 'Whether its probe says that it is ready.', s => s['ready'] === true),
    wide('Command', 'The command line.', (_s, spec) => join(spec['args'])),
  ],
  CmdImage: [wide('State', 'waiting, building or completed.', s => stateOf(s, 'building', 'completed', 'waiting'))],
  DockerComposeService: [
    wide('State', 'State of the container.', s => (s['containerState'] as Fields | undefined)?.['status']),
  ],
  DockerImage: [wide('State', 'waiting, building or completed.', s => stateOf(s, 'building', 'completed', 'waiting'))],
  Extension: [wide('Path', 'Where the extension lies on disk.', s => s['path']), errorColumn],
  ExtensionRepo: [wide('URL', 'Where the repository comes from.', (_s, spec) => spec['url']), errorColumn],
  FileWatch: [
    wide('Last Event', 'When a watched file changed last.', s => s['lastEventTime']),
    wide('Paths', 'What is watched.', (_s, spec) => join(spec['watchedPaths'])),
  ],
  ImageMap: [wide('Image', 'The built image.', s => s['image'])],
  KubernetesApply: [
    wide('State', 'waiting, applying, applied, error or disabled.', applyState),
    wide('Last Apply', 'When it was applied last.', s => s['lastApplyTime']),
    wide('Cluster', 'Where it is applied.', (_s, spec) => spec['cluster']),
    errorColumn,
  ],
  KubernetesDiscovery: [
    wide('State', 'running, or what it waits for.', discoveryState),
    wide('Ready', 'Containers that are ready, of all.', readyContainers),
    wide('Pods', 'The pods that were found.', podStates),
  ],
  LiveUpdate: [wide('Failed', 'Why files are not copied.', s => (s['failed'] as Fields | undefined)?.['reason'])],
  PodLogStream: [
    wide('State', 'waiting, following, ended or error.', logStreamState),
    wide('Pod', 'The pod whose logs are followed.', podOf('pod')),
    errorColumn,
  ],
  PortForward: [
    wide('State', 'waiting, forwarding or error.', forwardState),
    wide('Ports', 'Port here and port of the container.', forwardPorts),
    wide('Pod', 'The pod that ports lead to.', podOf('podName')),
    wide('Error', 'What failed first.', forwardError),
  ],
  Session: [wide('Done', 'Whether the session has ended.', s => s['done'] === true), errorColumn],
  Tiltfile: [
    wide('State', 'waiting, running or terminated.', s => stateOf(s, 'running', 'terminated', 'waiting')),
    wide('Error', 'Why the last run failed.', s => (s['terminated'] as Fields | undefined)?.['error']),
  ],
  UIButton: [wide('Text', 'What the button says.', (_s, spec) => spec['text'])],
  UIResource: [
    wide('Update', 'How the last update went.', s => s['updateStatus']),
    wide('Runtime', 'How what was started is doing.', s => s['runtimeStatus']),
    wide('Target', 'What the resource consists of.', s =>
      join((Array.isArray(s['specs']) ? s['specs'] : []).map(spec => (spec as Fields)['type'])),
    ),
  ],
};

/** Columns of a kind's table, in order. */
export function columnsOf(kind: Kind): readonly Column[] {
  return [nameColumn, createdColumn, ...(wideColumns[kind] ?? [])];
}
