// What rows say of pods that are not well, and of ports that lead nowhere.
import test from 'ava';
import type { Container, ForwardStatus, Pod } from '../../src/api/kinds-kubernetes.ts';
import type { UIResourceStatus } from '../../src/api/kinds-session.ts';
import { type ContainerEndings, podTrouble } from '../../src/tui/pod-trouble.ts';
import { makeResourceRow, type ResourceRow } from '../../src/tui/resource-row.ts';

const none = { waiting: null, running: null, terminated: null };
const time = '2026-01-01T10:00:00Z';
const container = (state: Partial<Container['state']>, more: Partial<Container> = {}): Container => ({
  name: 'main',
  id: 'c',
  ready: false,
  image: 'shop/api:1',
  restarts: 0,
  ports: [],
  state: { ...none, ...state },
  ...more,
});
const waits = (reason: string, more?: Partial<Container>): Container => container({ waiting: { reason } }, more);
const ended = (exitCode: number, reason: string, more?: Partial<Container>): Container =>
  container({ terminated: { startedAt: time, finishedAt: time, exitCode, reason } }, more);
const runs = container({ running: { startedAt: time } }, { ready: true });
const pod = (containers: readonly Container[], more: Partial<Pod> = {}): Pod => ({
  uid: 'u',
  name: 'api-1',
  namespace: 'shop',
  createdAt: time,
  phase: 'Running',
  deleting: false,
  status: 'Running',
  errors: [],
  containers,
  ...more,
});
const full =
  '0/1 nodes are available: 1 Too many pods. no new claims to deallocate, preemption: 0/1 nodes are available.';
const pullError =
  'Back-off pulling image "shop/api:1": ErrImagePull: failed to pull and unpack image "shop/api:1": shop/api:1: not found';

const cases: readonly (readonly [what: string, pod: Pod, text: string | undefined])[] = [
  ['well', pod([runs]), undefined],
  ['first crash', pod([ended(1, 'Error')]), 'crashed: exit 1'],
  ['crash again', pod([ended(137, 'Error', { restarts: 2 })]), 'crash loop: exit 137, 3rd time'],
  ['waits to crash again', pod([waits('CrashLoopBackOff', { restarts: 10 })]), 'crash loop: 11th time'],
  ['out of memory', pod([ended(137, 'OOMKilled')]), 'out of memory: '],
  ['out of memory again', pod([ended(137, 'OOMKilled', { restarts: 1 })]), 'crash loop: out of memory, 2nd time'],
  ['no image', pod([waits('ImagePullBackOff')], { errors: [pullError] }), 'no image: not found, shop/api:1'],
  [
    'no image, of an old kubelet',
    pod([waits('ImagePullBackOff')], { errors: ['Back-off pulling image "shop/api:1"'] }),
    'no image: shop/api:1',
  ],
  [
    'no configuration',
    pod([waits('CreateContainerConfigError')], { errors: ['configmap "missing" not found'] }),
    'cannot start: configmap "missing" not found',
  ],
  [
    'no such command, tried again',
    pod([ended(128, 'StartError', { restarts: 2 })], {
      errors: ['unable to start container process: exec: "/nosuch": stat /nosuch: no such file or directory: unknown'],
    }),
    'cannot start: /nosuch: no such file',
  ],
  [
    'init container',
    pod([waits('PodInitializing')], { initContainers: [ended(3, 'Error', { name: 'prep', restarts: 1 })] }),
    'crash loop: exit 3, 2nd time, init container prep',
  ],
  [
    'no node',
    pod([], {
      conditions: [
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: full, lastTransitionTime: time },
      ],
    }),
    'no node takes it: 1 Too many pods',
  ],
  ['on its way out', pod([ended(137, 'Error')], { deleting: true }), undefined],
];

for (const [what, given, text] of cases) {
  test(`trouble of a pod: ${what}`, t => {
    const trouble = podTrouble(given, new Map());
    t.is(trouble && `${trouble.word}: ${trouble.reason}`, text);
  });
}

test('while a container waits to be started again, how it ended is remembered', t => {
  const endings = new Map([['u/main', ended(2, 'Error').state.terminated!]]);
  t.is(podTrouble(pod([waits('CrashLoopBackOff', { restarts: 1 })]), endings)!.reason, 'exit 2, 2nd time');
});

test('what ends well and is started again is in a loop as well', t => {
  const endings = new Map([['u/main', ended(0, 'Completed').state.terminated!]]);
  const words = podTrouble(pod([waits('CrashLoopBackOff', { restarts: 5 })]), endings)!;
  t.is(`${words.word}: ${words.reason}`, 'crash loop: ended with exit 0, starts again, 6th time');
});

interface Given {
  readonly status?: UIResourceStatus;
  readonly pods?: readonly Pod[];
  readonly forwards?: readonly ForwardStatus[];
  readonly isJob?: boolean;
  readonly error?: string;
  readonly endings?: ContainerEndings;
  readonly nowMs?: number;
}

function row({ status = {}, pods = [], forwards = [], isJob = false, error = '', ...more }: Given): ResourceRow {
  const { endings = new Map(), nowMs = Date.parse(time) } = more;
  const full = {
    updateStatus: 'ok',
    runtimeStatus: 'ok',
    k8sResourceInfo: { podName: 'api-1', podStatus: 'Running' },
    ...status,
  } as const;
  return makeResourceRow({
    resource: { apiVersion: 'v', kind: 'UIResource', metadata: { name: 'api' }, status: full },
    warnings: 0,
    cluster: { pods, forwards, isJob, error, endings, nowMs },
  });
}

const said = ({ role, word, reason }: ResourceRow): string => `${role} ${word}${reason ? `: ${reason}` : ''}`;

test('a job that ended well is done; a server is ready', t => {
  t.is(said(row({})), 'ok ready');
  t.is(said(row({ isJob: true })), 'done done');
  t.is(said(row({ status: { k8sResourceInfo: { podName: 'api-1', podStatus: 'Completed' } } })), 'done done');
});

test('what crashed and was started again is not ready before it ran for a while', t => {
  const again = container({ running: { startedAt: time } }, { ready: true, restarts: 2 });
  const endings = new Map([['u/main', ended(1, 'Error').state.terminated!]]);
  const at = (afterMs: number): string =>
    said(row({ pods: [pod([again])], endings, nowMs: Date.parse(time) + afterMs }));
  t.is(at(500), 'starting started again: after exit 1, 3rd time');
  t.is(at(9999), 'starting started again: after exit 1, 3rd time');
  t.is(at(10_000), 'ok ready');
  t.is(said(row({ pods: [pod([again])] })), 'ok ready', 'it ended well');
});

test('a row says of a crash loop what the resource knows beyond its pod', t => {
  const pods = [pod([ended(137, 'Error', { restarts: 2 })])];
  const words = (podStatusMessage: string): string =>
    said(row({ status: { runtimeStatus: 'error', k8sResourceInfo: { podName: 'api-1', podStatusMessage } }, pods }));
  const probe = 'exit 137, 3rd time, Liveness probe failed: no answer';
  t.is(words(`crash loop: ${probe}\nmore`), `crashed crash loop: ${probe}`);
  t.is(words('crash loop: exit 1, 2nd time'), 'crashed crash loop: exit 137, 3rd time', 'it is older than the pod');
});

test('a job that ended badly has failed; nothing of it crashed', t => {
  const given = { status: { runtimeStatus: 'error' }, pods: [pod([ended(4, 'Error')])] } as const;
  t.is(said(row(given)), 'crashed crashed: exit 4');
  t.is(said(row({ ...given, isJob: true })), 'crashed failed: exit 4');
});

test('a port that leads nowhere is told on the row, and is never green', t => {
  const dead = { localPort: 8080, containerPort: 80, addresses: [], error: 'nobody listens on port 80' };
  const alive = { localPort: 8081, containerPort: 81, addresses: ['127.0.0.1'] };
  t.is(said(row({ forwards: [alive] })), 'ok ready');
  const down = row({ forwards: [alive, dead] });
  t.is(said(down), 'warn :8080 is down: nobody listens on port 80');
  t.deepEqual(down.downPorts, [8080]);
  t.is(row({ forwards: [dead, { ...dead, localPort: 1 }] }).word, ':8080 and 1 more is down');
  const starting = row({ status: { runtimeStatus: 'pending' }, forwards: [dead] });
  t.is(starting.role, 'starting', 'nothing listens yet');
});

test('a pod that waits for what there is not is told before anybody calls it an error', t => {
  const pods = [pod([waits('CreateContainerConfigError')], { errors: ['no "x"'] })];
  t.is(said(row({ status: { runtimeStatus: 'pending' }, pods })), 'crashed cannot start: no "x"');
});

test('who waits for a cluster is told what is wrong with it', t => {
  const status = {
    updateStatus: 'pending',
    waiting: { reason: 'waiting-for-cluster', on: [{ name: 'default' }] },
  } as const;
  t.is(said(row({ status })), 'pending waits for the cluster');
  const error =
    'Tilt encountered an error connecting to your Kubernetes cluster:\n\tconnection refused\nTilt tries again.';
  const held = row({ status, error });
  t.is(said(held), 'pending waits for the cluster: connection refused');
  t.is(held.errorText, error);
  t.deepEqual(held.waitsOn, [], 'the error says it');
});
