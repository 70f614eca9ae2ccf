// Pods, as people and programs are told about them.
import test from 'ava';
import type { Pod } from '../../src/api/kinds-kubernetes.ts';
import { deletionOrder } from '../../src/engine/deletion-order.ts';
import { forwardLinks } from '../../src/engine/forward-links.ts';
import { forwardPod, implicitForwardWarnings, populatedForwards } from '../../src/engine/forward-pod.ts';
import { eventLine, isLoggedEvent, warningOf } from '../../src/engine/kubernetes-event.ts';
import { mostRecentPod, podsOfApply } from '../../src/engine/kubernetes-pods.ts';
import {
  delayOf,
  type KubernetesRuntime,
  kubernetesStatus,
  longReadyMs,
  podStatus,
  runtimeTarget,
  troubleOf,
} from '../../src/engine/kubernetes-runtime.ts';
import { matchesLabels, selectorProblem } from '../../src/engine/label-selector.ts';
import { type PodObject, podErrors, podOfObject, podStatusWord } from '../../src/engine/pod-of-object.ts';
import { restartedContainers, rolloutLines } from '../../src/engine/pod-rollout.ts';
import { serviceUrl } from '../../src/engine/service-url.ts';

type Statuses = NonNullable<NonNullable<PodObject['status']>['containerStatuses']>;

function object(status: PodObject['status'], more: Partial<PodObject> = {}): PodObject {
  return {
    metadata: { name: 'p', namespace: 'n', uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { containers: [{ name: 'main', image: 'busybox', ports: [{ containerPort: 80 }] }] },
    ...more,
    ...(status ? { status } : {}),
  };
}

const main = (state: Statuses[number]['state'], more: Partial<Statuses[number]> = {}): Statuses => [
  { name: 'main', containerID: 'containerd://abc', ...(state ? { state } : {}), ...more },
];

const words: readonly (readonly [string, PodObject['status'], Partial<PodObject>, string, string[]])[] = [
  ['the phase', { phase: 'Pending' }, {}, 'Pending', []],
  [
    'a reason of its own',
    { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' },
    {},
    'Evicted',
    ['The node was low on memory.'],
  ],
  [
    'a container that waits',
    {
      phase: 'Running',
      containerStatuses: main(
        { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
        { lastState: { terminated: { exitCode: 1, message: 'last words' } } },
      ),
    },
    {},
    'CrashLoopBackOff',
    ['last words', 'back-off 10s'],
  ],
  [
    'one that lacks what it needs',
    {
      phase: 'Pending',
      containerStatuses: main({
        waiting: { reason: 'CreateContainerConfigError', message: 'configmap "c" not found' },
      }),
    },
    {},
    'CreateContainerConfigError',
    ['configmap "c" not found'],
  ],
  [
    'one that waits as usual',
    { phase: 'Pending', containerStatuses: main({ waiting: { reason: 'ContainerCreating', message: 'soon' } }) },
    {},
    'ContainerCreating',
    [],
  ],
  [
    'one that ended with a reason',
    { phase: 'Failed', containerStatuses: main({ terminated: { exitCode: 137, reason: 'OOMKilled' } }) },
    {},
    'OOMKilled',
    [],
  ],
  [
    'one that ended by a signal',
    { phase: 'Failed', containerStatuses: main({ terminated: { exitCode: 137, signal: 9, message: 'bye' } }) },
    {},
    'Signal:9',
    ['bye'],
  ],
  [
    'one that ended with a code',
    { phase: 'Failed', containerStatuses: main({ terminated: { exitCode: 3 } }) },
    {},
    'ExitCode:3',
    [],
  ],
  [
    'an init container that runs',
    {
      phase: 'Pending',
      initContainerStatuses: [
        { name: 'a', state: { terminated: { exitCode: 0 } } },
        { name: 'b', state: { running: {} } },
      ],
    },
    { spec: { initContainers: [{ name: 'a' }, { name: 'b' }], containers: [] } },
    'Init:1/2',
    [],
  ],
  [
    'an init container that failed',
    { phase: 'Pending', initContainerStatuses: [{ name: 'a', state: { terminated: { exitCode: 2 } } }] },
    { spec: { initContainers: [{ name: 'a' }], containers: [] } },
    'Init:ExitCode:2',
    [],
  ],
  [
    'an init container without its image',
    {
      phase: 'Pending',
      initContainerStatuses: [{ name: 'a', state: { waiting: { reason: 'ErrImagePull', message: 'no such image' } } }],
    },
    { spec: { initContainers: [{ name: 'a' }], containers: [] } },
    'Init:ErrImagePull',
    ['no such image'],
  ],
  [
    'a sidecar that goes on',
    {
      phase: 'Running',
      initContainerStatuses: [{ name: 'a', state: { running: {} } }],
      containerStatuses: main({ running: {} }),
    },
    { spec: { initContainers: [{ name: 'a', restartPolicy: 'Always' }], containers: [] } },
    'Running',
    [],
  ],
];

for (const [title, status, more, word, errors] of words) {
  test(`pods › the word for ${title}`, t => {
    t.is(podStatusWord(object(status, more)), word);
    t.deepEqual(podErrors(object(status, more)), errors);
  });
}

test('pods › what is kept of a pod', t => {
  const pod = podOfObject(
    object(
      {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z' }],
        containerStatuses: main(
          { running: { startedAt: '2026-01-01T00:00:01Z' } },
          { ready: true, restartCount: 2, image: 'docker.io/library/busybox:latest' },
        ),
      },
      {
        metadata: {
          name: 'p',
          namespace: 'n',
          uid: 'u',
          creationTimestamp: '2026-01-01T00:00:00Z',
          labels: { 'tilt.dev/pod-template-hash': 'h' },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs' }],
        },
      },
    ),
    'deployment-uid',
    '2025-12-31T00:00:00Z',
  );
  t.deepEqual(pod, {
    uid: 'u',
    name: 'p',
    namespace: 'n',
    createdAt: '2026-01-01T00:00:00Z',
    phase: 'Running',
    deleting: false,
    status: 'Running',
    errors: [],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z' }],
    containers: [
      {
        name: 'main',
        id: 'abc',
        ready: true,
        image: 'busybox',
        restarts: 2,
        ports: [80],
        state: { waiting: null, terminated: null, running: { startedAt: '2026-01-01T00:00:01Z' } },
      },
    ],
    owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', creationTimestamp: '2025-12-31T00:00:00Z' },
    ancestorUID: 'deployment-uid',
    podTemplateSpecHash: 'h',
  });
});

const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  uid: name,
  name,
  namespace: 'n',
  createdAt: '2026-01-01T00:00:00Z',
  phase: 'Running',
  deleting: false,
  status: 'Running',
  errors: [],
  containers: [],
  ...more,
});
const later = '2026-01-01T00:00:05Z';
const set = (name: string, creationTimestamp: string): Pod['owner'] => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  name,
  creationTimestamp,
});

test('pods › those of older replica sets, older templates and other objects do not count', t => {
  const pods = [
    pod('old', { ancestorUID: 'd', owner: set('rs-1', '2026-01-01T00:00:00Z')! }),
    pod('new', { ancestorUID: 'd', owner: set('rs-2', later)!, podTemplateSpecHash: 'h2' }),
    pod('stale', { ancestorUID: 'd', podTemplateSpecHash: 'h1' }),
    pod('other', { ancestorUID: 'gone' }),
    pod('by label'),
  ];
  const filter = { uids: new Set(['d']), podTemplateHashes: new Set(['h2']) };
  t.deepEqual(
    podsOfApply(pods, filter).map(({ name }) => name),
    ['new', 'by label'],
  );
  t.deepEqual(
    podsOfApply(pods, undefined).map(({ name }) => name),
    ['new', 'stale', 'other', 'by label'],
  );
  t.is(mostRecentPod([pod('a'), pod('c', { createdAt: later }), pod('d', { createdAt: later }), pod('b')])?.name, 'd');
  t.is(mostRecentPod([]), undefined);
});

const container = (
  state: Partial<Pod['containers'][number]['state']>,
  more: Partial<Pod['containers'][number]> = {},
): Pod['containers'] => [
  {
    name: 'main',
    id: 'i',
    ready: false,
    image: 'x',
    restarts: 0,
    ports: [],
    state: { waiting: null, running: null, terminated: null, ...state },
    ...more,
  },
];
const runtime = (pods: readonly Pod[], more: Partial<KubernetesRuntime> = {}): KubernetesRuntime => ({
  podReadiness: 'wait',
  hasEverDeployed: true,
  conditions: [],
  pods,
  ...more,
});
const ready = pod('p', { containers: container({ running: { startedAt: '' } }, { ready: true }) });
const crashing = pod('p', {
  status: 'CrashLoopBackOff',
  errors: ['back-off'],
  containers: container({ waiting: { reason: 'CrashLoopBackOff' } }, { restarts: 3 }),
});
const unschedulable = pod('p', {
  phase: 'Pending',
  conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes' }],
});

const stuck = pod('p', {
  phase: 'Pending',
  errors: ['configmap "c" not found'],
  containers: container({ waiting: { reason: 'CreateContainerConfigError' } }),
});

const gated = pod('p', {
  containers: ready.containers,
  conditions: [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message: 'no such gate' }],
});
const refused = { noPods: { text: 'exceeded quota', isRefusal: true } };
const scaled = { noPods: { text: 'scaled to 0', isRefusal: false } };

const givenUp = { noPods: { text: 'job failed: too late', isRefusal: true, isFailure: true } };

const statuses: readonly (readonly [string, KubernetesRuntime, string, string])[] = [
  ['never deployed', runtime([ready], { hasEverDeployed: false }), 'pending', 'pending'],
  ['readiness ignored', runtime([crashing], { podReadiness: 'ignore' }), 'ok', 'ok'],
  ['no pod yet', runtime([]), 'pending', 'pending'],
  ['no pod wanted', runtime([], { wantsNoPods: true }), 'ok', 'ok'],
  ['no pod wanted, and one that goes', runtime([{ ...ready, deleting: true }], { wantsNoPods: true }), 'ok', 'ok'],
  ['a Job that was done before', runtime([], { conditions: [{ type: 'JobComplete', status: 'True' }] }), 'ok', 'ok'],
  ['all containers ready', runtime([ready]), 'ok', 'ok'],
  ['ready, but it is to succeed', runtime([ready], { podReadiness: 'succeeded' }), 'pending', 'pending'],
  ['succeeded', runtime([pod('p', { phase: 'Succeeded' })]), 'ok', 'ok'],
  ['failed', runtime([pod('p', { phase: 'Failed' })]), 'error', 'error'],
  ['died of its deletion', runtime([pod('p', { phase: 'Failed', deleting: true })]), 'pending', 'pending'],
  [
    'a failed job that is cleared away',
    runtime([pod('p', { phase: 'Failed', deleting: true })], { podReadiness: 'succeeded' }),
    'error',
    'error',
  ],
  ['crashing in phase Running', runtime([crashing]), 'pending', 'error'],
  ['crashing in phase Pending', runtime([{ ...crashing, phase: 'Pending' }]), 'error', 'error'],
  ['no node takes it', runtime([unschedulable]), 'pending', 'error'],
  ['lacks what it needs to start', runtime([stuck]), 'pending', 'error'],
  ['held back by a gate of its own', runtime([gated]), 'ok', 'pending'],
  ['held back on its way out', runtime([{ ...gated, deleting: true }]), 'ok', 'ok'],
  ['the cluster refuses to make its pod', runtime([], refused), 'pending', 'error'],
  ['one more is refused', runtime([ready], refused), 'ok', 'ok'],
  ['refused, but nobody minds', runtime([], { ...refused, podReadiness: 'ignore' }), 'ok', 'ok'],
  ['scaled to none', runtime([], scaled), 'pending', 'pending'],
  ['a Job that was given up', runtime([], { ...givenUp, podReadiness: 'succeeded' }), 'error', 'error'],
  ['a Job that was given up while its pod ran', runtime([{ ...ready, deleting: true }], givenUp), 'error', 'error'],
  ['deleting', runtime([{ ...crashing, deleting: true }]), 'pending', 'pending'],
];

for (const [title, input, forCi, shown] of statuses) {
  test(`runtime › ${title}`, t => {
    t.is(podStatus(input), forCi as never);
    t.is(kubernetesStatus(input), shown as never);
  });
}

test('runtime › what is wrong is said in words', t => {
  t.is(troubleOf(runtime([crashing])), 'crash loop: 4th time');
  t.is(troubleOf(runtime([unschedulable])), 'no node takes it: 0/1 nodes');
  t.is(troubleOf(runtime([stuck])), 'container main: CreateContainerConfigError: configmap "c" not found');
  t.is(
    troubleOf(runtime([pod('p', { phase: 'Failed', status: 'Evicted', errors: ['low on memory'] })])),
    'Evicted: low on memory',
  );
  t.is(troubleOf(runtime([ready])), undefined);
  t.is(troubleOf(runtime([], refused)), 'exceeded quota');
  t.is(troubleOf(runtime([], givenUp)), 'job failed: too late');
  t.is(troubleOf(runtime([ready], givenUp)), 'job failed: too late');
  t.is(troubleOf(runtime([], scaled)), undefined);
});

test('runtime › what is waited for is said in words', t => {
  t.is(delayOf(runtime([gated])), 'no such gate');
  const over = pod('p', {
    containers: container({ terminated: { startedAt: '', finishedAt: '', exitCode: 0 } }),
    owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r' },
  });
  t.is(delayOf(runtime([over])), 'ended with exit 0, starts again');
  t.is(delayOf(runtime([{ ...over, owner: { ...over.owner!, kind: 'Job' } }])), undefined);
  t.is(delayOf(runtime([], scaled)), 'scaled to 0');
  t.is(delayOf(runtime([{ ...ready, deleting: true, phase: 'Pending' }], scaled)), 'scaled to 0');
  t.is(delayOf(runtime([{ ...ready, phase: 'Pending' }], scaled)), undefined);
  t.is(delayOf(runtime([], { ...scaled, podReadiness: 'ignore' })), undefined);
  t.is(delayOf(runtime([], { ...scaled, wantsNoPods: true })), undefined);
});

test('runtime › the target of ci', t => {
  const input = {
    resource: 'r',
    isDisabled: false,
    isWanted: true,
    deployedAtMs: 1000,
    lastReadyMs: undefined,
    gracePeriodMs: 0,
    nowMs: 2000,
  };
  const state = (of: KubernetesRuntime, more = {}) => runtimeTarget({ ...input, ...more, runtime: of })?.state;
  t.is(runtimeTarget({ ...input, runtime: runtime([], { podReadiness: 'ignore' }) }), undefined);
  t.like(runtimeTarget({ ...input, runtime: runtime([], { podReadiness: 'succeeded' }) }), {
    name: 'r:runtime',
    type: 'job',
  });
  t.deepEqual(state(runtime([ready]), { isDisabled: true }), { disabled: {} });
  t.deepEqual(state(runtime([])), { waiting: { waitReason: 'waiting-for-pod' } });
  t.deepEqual(state(runtime([]), { isWanted: false }), {});
  t.deepEqual(state(runtime([unschedulable])), { waiting: { waitReason: 'Running' } });
  t.like(state(runtime([ready])), { active: { ready: true } });
  t.like(state(runtime([crashing])), { active: { ready: false } });
  t.like(state(runtime([pod('p', { phase: 'Failed' })])), { terminated: { error: 'Pod "p" failed' } });
  t.like(state(runtime([], givenUp)), { terminated: { error: 'job failed: too late' } });
  const failed = runtime([{ ...crashing, phase: 'Pending' }]);
  const error = 'Pod p in error state due to container main: CrashLoopBackOff';
  t.like(state(failed), { terminated: { error } });
  t.like(state(failed, { gracePeriodMs: 5000 }), { terminated: { error, graceStatus: 'Tolerated' } });
  t.like(state(failed, { gracePeriodMs: 500 }), { terminated: { error, graceStatus: 'Exceeded' } });
});

test('rollout › lines of a new pod, of one that was there, and of a Job that is done', t => {
  const at = (second: number): string => `2026-01-01T00:00:0${second}Z`;
  const conditions = [
    { type: 'PodScheduled', status: 'True', lastTransitionTime: at(0) },
    { type: 'Initialized', status: 'True', lastTransitionTime: at(2) },
    { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [main]' },
  ];
  const texts = (of: Pod, isNew: boolean, startMs = 0) =>
    rolloutLines(of, { isNew, sessionStartMs: startMs }).map(({ text }) => text);
  t.deepEqual(texts(pod('p', { conditions }), true), [
    '\nTracking new pod rollout (p):',
    '     ┊ Scheduled       - <1s',
    '     ┊ Initialized     - 2s',
    '     ┃ Not Ready       - (ContainersNotReady): containers with unready status: [main]',
  ]);
  t.deepEqual(texts(pod('p', { conditions }), true, Date.parse(at(9))), [
    '\nAttaching to existing pod (p). Only new logs will be streamed.',
  ]);
  // Made in the second in which the session began, whose fraction the cluster does not tell.
  t.is(texts(pod('p', { conditions }), true, Date.parse(at(0)) + 900)[0], '\nTracking new pod rollout (p):');
  const done = [
    ...conditions.slice(0, 2),
    { type: 'Ready', status: 'False', reason: 'PodCompleted', lastTransitionTime: at(5) },
  ];
  t.deepEqual(texts(pod('p', { conditions: done }), false).at(-1), '     ┊ Completed       - 3s');
  t.deepEqual(
    texts(pod('p'), false),
    ['Scheduled', 'Initialized', 'Ready'].map(name => `     ┊ ${name.padEnd(16)}- (…) Pending`),
  );
  const before = pod('p', { containers: container({}, { restarts: 1 }) });
  t.deepEqual(restartedContainers(before, pod('p', { containers: container({}, { restarts: 2 }) })), ['main']);
  t.deepEqual(restartedContainers(before, before), []);
});

test('forwards › the pod, its port, and what is said of an old default', t => {
  t.is(forwardPod([pod('a', { phase: 'Pending' })]), undefined);
  t.is(forwardPod([pod('a'), pod('b', { createdAt: later, deleting: true })])?.name, 'a');
  t.is(forwardPod([pod('a'), pod('b', { createdAt: later }), pod('c', { createdAt: later })])?.name, 'c');
  const target = pod('p', { containers: container({}, { ports: [80, 8000] }) });
  const template = [{ localPort: 8000 }, { localPort: 9000 }, { localPort: 1, containerPort: 2 }];
  const forwards = populatedForwards(template, target);
  t.deepEqual(
    forwards.map(({ containerPort }) => containerPort),
    [8000, 80, 2],
  );
  t.deepEqual(populatedForwards([{ localPort: 7 }], pod('p')), [{ localPort: 7, containerPort: 7 }]);
  const warnings = implicitForwardWarnings('web', template, forwards);
  t.is(warnings.length, 1);
  t.regex(warnings[0]!, /port_forwards='9000'\) currently maps localhost:9000 to port 80 in your container/);
  t.deepEqual(
    forwardLinks([
      { localPort: 8000, host: '', path: '/x', name: 'app' },
      { localPort: 0 },
      { localPort: 1, host: '0.0.0.0' },
    ]),
    [{ url: 'http://localhost:8000/x', name: 'app' }, { url: 'http://0.0.0.0:1/' }],
  );
});

test('selectors › labels and expressions', t => {
  const labels = { app: 'web', tier: 'front' };
  t.true(matchesLabels({}, labels));
  t.true(matchesLabels({ matchLabels: { app: 'web' } }, labels));
  t.false(matchesLabels({ matchLabels: { app: 'web', x: '' } }, labels));
  const expression = (operator: string, values?: string[]) => ({
    matchExpressions: [{ key: 'app', operator, ...(values ? { values } : {}) }],
  });
  t.true(matchesLabels(expression('In', ['web', 'api']), labels));
  t.false(matchesLabels(expression('NotIn', ['web']), labels));
  t.true(matchesLabels(expression('NotIn', ['web']), {}));
  t.true(matchesLabels(expression('Exists'), labels));
  t.false(matchesLabels(expression('DoesNotExist'), labels));
  t.is(selectorProblem(expression('In', [])), "for 'in', 'notin' operators, values set can't be empty");
  t.is(selectorProblem(expression('Like')), '"Like" is not a valid label selector operator');
  t.is(selectorProblem(expression('Exists')), undefined);
});

test('events › warnings and pulls since the session began', t => {
  const event = (more: object) => ({
    metadata: { creationTimestamp: '2026-01-01T00:00:05Z' },
    involvedObject: { kind: 'Pod', namespace: 'n', name: 'p' },
    message: ' text\n',
    ...more,
  });
  const start = Date.parse('2026-01-01T00:00:05.900Z');
  t.true(isLoggedEvent(event({ type: 'Warning', reason: 'BackOff' }), start));
  t.true(isLoggedEvent(event({ type: 'Normal', reason: 'Pulling' }), start));
  t.false(isLoggedEvent(event({ type: 'Normal', reason: 'Scheduled' }), start));
  t.false(isLoggedEvent(event({ type: 'Warning' }), start + 1000));
  const warning = { type: 'Warning', message: '(combined from similar events): exceeded quota\nmore' };
  t.is(warningOf(event(warning)), 'exceeded quota');
  t.is(warningOf(event({ type: 'Normal' })), undefined);
  t.is(eventLine(event({})), '[event: pod n/p] text');
  t.is(eventLine(event({ involvedObject: { kind: 'Pod', namespace: 'default', name: 'p' } })), '[event: pod p] text');
});

test('services › the address from outside', t => {
  const service = (type: string, ingress: object[] = []) => ({
    spec: { type, ports: [{ port: 80, nodePort: 30_000 }] },
    status: { loadBalancer: { ingress } },
  });
  t.is(serviceUrl(service('LoadBalancer', [{ ip: '1.2.3.4' }]), undefined), 'http://1.2.3.4:80/');
  t.is(serviceUrl(service('LoadBalancer', [{ ip: '1.2.3.4', hostname: 'lb' }]), undefined), 'http://lb:80/');
  t.is(serviceUrl(service('LoadBalancer', [{ ip: '::1' }]), undefined), 'http://[::1]:80/');
  t.is(serviceUrl(service('NodePort'), '10.0.0.1'), 'http://10.0.0.1:30000/');
  t.is(serviceUrl(service('NodePort'), undefined), undefined);
  t.is(serviceUrl({ spec: {} }, '10.0.0.1'), undefined);
});

test('down › dependents go before what they depend on, else the last first', t => {
  const resource = (name: string, ...resourceDeps: string[]) => ({ name, spec: { resourceDeps } });
  const order = (...all: ReturnType<typeof resource>[]): string =>
    deletionOrder(all)
      .map(({ name }) => name)
      .join(' ');
  t.is(order(resource('a'), resource('b'), resource('c')), 'c b a');
  t.is(order(resource('a', 'c'), resource('b'), resource('c')), 'a c b');
  t.is(order(resource('a', 'b'), resource('b', 'a'), resource('x', 'nobody')), 'x a b');
});

test('a pod that has been ready for long says so itself; clocks may differ by a little', t => {
  const readyAtMs = Date.parse('2026-01-01T00:00:10Z');
  const runtimeWith = (status: string): KubernetesRuntime => ({
    podReadiness: 'wait',
    hasEverDeployed: true,
    conditions: [],
    pods: [
      podOfObject(
        object({
          phase: 'Running',
          containerStatuses: main({ running: {} }, { ready: true }),
          conditions: [{ type: 'Ready', status, lastTransitionTime: '2026-01-01T00:00:10Z' }],
        }),
        '',
        undefined,
      ),
    ],
  });
  t.is(longReadyMs(runtimeWith('True'), readyAtMs + 60_000), 60_000);
  t.is(longReadyMs(runtimeWith('True'), readyAtMs + 4000), 0);
  t.is(longReadyMs(runtimeWith('True'), readyAtMs - 60_000), 0);
  t.is(longReadyMs(runtimeWith('False'), readyAtMs + 60_000), 0);
  t.is(longReadyMs({ ...runtimeWith('True'), pods: [] }, readyAtMs + 60_000), 0);
});
