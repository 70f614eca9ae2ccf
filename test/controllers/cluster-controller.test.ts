// Cluster objects: what their status says while the cluster comes, goes and comes back.
import test, { type ExecutionContext } from 'ava';
import { type ConnectRequest, KubeError } from '../../src/adapters/kube/port.ts';
import type { ClusterSpec } from '../../src/api/kinds-kubernetes.ts';
import { apiVersion } from '../../src/api/meta.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { makeClusterController } from '../../src/controllers/cluster-controller.ts';
import { Manager } from '../../src/controllers/runtime/manager.ts';
import { makeStore } from '../../src/store/store.ts';
import { FakeKube } from '../support/fakes/fake-kube.ts';
import { until } from '../support/until.ts';

function setUp(t: ExecutionContext, livesOn = true) {
  const clock = new ManualClock();
  const store = makeStore({ clock });
  const log: string[] = [];
  const frozen = new Map<string, string>();
  const requests: ConnectRequest[] = [];
  const clients: FakeKube[] = [];
  const world = {
    product: 'kind',
    /** Why nobody can connect. */
    problem: undefined as Error | undefined,
    prepare: (_kube: FakeKube) => {},
  };
  const controller = makeClusterController({
    store,
    clock,
    livesOn,
    env: { HOME: '/home/me' },
    async connect(request) {
      requests.push(request);
      if (world.problem) throw world.problem;
      const kube = new FakeKube(request.namespace || 'default');
      clients.push(kube);
      world.prepare(kube);
      return kube.connection({ context: request.context || 'kind-fake', product: world.product });
    },
    async writeFrozen(cluster, text) {
      frozen.set(cluster, text);
      return `/run/cluster/${cluster}.yml`;
    },
    logs: {
      span: (spanId, resource) => ({
        spanId,
        write: (chunk, level = 'info') => void log.push(`${resource} ${spanId} ${level}: ${String(chunk)}`),
      }),
    },
  });
  const manager = new Manager({ store, clock, onError: (_controller, _key, error) => t.fail(String(error)) });
  manager.add(controller);
  manager.start();
  t.teardown(() => {
    manager.dispose();
    controller.dispose();
  });
  const make = (spec: ClusterSpec, name = 'default') =>
    store.upsert('Cluster', { kind: 'Cluster', apiVersion, metadata: { name }, spec });
  const status = (name = 'default') => store.get('Cluster', name)?.status;
  const settled = (isSo: () => boolean) => until(t, isSo);
  return { clock, store, controller, world, log, frozen, requests, clients, make, status, settled };
}

const kubernetes = (context = '', namespace = ''): ClusterSpec => ({
  connection: { kubernetes: { context, namespace } },
});

test('a cluster is connected and described', async t => {
  const { world, make, status, settled, controller, frozen, requests, log } = setUp(t);
  world.prepare = kube =>
    kube.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name: 'n',
        labels: { 'kubernetes.io/arch': 'arm64' },
        annotations: { 'kind.x-k8s.io/registry': 'localhost:5000' },
      },
    });
  make(kubernetes('', 'shop'));
  t.is(controller.get('default'), undefined);
  await settled(() => status()?.connectedAt !== undefined);
  t.deepEqual(status(), {
    arch: 'arm64',
    registry: { host: 'localhost:5000' },
    connectedAt: '2023-11-14T22:13:20.000000Z',
    version: 'v1.34.0',
    connection: {
      kubernetes: {
        context: 'kind-fake',
        namespace: 'shop',
        cluster: 'kind-fake',
        product: 'kind',
        configPath: '/run/cluster/default.yml',
      },
    },
  });
  t.is(controller.get('default')?.client.namespace, 'shop');
  t.is(requests.length, 1);
  t.true(frozen.has('default'));
  t.deepEqual(log, ['(Tiltfile) cluster info: Auto-detected local registry from environment: localhost:5000\n']);
});

test('what may not be read is not known; kind without a registry gets advice', async t => {
  const { world, make, status, settled, log } = setUp(t);
  world.prepare = kube => {
    kube.refuse = ({ verb, kind }) =>
      verb === 'list' || kind === 'ConfigMap'
        ? new KubeError('nodes is forbidden', { code: 403, reason: 'Forbidden' })
        : undefined;
  };
  make(kubernetes());
  await settled(() => status()?.connectedAt !== undefined);
  t.like(status(), { arch: 'unknown', version: 'v1.34.0' });
  t.is(status()?.registry, undefined);
  t.is(status()?.error, undefined);
  t.regex(log.join(''), /warn: You are running Kind without a local image registry/);
});

test('the registry that the cluster announces beats the one of the Tiltfile', async t => {
  const { world, make, status, settled, log } = setUp(t);
  world.prepare = kube =>
    kube.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'local-registry-hosting', namespace: 'kube-public' },
      data: {
        'localRegistryHosting.v1':
          'host: "localhost:5000"\nhostFromContainerRuntime: "registry:5000"\nhelp: "http://h"\n',
      },
    });
  make({ ...kubernetes(), defaultRegistry: { host: 'gcr.io/mine' } });
  await settled(() => status()?.connectedAt !== undefined);
  t.deepEqual(status()?.registry, {
    host: 'localhost:5000',
    hostFromContainerRuntime: 'registry:5000',
    help: 'http://h',
  });
  t.true(log.some(line => line.includes('Default registry specified, but will be ignored')));
});

test('the registry of MicroK8s is found by its service', async t => {
  const { world, make, status, settled } = setUp(t);
  world.product = 'microk8s';
  world.prepare = kube => {
    kube.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'container-registry' } });
    kube.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'registry', namespace: 'container-registry' },
      spec: { ports: [{ port: 5000, nodePort: 32000 }] },
    });
  };
  make(kubernetes());
  await settled(() => status()?.connectedAt !== undefined);
  t.deepEqual(status()?.registry, { host: 'localhost:32000' });
});

test('that it is tried again says only a session that lives on', async t => {
  for (const livesOn of [true, false]) {
    const { world, make, status, settled } = setUp(t, livesOn);
    world.problem = new Error('connection refused');
    make(kubernetes());
    await settled(() => status()?.error !== undefined);
    t.is(
      status()!.error!.endsWith(livesOn ? '\nTilt tries again by itself until it works.' : '\tconnection refused'),
      true,
    );
  }
});

test('a bad moment of the server is no error, one that lasts is', async t => {
  for (const passes of [true, false]) {
    const { world, make, status, clock, requests, log } = setUp(t, false);
    world.problem = new KubeError('etcd has no leader', { code: 503 });
    make(kubernetes());
    await until(t, () => {
      clock.advance(100);
      if (passes && requests.length === 3) world.problem = undefined;
      return status()?.connectedAt !== undefined || status()?.error !== undefined;
    });
    t.is(status()?.error === undefined, passes);
    t.is(requests.length, 4);
    t.is(
      log.some(line => line.includes('error')),
      !passes,
    );
  }
});

test('a cluster that is not there yet is tried again by itself', async t => {
  const { world, make, status, settled, controller, clock, requests, log } = setUp(t);
  world.problem = new Error('Kubernetes context not set in [/home/me/.kube/config]');
  make(kubernetes());
  await settled(() => status()?.error !== undefined);
  t.regex(
    status()!.error!,
    /^Tilt encountered an error connecting to your Kubernetes cluster:\n\tKubernetes context not set in /,
  );
  t.is(status()?.connectedAt, undefined);
  clock.advance(1000);
  await settled(() => requests.length === 2);
  await settled(() => clock.pending > 0);
  world.problem = undefined;
  clock.advance(2000);
  await settled(() => status()?.connectedAt !== undefined);
  t.is(status()?.error, undefined);
  t.truthy(controller.get('default'));
  t.is(log.filter(line => line.includes('Cluster status error')).length, 1, 'told once');
});

test('a server that does not answer its version is not connected', async t => {
  const { world, make, status, settled, clients } = setUp(t);
  world.prepare = kube => {
    kube.refuse = () => new KubeError('GET https://fake:6443/version: connection refused', { code: 0 });
  };
  make(kubernetes());
  await settled(() => status()?.error !== undefined);
  t.regex(status()!.error!, /\n\tGET https:\/\/fake:6443\/version: connection refused\n/);
  t.true(clients[0]!.isDisposed);
});

test('four bad looks in a row are an error, one good one ends it', async t => {
  const { make, status, settled, clients, clock, controller } = setUp(t);
  make(kubernetes());
  await settled(() => status()?.connectedAt !== undefined);
  const [kube] = clients;
  const looks = (): number => kube!.calls.filter(({ verb }) => verb === 'health').length;
  await settled(() => looks() === 1 && clock.pending > 0);
  kube!.refuse = ({ verb }) => (verb === 'health' ? new KubeError('cluster not ready', { code: 500 }) : undefined);
  const lookAgain = async (): Promise<void> => {
    const before = looks();
    clock.advance(15_000);
    await settled(() => looks() > before && clock.pending > 0);
  };
  await lookAgain();
  await lookAgain();
  await lookAgain();
  t.is(status()?.error, undefined);
  await lookAgain();
  t.is(status()?.error, 'cluster not ready');
  t.is(status()?.version, 'v1.34.0');
  t.truthy(controller.get('default'));
  kube!.refuse = () => undefined;
  await lookAgain();
  t.is(status()?.error, undefined);
});

test('another context is another connection; a deleted object has none', async t => {
  const { store, make, status, settled, clients, controller } = setUp(t);
  make(kubernetes('one'));
  await settled(() => status()?.connection?.kubernetes?.context === 'one');
  make(kubernetes('two'));
  await settled(() => status()?.connection?.kubernetes?.context === 'two');
  t.deepEqual(
    clients.map(kube => kube.isDisposed),
    [true, false],
  );
  store.delete('Cluster', 'default');
  await settled(() => clients[1]!.isDisposed);
  t.is(controller.get('default'), undefined);
});

test('several clusters at once, and Docker without a connection', async t => {
  const { make, status, settled, controller, frozen } = setUp(t);
  make(kubernetes('one'));
  make(kubernetes('two'), 'other');
  make({ connection: { docker: {} } }, 'docker');
  await settled(() => status()?.connectedAt !== undefined && status('other')?.connectedAt !== undefined);
  t.deepEqual([...frozen.keys()].sort(), ['default', 'other']);
  t.deepEqual(status('docker'), {});
  t.is(controller.get('docker'), undefined);
});
