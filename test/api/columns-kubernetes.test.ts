// What wide tables say of the kinds around a cluster.
import test from 'ava';
import { columnsOf } from '../../src/api/columns.ts';
import type { Kind } from '../../src/api/kinds.ts';
import type { ApiObject } from '../../src/api/meta.ts';

function cells(kind: Kind, spec: object, status?: object): Record<string, unknown> {
  const object = { apiVersion: '', kind, metadata: { name: 'x' }, spec, ...(status ? { status } : {}) };
  const wide = columnsOf(kind).filter(column => column.priority === 1);
  return Object.fromEntries(wide.map(({ name, cell }) => [name, cell(object as unknown as ApiObject)]));
}

const time = (seconds: number): string => `2026-01-01T00:00:0${seconds}.000000Z`;
const pod = {
  name: 'web-1',
  phase: 'Running',
  status: 'CrashLoopBackOff',
  containers: [{ ready: true }, { ready: false }],
};

const cases: readonly [kind: Kind, spec: object, status: object | undefined, expected: object][] = [
  ['Cluster', { connection: { kubernetes: {} } }, undefined, { State: 'connecting', Target: 'kubernetes' }],
  [
    'Cluster',
    { connection: { kubernetes: {} } },
    { connectedAt: time(1), version: 'v1.32.0', connection: { kubernetes: { context: 'kind-kind' } } },
    { State: 'connected', Target: 'kubernetes kind-kind', Version: 'v1.32.0', Error: '' },
  ],
  [
    'Cluster',
    { connection: { docker: { host: 'unix:///x' } } },
    { error: 'no' },
    { State: 'error', Target: 'docker unix:///x' },
  ],
  ['KubernetesApply', { cluster: 'default' }, undefined, { State: 'waiting', Cluster: 'default', 'Last Apply': '' }],
  ['KubernetesApply', {}, { lastApplyStartTime: time(1) }, { State: 'applying' }],
  [
    'KubernetesApply',
    {},
    { lastApplyStartTime: time(1), lastApplyTime: time(2) },
    { State: 'applied', 'Last Apply': time(2) },
  ],
  ['KubernetesApply', {}, { lastApplyStartTime: time(3), lastApplyTime: time(2), error: 'old' }, { State: 'applying' }],
  [
    'KubernetesApply',
    {},
    { lastApplyStartTime: time(1), lastApplyTime: time(2), error: 'no' },
    { State: 'error', Error: 'no' },
  ],
  ['KubernetesApply', {}, { lastApplyTime: time(2), disableStatus: { state: 'Disabled' } }, { State: 'disabled' }],
  ['KubernetesDiscovery', {}, undefined, { State: '', Ready: '0/0', Pods: '' }],
  ['KubernetesDiscovery', {}, { waiting: { reason: 'NoCluster' }, pods: [] }, { State: 'waiting NoCluster' }],
  [
    'KubernetesDiscovery',
    {},
    { running: {}, pods: [pod] },
    { State: 'running', Ready: '1/2', Pods: 'web-1 CrashLoopBackOff' },
  ],
  ['PodLogStream', { pod: 'p', namespace: 'n' }, undefined, { State: 'waiting', Pod: 'n/p' }],
  [
    'PodLogStream',
    { pod: 'p' },
    { containerStatuses: [{ active: true }, { terminated: true }] },
    { State: 'following', Pod: 'p' },
  ],
  ['PodLogStream', {}, { containerStatuses: [{ terminated: true }] }, { State: 'ended' }],
  ['PodLogStream', {}, { error: 'gone' }, { State: 'error', Error: 'gone' }],
  [
    'PortForward',
    { podName: 'p', forwards: [{ localPort: 8000, containerPort: 80 }, { containerPort: 90 }] },
    {
      forwardStatuses: [
        { localPort: 8000, startedAt: time(1) },
        { localPort: 40123, error: '' },
      ],
    },
    { State: 'forwarding', Ports: '8000->80, 40123->90', Pod: 'p', Error: '' },
  ],
  ['PortForward', { forwards: [] }, { forwardStatuses: [{ error: 'in use' }] }, { State: 'error', Error: 'in use' }],
];

for (const [kind, spec, status, expected] of cases)
  test(`${kind}: ${JSON.stringify(expected)} ${JSON.stringify(status ?? {})}`, t =>
    t.like(cells(kind, spec, status), expected));
