// PortForward objects against a cluster and ports in memory: what their status says, who gets a port, what a client sees.
import test, { type ExecutionContext } from 'ava';
import { type KubeConnection, KubeError } from '../../src/adapters/kube/port.ts';
import type { Forward, PortForwardSpec } from '../../src/api/kinds-kubernetes.ts';
import { annotations, apiVersion } from '../../src/api/meta.ts';
import { type Clock, ManualClock } from '../../src/base/clock.ts';
import { PodIndexes } from '../../src/controllers/pods/pod-indexes.ts';
import { PortForwardController } from '../../src/controllers/port-forward-controller.ts';
import { Manager } from '../../src/controllers/runtime/manager.ts';
import { makeStore } from '../../src/store/store.ts';
import { FakeKube } from '../support/fakes/fake-kube.ts';
import { FakeNet } from '../support/fakes/fake-net.ts';
import { FakePodPort } from '../support/fakes/fake-pod-port.ts';
import { until } from '../support/until.ts';

/** A clock of which the test may say that the machine slept. */
class SleepyClock extends ManualClock {
  sleptMs = 0;

  override now(): number {
    return super.now() + this.sleptMs;
  }
}

function setUp(t: ExecutionContext, options: { readonly disablesPortForwards?: boolean } = {}) {
  const clock = new SleepyClock();
  const store = makeStore({ clock });
  const kube = new FakeKube('shop');
  const pod = new FakePodPort();
  kube.onDial = pod.dial;
  const net = new FakeNet();
  const log: string[] = [];
  const world = { connection: kube.connection() as KubeConnection | undefined };
  const pods = new PodIndexes();
  const controller = new PortForwardController({
    store,
    clock: clock as Clock,
    net,
    pods,
    connections: { get: cluster => (cluster === 'default' ? world.connection : undefined) },
    disablesPortForwards: options.disablesPortForwards ?? false,
    enqueue: name => manager.enqueue('port-forward', name),
    logs: {
      span: (spanId, resource) => ({ spanId, write: text => void log.push(`${resource} ${spanId}: ${String(text)}`) }),
    },
  });
  const manager = new Manager({ store, clock, onError: (_controller, _key, error) => t.fail(String(error)) });
  manager.add(controller);
  manager.start();
  t.teardown(() => {
    manager.dispose();
    controller.dispose();
    pods.dispose();
  });
  const make = (name: string, podName: string, forwards: readonly Forward[], more: Partial<PortForwardSpec> = {}) =>
    store.upsert('PortForward', {
      kind: 'PortForward',
      apiVersion,
      metadata: { name, annotations: { [annotations.resource]: 'web', [annotations.spanId]: 'kubernetesapply:web' } },
      spec: { cluster: 'default', namespace: 'shop', podName, forwards, ...more },
    });
  const statuses = (name: string) => store.get('PortForward', name)?.status?.forwardStatuses ?? [];
  /** Time passes while it is waited for. */
  const settled = (isSo: () => boolean) =>
    until(t, () => {
      if (isSo()) return true;
      clock.advance(20);
      return false;
    });
  /** Time passes, and whatever falls due on the way is done. */
  const pass = async (ms: number) => {
    for (let passedMs = 0; passedMs < ms; passedMs += 50) {
      clock.advance(50);
      for (let turn = 0; turn < 4; turn++) await new Promise(resolve => setImmediate(resolve));
    }
  };
  const runs = (name: string) => settled(() => statuses(name).some(({ startedAt }) => Boolean(startedAt)));
  return { clock, store, kube, pod, net, log, world, controller, make, statuses, settled, pass, runs };
}

/** A probe asks the port too, unless the test wants it for itself. */
const podObject = (name: string, containerID: string, uid = name, probedPort = 80) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid, labels: { app: 'web' } },
  spec: { containers: [{ name: 'c', readinessProbe: { tcpSocket: { port: probedPort } } }] },
  status: {
    phase: 'Running',
    containerStatuses: [{ name: 'c', containerID, state: { running: {} }, ready: true }],
  },
});

const one: Forward[] = [{ localPort: 8080, containerPort: 80, host: 'localhost' }];

test('a forward says that it runs after the pod answered, and carries what is said', async t => {
  const { kube, pod, net, make, statuses, runs, settled, store } = setUp(t);
  kube.put(podObject('web-1', 'c1'));
  make('f', 'web-1', one);
  t.is(net.locals.ports.length, 0);
  await runs('f');
  t.is(pod.tunnels.length, 1, 'the server was asked once');
  t.true(pod.tunnels[0]!.isDisposed);
  t.is(pod.tunnels[0]!.heard, '');
  const [status] = statuses('f');
  t.like(status, { localPort: 8080, containerPort: 80, addresses: ['127.0.0.1', '::1'] });
  t.regex(status!.startedAt!, /^\d{4}-\d\d-\d\dT.*Z$/);
  t.is(status!.error, undefined);
  const caller = net.locals.connect(8080)!;
  caller.write('hello');
  await settled(() => pod.tunnels[1]?.heard === 'hello');
  t.deepEqual(pod.tunnels[1]!.request, { pod: { namespace: 'shop', name: 'web-1' }, port: 80 });
  pod.tunnels[1]!.say('hi');
  await settled(() => caller.received === 'hi');
  caller.end();
  await settled(() => pod.tunnels[1]!.hasEnded);
  pod.tunnels[1]!.say(' there');
  pod.tunnels[1]!.close();
  await settled(() => caller.ending === 'ended');
  t.is(caller.received, 'hi there');
  const open = net.locals.connect(8080)!;
  await settled(() => pod.tunnels.length === 3);
  store.delete('PortForward', 'f');
  await settled(() => open.ending === 'ended' && pod.tunnels[2]!.isDisposed);
  t.deepEqual(net.locals.ports, []);
});

test('while nobody listens in the pod the port is closed and the status says why', async t => {
  const { pod, net, log, make, statuses, runs, settled, pass } = setUp(t);
  pod.problem = 'refused';
  make('f', 'web-1', one);
  await settled(() => statuses('f').length === 1);
  t.deepEqual(statuses('f'), [
    {
      localPort: 8080,
      containerPort: 80,
      addresses: [],
      startedAt: null,
      error: 'nobody listens on port 80 in pod web-1 (connection refused)',
    },
  ]);
  t.is(net.locals.connect(8080), undefined);
  t.deepEqual(log, [], 'a server may begin a little later than its pod');
  await pass(60_000);
  t.deepEqual(log, [
    'web kubernetesapply:web: Reconnecting... Error port-forwarding web (8080 -> 80): nobody listens on port 80 in pod web-1 (connection refused)\n',
  ]);
  t.true(pod.tunnels.length < 60, 'and it is not asked all the time');
  pod.problem = undefined;
  await runs('f');
  t.not(net.locals.connect(8080), undefined);
  await pass(1000);
  t.deepEqual(log.slice(1), ['web kubernetesapply:web: Reconnected: port-forwarding web (8080 -> 80)\n']);
});

test('a client that is refused closes the port; one whose tunnel breaks off has it looked at', async t => {
  const { pod, net, make, statuses, runs, settled } = setUp(t);
  make('f', 'web-1', one);
  await runs('f');
  pod.problem = 'refused';
  const caller = net.locals.connect(8080)!;
  await settled(() => caller.ending === 'reset' && statuses('f')[0]?.error !== undefined);
  t.is(net.locals.connect(8080), undefined);
  pod.problem = undefined;
  await runs('f');
  const count = pod.tunnels.length;
  const cut = net.locals.connect(8080)!;
  await settled(() => pod.tunnels.length > count);
  pod.tunnels.at(-1)!.close(new KubeError('the connection broke off', { code: 0 }));
  await settled(() => cut.ending === 'reset' && pod.tunnels.length === count + 2);
  t.is(statuses('f')[0]!.error, undefined, 'it answers, so nothing is wrong');
  const leaving = net.locals.connect(8080)!;
  await settled(() => pod.tunnels.length === count + 3);
  leaving.close();
  await settled(() => pod.tunnels.at(-1)!.isDisposed);
  t.is(pod.tunnels.length, count + 3, 'one that leaves by itself is no reason to look');
});

test('a taken port is named with who has it, and had as soon as it is free', async t => {
  const { pod, net, log, make, statuses, runs, settled } = setUp(t);
  net.locals.taken.add(8080);
  net.owners.set(8080, { pid: 42, command: 'python3 -m http.server 8080' });
  make('f', 'web-1', one);
  await settled(() => statuses('f')[0]?.error !== undefined);
  t.is(statuses('f')[0]!.error, 'local port 8080 is taken by process 42 (python3 -m http.server 8080)');
  await settled(() => log.length > 0);
  t.is(log.length, 1);
  net.locals.taken.clear();
  await runs('f');
  t.is(pod.tunnels.length, 1, 'the pod is not asked again meanwhile');
});

test('two forwards of a session that want one port: the first has it, the other says so and follows', async t => {
  const { make, store, net, statuses, runs, settled } = setUp(t);
  make('a', 'web-1', one);
  await runs('a');
  make('b', 'web-2', one);
  make('c', 'web-2', [{ localPort: 8080, containerPort: 80, host: '0.0.0.0' }]);
  await settled(() => statuses('b')[0]?.error !== undefined && statuses('c')[0]?.error !== undefined);
  const taken = 'local port 8080 is taken by the port-forward of web';
  t.is(statuses('b')[0]!.error, taken);
  t.is(statuses('c')[0]!.error, taken);
  store.delete('PortForward', 'a');
  await runs('b');
  store.delete('PortForward', 'b');
  await runs('c');
  t.deepEqual(statuses('c')[0]!.addresses, ['0.0.0.0']);
  t.deepEqual(net.locals.ports, [8080]);
});

test('a pod is replaced: the port stays open, who comes meanwhile gets the new pod', async t => {
  for (const isNewFirst of [true, false]) {
    const { make, store, net, pod, runs, settled, statuses } = setUp(t);
    make('web-web-1', 'web-1', one);
    await runs('web-web-1');
    const old = net.locals.connect(8080)!;
    await settled(() => pod.tunnels.length === 2);
    if (isNewFirst) make('web-web-2', 'web-2', one);
    store.delete('PortForward', 'web-web-1');
    if (!isNewFirst) make('web-web-2', 'web-2', one);
    await settled(() => old.ending === 'ended');
    const caller = net.locals.connect(8080);
    t.not(caller, undefined, 'nobody is refused');
    await runs('web-web-2');
    caller!.write('who?');
    await settled(() => pod.tunnels.some(({ heard }) => heard === 'who?'));
    t.is(pod.tunnels.find(({ heard }) => heard === 'who?')!.request.pod.name, 'web-2');
    t.is(statuses('web-web-2')[0]!.error, undefined);
  }
});

test('a new pod that does not answer closes the port that it was given', async t => {
  const { make, store, net, pod, runs, settled, statuses } = setUp(t);
  make('old', 'web-1', one);
  await runs('old');
  const before = net.locals.connect(8080)!;
  await settled(() => pod.tunnels.length === 2);
  pod.problem = 'refused';
  make('new', 'web-2', one);
  store.delete('PortForward', 'old');
  await settled(() => before.ending === 'ended');
  const caller = net.locals.connect(8080);
  await settled(() => statuses('new')[0]?.error !== undefined);
  // Refused, when it was already known.
  await settled(() => caller === undefined || caller.ending === 'reset');
  t.deepEqual(net.locals.ports, []);
});

test('random ports are told, stay the same, and pass on from pod to pod', async t => {
  const { make, store, net, pod, runs, settled, statuses } = setUp(t);
  const random: Forward[] = [
    { localPort: 0, containerPort: 80 },
    { localPort: 0, containerPort: 80 },
  ];
  make('a', 'web-1', random);
  await settled(() => statuses('a').length === 2);
  const ports = statuses('a').map(({ localPort }) => localPort);
  t.true(ports.every(port => port > 0) && ports[0] !== ports[1]);
  pod.problem = 'refused';
  net.locals.connect(ports[0]!);
  await settled(() => statuses('a').some(({ error }) => error !== undefined));
  t.deepEqual(
    statuses('a').map(({ localPort }) => localPort),
    ports,
  );
  pod.problem = undefined;
  await settled(() => statuses('a').every(({ error }) => error === undefined));
  make('b', 'web-2', random);
  store.delete('PortForward', 'a');
  await settled(() => statuses('b').length === 2);
  t.deepEqual(
    statuses('b').map(({ localPort }) => localPort),
    ports,
  );
  await runs('b');
  // Also when nobody was there for a while.
  store.delete('PortForward', 'b');
  await settled(() => net.locals.ports.length === 0);
  make('c', 'web-3', random);
  await settled(() => statuses('c').length === 2);
  t.deepEqual(
    statuses('c').map(({ localPort }) => localPort),
    ports,
  );
});

test('a container that restarts, a pod that goes and a watch that breaks off are reasons to look again', async t => {
  const { kube, make, pod, runs, settled, pass, statuses, clock } = setUp(t);
  kube.put(podObject('web-1', 'c1'));
  make('f', 'web-1', one);
  await runs('f');
  const asked = async (why: string, act: () => void): Promise<void> => {
    const count = pod.tunnels.length;
    act();
    await settled(() => pod.tunnels.length > count);
    t.pass(why);
  };
  await asked('restart', () => kube.put(podObject('web-1', 'c2')));
  await asked('other pod of that name', () => kube.put(podObject('web-1', 'c3', 'other')));
  await asked('no watch', () => {
    kube.refuse = ({ verb }) => (verb === 'watch' ? new KubeError('away', { code: 0 }) : undefined);
    kube.recheckWatches();
  });
  await asked('watch again', () => {
    kube.refuse = () => undefined;
    kube.recheckWatches();
  });
  pod.problem = new KubeError('pods "web-1" not found', { code: 404 });
  kube.remove({ apiVersion: 'v1', kind: 'Pod', name: 'web-1', namespace: 'shop' });
  await settled(() => statuses('f')[0]?.error === 'pods "web-1" not found');
  // Long after, the next try is far away; the pod that comes back is found at once.
  await pass(200_000);
  pod.problem = undefined;
  kube.put(podObject('web-1', 'c4'));
  const backMs = clock.monotonic();
  await runs('f');
  t.true(clock.monotonic() - backMs <= 1000);
});

test('after a sleep it is looked at again, and a dead way holds it up for 5 s only', async t => {
  const { make, pod, clock, runs, settled, statuses } = setUp(t);
  make('f', 'web-1', one);
  await runs('f');
  pod.problem = 'silent';
  clock.sleptMs = 3_600_000;
  const wokeMs = clock.monotonic();
  await settled(() => statuses('f')[0]?.error !== undefined);
  t.regex(statuses('f')[0]!.error!, /^the pod does not answer within 5 s$/);
  pod.problem = undefined;
  await runs('f');
  t.true(clock.monotonic() - wokeMs < 10_000);
});

test('a cluster that is not connected, one that is another, forwards that change and those that are disabled', async t => {
  const { make, store, net, pod, world, runs, settled, statuses } = setUp(t);
  const { connection } = world;
  world.connection = undefined;
  make('f', 'web-1', one);
  await settled(() => statuses('f')[0]?.error === 'there is no cluster default');
  store.upsert('Cluster', { kind: 'Cluster', apiVersion, metadata: { name: 'default' }, spec: {} });
  await settled(() => statuses('f')[0]?.error === 'the cluster is not connected');
  make('g', 'web-1', one, { cluster: 'nocluster' });
  await settled(() => statuses('g')[0]?.error === 'there is no cluster nocluster');
  world.connection = connection;
  store.upsert('Cluster', { kind: 'Cluster', apiVersion, metadata: { name: 'default', labels: { c: 'd' } }, spec: {} });
  await runs('f');
  const caller = net.locals.connect(8080)!;
  await settled(() => pod.tunnels.length === 2);
  make('f', 'web-1', [...one, { localPort: 9090, containerPort: 90 }]);
  await settled(() => statuses('f').length === 2 && statuses('f').every(({ startedAt }) => Boolean(startedAt)));
  t.is(caller.ending, 'open', 'what did not change goes on');
  make('f', 'web-1', [{ localPort: 9090, containerPort: 90 }]);
  await settled(() => caller.ending === 'ended');
  t.deepEqual(net.locals.ports, [9090]);
  const other = new FakeKube('shop');
  const otherPod = new FakePodPort();
  other.onDial = otherPod.dial;
  world.connection = other.connection();
  store.upsert('Cluster', { kind: 'Cluster', apiVersion, metadata: { name: 'default', labels: { a: 'b' } }, spec: {} });
  await settled(() => otherPod.tunnels.length === 1);
  await runs('f');

  const disabled = setUp(t, { disablesPortForwards: true });
  disabled.make('f', 'web-1', one);
  await disabled.settled(() => disabled.statuses('f').length === 1);
  t.is(disabled.statuses('f')[0]!.error, 'port-forwards are disabled by --disable-port-forwards');
  t.is(disabled.pod.tunnels.length, 0);
});

test('a client that said its last word is not kept forever', async t => {
  const { make, net, pod, runs, settled, pass } = setUp(t);
  make('f', 'web-1', one);
  await runs('f');
  const caller = net.locals.connect(8080)!;
  caller.write('GET /');
  await settled(() => pod.tunnels[1]?.heard === 'GET /');
  pod.tunnels[1]!.say('answer');
  await settled(() => caller.received === 'answer');
  caller.end();
  await pass(900);
  pod.tunnels[1]!.say(', and more');
  await settled(() => caller.received === 'answer, and more');
  await pass(900);
  t.is(caller.ending, 'open', 'each word of the pod begins the time anew');
  await pass(200);
  t.is(caller.ending, 'ended');
  t.true(pod.tunnels[1]!.isDisposed);
  const asking = net.locals.connect(8080)!;
  asking.write('GET /slow');
  await settled(() => pod.tunnels[2]?.heard === 'GET /slow');
  asking.end();
  await pass(9000);
  t.is(asking.ending, 'open', 'an answer is waited for');
  await pass(1100);
  t.is(asking.ending, 'ended');
});

const ownPod = podObject('web-1', 'c1', 'web-1', 0);

test('a server that takes one connection in its life gets the one of the first client', async t => {
  const { kube, pod, net, make, statuses, runs, settled, pass } = setUp(t);
  kube.put(ownPod);
  make('f', 'web-1', one);
  await runs('f');
  // From now on it takes no more.
  pod.problem = 'refused';
  const [only] = pod.tunnels;
  await pass(600_000);
  t.is(pod.tunnels.length, 1);
  t.false(only!.isDisposed);
  kube.put({ ...ownPod, status: { phase: 'Running' } } as never);
  await settled(() => pod.tunnels.length === 2);
  await pass(5000);
  t.is(statuses('f')[0]!.error, undefined, 'that it takes no other shows nothing while that one stands');
  const caller = net.locals.connect(8080)!;
  caller.write('hello');
  await settled(() => only!.heard === 'hello');
  only!.say('hi');
  await settled(() => caller.received === 'hi');
  const second = net.locals.connect(8080)!;
  await settled(() => second.ending === 'reset' && statuses('f')[0]?.error !== undefined);
  t.is(caller.ending, 'open');
  caller.end();
  only!.close();
  await settled(() => caller.ending === 'ended');
});

test('a server that goes while its first stream waits is seen to be gone', async t => {
  const { kube, pod, make, statuses, runs, settled } = setUp(t);
  kube.put(ownPod);
  make('f', 'web-1', one);
  await runs('f');
  pod.problem = 'refused';
  kube.put({ ...ownPod, status: { phase: 'Running' } } as never);
  await settled(() => pod.tunnels.length === 2);
  // A node says late that a connection ended.
  pod.tunnels[0]!.close();
  await settled(() => statuses('f')[0]?.error !== undefined);
  t.regex(statuses('f')[0]!.error!, /^nobody listens/);
});

test('what a server says first is for the first client, its last words are for nobody', async t => {
  const { kube, pod, net, make, runs, settled, pass } = setUp(t);
  kube.put(ownPod);
  make('f', 'web-1', one);
  await settled(() => pod.tunnels.length === 1);
  pod.tunnels[0]!.say('220 ready\n');
  await runs('f');
  const caller = net.locals.connect(8080)!;
  await settled(() => caller.received === '220 ready\n');
  caller.write('HELO');
  await settled(() => pod.tunnels[0]!.heard === 'HELO');

  make('f', 'web-1', [{ localPort: 8081, containerPort: 80 }]);
  await settled(() => pod.tunnels.length === 2 && net.locals.ports.includes(8081));
  await pass(60_000);
  pod.tunnels[1]!.say('HTTP/1.1 408 Request Timeout');
  await pass(100);
  const late = net.locals.connect(8081)!;
  late.write('GET /');
  await settled(() => pod.tunnels[2]?.heard === 'GET /');
  t.is(pod.tunnels[1]!.heard, '');
  pod.tunnels[1]!.close();
  await pass(60_000);
  t.is(pod.tunnels.length, 3, 'a server that ends an idle connection is not asked again');
});

test('nothing is held open on a port that others in the cluster use, from whatever time on', async t => {
  const { kube, pod, make, runs, settled, pass } = setUp(t);
  kube.put(ownPod);
  make('f', 'web-1', one);
  await runs('f');
  await pass(2000);
  t.false(pod.tunnels[0]!.isDisposed);
  const service = (port: number) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ port }] },
  });
  kube.put(service(81));
  await pass(1000);
  t.false(pod.tunnels[0]!.isDisposed, 'another port of that pod');
  kube.put(service(80));
  await settled(() => pod.tunnels[0]!.isDisposed);
  t.is(pod.tunnels.length, 1);
});

test('where nobody may look who uses a port, nothing is held open', async t => {
  const { kube, pod, make, runs, settled } = setUp(t);
  kube.refuse = ({ kind }) => (kind === 'Service' ? new KubeError('no', { code: 403 }) : undefined);
  kube.put(ownPod);
  make('f', 'web-1', one);
  await runs('f');
  await settled(() => pod.tunnels[0]!.isDisposed);
  t.is(pod.tunnels.length, 1);
});
