// What the real client and the fake have in common. The real one needs a cluster.
import test, { type ExecutionContext } from 'ava';
import type { KubeClient, KubeObject, WatchListener } from '../../../src/adapters/kube/index.ts';
import { isNotFound, KubeError, NoKindMatchError } from '../../../src/adapters/kube/index.ts';
import { Canceled, makeAbortController, neverAborted } from '../../../src/base/abort.ts';
import { useCluster } from '../../support/cluster.ts';
import { FakeKube } from '../../support/fakes/fake-kube.ts';
import { until } from '../../support/until.ts';

const free = { signal: neverAborted };

const backends: Readonly<Record<string, (t: ExecutionContext) => Promise<KubeClient | undefined>>> = {
  real: async t => (await useCluster(t))?.client,
  fake: async () => new FakeKube('here'),
};

function configMap(name: string, data: Record<string, string>, labels: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data };
}

const ref = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name });

/** Test on each backend that is there. */
function contract(title: string, run: (t: ExecutionContext, client: KubeClient) => Promise<void>): void {
  for (const [name, make] of Object.entries(backends)) {
    test(`${name}: ${title}`, async t => {
      const client = await make(t);
      if (client) await run(t, client);
    });
  }
}

contract('an object is made, read, changed and deleted', async (t, client) => {
  const made = await client.create(configMap('a', { x: '1' }), free);
  t.is(made.metadata.namespace, client.namespace);
  t.truthy(made.metadata.uid);
  await t.throwsAsync(client.create(configMap('a', {}), free), {
    instanceOf: KubeError,
    message: 'configmaps "a" already exists',
  });
  const merged = await client.patch(ref('a'), { data: { y: '2' } }, { ...free, type: 'merge' });
  t.deepEqual(merged['data'], { x: '1', y: '2' });
  const cut = await client.patch(ref('a'), [{ op: 'remove', path: '/data/x' }], { ...free, type: 'json' });
  t.deepEqual(cut['data'], { y: '2' });
  const dry = await client.patch(ref('a'), { data: { y: '3' } }, { ...free, type: 'merge', dryRun: true });
  t.deepEqual(dry['data'], { y: '3' });
  t.deepEqual((await client.get(ref('a'), free))['data'], { y: '2' });
  const conflict = await t.throwsAsync(client.replace({ ...made, data: {} }, free), { instanceOf: KubeError });
  t.like(conflict, { code: 409, reason: 'Conflict' });
  const { resourceVersion: _old, ...metadata } = made.metadata;
  t.deepEqual((await client.replace({ ...made, metadata, data: { z: '1' } }, free))['data'], { z: '1' });
  const other = await t.throwsAsync(client.delete(ref('a'), { ...free, uid: 'other' }), { instanceOf: KubeError });
  t.like(other, { code: 409, reason: 'Conflict' });
  const deleted = await client.delete(ref('a'), { ...free, uid: made.metadata.uid! });
  t.deepEqual(deleted, { uid: made.metadata.uid!, isGone: true });
  const gone = await t.throwsAsync(client.get(ref('a'), free), { message: 'configmaps "a" not found' });
  t.true(isNotFound(gone));
  t.true(isNotFound(await t.throwsAsync(client.delete(ref('a'), free))));
});

contract('apply makes the object and changes it', async (t, client) => {
  const options = { ...free, type: 'apply', force: true } as const;
  t.deepEqual((await client.patch(ref('a'), configMap('a', { x: '1' }), options))['data'], { x: '1' });
  t.deepEqual((await client.patch(ref('a'), configMap('a', { x: '2' }), options))['data'], { x: '2' });
});

contract('lists of items merge by their key', async (t, client) => {
  const ports = [
    { name: 'a', port: 80 },
    { name: 'b', port: 81 },
  ];
  await client.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { ports } }, free);
  const patch = { spec: { ports: [{ port: 81, name: 'c' }] } };
  const service = { apiVersion: 'v1', kind: 'Service', name: 's' };
  const { spec } = (await client.patch(service, patch, { ...free, type: 'strategic' })) as unknown as {
    readonly spec: { readonly ports: readonly { readonly name: string; readonly port: number }[] };
  };
  t.deepEqual(
    spec.ports.map(({ name, port }) => ({ name, port })).sort((x, y) => x.port - y.port),
    [
      { name: 'a', port: 80 },
      { name: 'c', port: 81 },
    ],
  );
});

contract('lists by namespace and selectors; metadata alone', async (t, client) => {
  await client.create(configMap('a', { x: '1' }, { app: 'one' }), free);
  await client.create(configMap('b', {}, { app: 'two' }), free);
  const names = async (options: object): Promise<string[]> => {
    const found = await client.list('v1', 'ConfigMap', { ...free, namespace: client.namespace, ...options });
    t.true(found.every(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'ConfigMap'));
    return found.map(object => object.metadata.name).filter(name => !name.startsWith('kube-'));
  };
  t.deepEqual(await names({}), ['a', 'b']);
  t.deepEqual(await names({ labelSelector: 'app in (two)' }), ['b']);
  t.deepEqual(await names({ fieldSelector: 'metadata.name=a' }), ['a']);
  const [only] = await client.list('v1', 'ConfigMap', {
    ...free,
    labelSelector: 'app=one',
    metadataOnly: true,
    namespace: client.namespace,
  });
  t.is(only!['data'], undefined);
  t.deepEqual(only!.metadata.labels, { app: 'one' });
});

contract('a kind that nobody serves, and one that comes later', async (t, client) => {
  await t.throwsAsync(client.resourceType('no.such/v1', 'Thing', free), {
    instanceOf: NoKindMatchError,
    message: 'no matches for kind "Thing" in version "no.such/v1"',
  });
  t.like(await client.resourceType('apps/v1', 'Deployment', free), { plural: 'deployments', isNamespaced: true });
  t.like(await client.resourceType('v1', 'Namespace', free), { plural: 'namespaces', isNamespaced: false });
});

interface Seen extends WatchListener {
  readonly lines: string[];
}

function note(): Seen {
  const lines: string[] = [];
  const isOwn = (object: KubeObject): boolean => !object.metadata.name.startsWith('kube-');
  const text = (object: KubeObject): string => `${object.metadata.name} ${JSON.stringify(object['data'] ?? {})}`;
  return {
    lines,
    onObject: object => isOwn(object) && lines.push(text(object)),
    onDeleted: object => isOwn(object) && lines.push(`gone ${object.metadata.name}`),
    onSynced: () => lines.push('synced'),
    onProblem: problem => lines.push(problem ? `problem ${problem.code}` : 'fine'),
  };
}

contract(
  'a watch tells what is there, what changes and what goes; who joins late hears the same',
  async (t, client) => {
    await client.create(configMap('a', { x: '1' }), free);
    const place = { apiVersion: 'v1', kind: 'ConfigMap', namespace: client.namespace };
    const first = note();
    const watching = client.watch(place, first);
    t.teardown(() => watching.dispose());
    await until(t, () => first.lines.includes('synced'));
    await client.patch(ref('a'), { data: { x: '2' } }, { ...free, type: 'merge' });
    await client.create(configMap('b', {}), free);
    await client.delete(ref('a'), free);
    await until(t, () => first.lines.includes('gone a'));
    t.deepEqual(
      first.lines.filter(line => line !== 'fine'),
      ['a {"x":"1"}', 'synced', 'a {"x":"2"}', 'b {}', 'gone a'],
    );
    const late = note();
    const joined = client.watch(place, late);
    await until(t, () => late.lines.includes('synced'));
    t.deepEqual(
      late.lines.filter(line => line !== 'fine'),
      ['b {}', 'synced'],
    );
    joined.dispose();
    await client.delete(ref('b'), free);
    await until(t, () => first.lines.includes('gone b'));
    t.false(late.lines.includes('gone b'), 'nothing after dispose');
  },
);

contract('a watch of a kind that is not there stands still and says so', async (t, client) => {
  const seen = note();
  const watching = client.watch({ apiVersion: 'no.such/v1', kind: 'Thing' }, seen);
  t.teardown(() => watching.dispose());
  await until(t, () => seen.lines.length > 0);
  t.deepEqual(seen.lines, ['problem 404']);
});

contract('who gives up gets his own reason', async (t, client) => {
  const controller = makeAbortController();
  controller.abort(new Canceled('enough'));
  const { signal } = controller;
  await t.throwsAsync(client.get(ref('a'), { signal }), { instanceOf: Canceled });
  await t.throwsAsync(client.create(configMap('a', {}), { signal }), { instanceOf: Canceled });
  await t.throwsAsync(client.version({ signal }), { instanceOf: Canceled });
});

contract('version, health and rights', async (t, client) => {
  t.regex((await client.version(free)).gitVersion, /^v1\.\d+/);
  await client.checkHealth(free);
  t.true(await client.canI({ verb: 'create', group: '', resource: 'pods', namespace: client.namespace }, free));
});
