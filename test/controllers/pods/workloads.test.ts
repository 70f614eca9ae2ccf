// What is said of workloads that somebody else scales or deletes, and of those that this session takes away itself.
import test, { type ExecutionContext } from 'ava';
import { KubeError } from '../../../src/adapters/kube/port.ts';
import { annotations, apiVersion } from '../../../src/api/meta.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import type { AppliedObject } from '../../../src/controllers/applied-objects.ts';
import { LeavingObjects } from '../../../src/controllers/pods/leaving-objects.ts';
import { MissingRights } from '../../../src/controllers/pods/missing-rights.ts';
import { Workloads } from '../../../src/controllers/pods/workloads.ts';
import { makeStore } from '../../../src/store/store.ts';
import { FakeKube } from '../../support/fakes/fake-kube.ts';
import { until } from '../../support/until.ts';

const ref = (name: string, kind = 'Deployment') => ({ apiVersion: 'apps/v1', kind, name, namespace: 'shop' });

function bench(t: ExecutionContext) {
  const kube = new FakeKube('shop');
  const connection = kube.connection();
  const store = makeStore({ clock: new ManualClock() });
  const leaving = new LeavingObjects();
  const log: string[] = [];
  const changes: string[] = [];
  const applied: AppliedObject[] = [];
  const workloads = new Workloads({
    store,
    connections: { get: () => connection },
    leaving,
    rights: new MissingRights({ span: spanId => ({ spanId, write: text => void log.push(String(text)) }) }),
    appliedBy: name => (name === 'web' || name === 'other' ? applied : []),
    onChange: resource => changes.push(resource),
  });
  t.teardown(() => workloads.dispose());
  const metadata = { name: 'web', annotations: { [annotations.resource]: 'web' } };
  store.create('KubernetesApply', { apiVersion, kind: 'KubernetesApply', metadata, spec: { yaml: 'x' } });
  /** The cluster has it, and the resource has applied it. */
  const deploy = (name: string, spec: object = { replicas: 1 }, more: Partial<AppliedObject> = {}): string => {
    const { namespace, ...rest } = ref(name);
    const { uid = '' } = kube.put({ ...rest, metadata: { name, namespace }, spec }).metadata;
    applied.push({ ref: ref(name), uid, isKept: false, podTemplateHashes: [], ...more });
    workloads.reconcile('web');
    return uid;
  };
  const scale = (name: string, replicas: number): void => {
    const { namespace, ...rest } = ref(name);
    const known = kube.all('Deployment').find(object => object.metadata.name === name)!;
    kube.put({ ...rest, metadata: { ...known.metadata, namespace }, spec: { replicas } });
  };
  const says = (words: RegExp | undefined) =>
    until(t, () => {
      const text = workloads.trouble('web')?.text;
      return words === undefined ? text === undefined : words.test(text ?? '');
    });
  return { kube, store, leaving, log, changes, applied, workloads, deploy, scale, says };
}

test('somebody scales it to none, and back, and deletes it', async t => {
  const { kube, deploy, scale, says, changes } = bench(t);
  deploy('web');
  await says(undefined);
  scale('web', 0);
  await says(/^scaled to 0 in the cluster/);
  scale('web', 2);
  await says(undefined);
  kube.remove(ref('web'));
  await says(/^deleted from the cluster by somebody/);
  t.true(changes.length >= 3);
  t.deepEqual([...new Set(changes)], ['web']);
});

test('of several workloads the one is named', async t => {
  const { kube, deploy, says, workloads } = bench(t);
  deploy('web');
  deploy('db');
  await says(undefined);
  kube.remove(ref('db'));
  await says(/^Deployment db: deleted from the cluster/);
  t.true(workloads.trouble('web')?.isOfOne);
});

test('what the session deletes itself, or deployed with no replicas, is no news', async t => {
  const { kube, deploy, leaving, workloads, says } = bench(t);
  const uid = deploy('web');
  await says(undefined);
  leaving.add(uid);
  kube.remove(ref('web'));
  await new Promise(resolve => setImmediate(resolve));
  t.is(workloads.trouble('web'), undefined);
  const other = bench(t);
  other.deploy('web', { replicas: 0 }, { isScaledToZero: true });
  await other.says(undefined);
});

test('what another resource of the session deletes is not said to be deleted by somebody', async t => {
  const { kube, deploy, leaving, says } = bench(t);
  const uid = deploy('web');
  await says(undefined);
  leaving.takenBy(uid, "cd2's delete command");
  kube.remove(ref('web'));
  await says(/^deleted from the cluster by cd2's delete command; trigger it/);
  t.pass();
});

test('what was made anew says nothing of what was there before', async t => {
  const { kube, applied, deploy, says } = bench(t);
  deploy('web');
  await says(undefined);
  kube.remove(ref('web'));
  await says(/^deleted/);
  applied.length = 0;
  deploy('web');
  await says(undefined);
  t.is(applied.length, 1);
});

test('what somebody else made anew is there, and says so until it is taken over', async t => {
  const { kube, applied, changes, workloads, deploy, says } = bench(t);
  deploy('web');
  await says(undefined);
  kube.remove(ref('web'));
  await says(/^deleted/);
  const before = changes.length;
  const { namespace, ...rest } = ref('web');
  const { uid = '' } = kube.put({ ...rest, metadata: { name: 'web', namespace }, spec: { replicas: 1 } }).metadata;
  await says(/^not ours: made anew by somebody; trigger it/);
  t.true(changes.length > before);
  kube.remove(ref('web'));
  await says(/^deleted/);
  const again = kube.put({ ...rest, metadata: { name: 'web', namespace }, spec: { replicas: 1 } });
  await says(/^not ours: made anew/);
  applied[0] = { ...applied[0]!, uid: again.metadata.uid ?? '' };
  workloads.reconcile('web');
  await says(undefined);
  t.not(uid, again.metadata.uid);
});

test('a Job that failed goes before what is merely paused', async t => {
  const { kube, applied, workloads, deploy, says } = bench(t);
  deploy('web', { replicas: 1, paused: true });
  await says(/^paused/);
  const job = { apiVersion: 'batch/v1', kind: 'Job', name: 'seed', namespace: 'shop' };
  const conditions = [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'too late' }];
  const made = kube.put({
    apiVersion: job.apiVersion,
    kind: job.kind,
    metadata: { name: 'seed', namespace: 'shop' },
    status: { conditions },
  });
  applied.push({ ref: job, uid: made.metadata.uid ?? '', isKept: false, podTemplateHashes: [] });
  workloads.reconcile('web');
  await says(/^job failed: Job seed: too late$/);
  t.true(workloads.trouble('web')?.isFailure);
});

test('a pod of an older template counts, unless one of the newest is there', async t => {
  const { store, deploy, says } = bench(t);
  const uid = deploy('web', { replicas: 1, paused: true }, { podTemplateHashes: ['new'] });
  await says(/^paused in the cluster$/);
  const pod = (podTemplateSpecHash: string) => ({
    uid: podTemplateSpecHash,
    name: `web-${podTemplateSpecHash}`,
    namespace: 'shop',
    createdAt: '2026-01-01T00:00:00Z',
    phase: 'Running',
    deleting: false,
    status: 'Running',
    errors: [],
    containers: [],
    ancestorUID: uid,
    podTemplateSpecHash,
  });
  const metadata = { name: 'web' };
  store.create('KubernetesDiscovery', {
    apiVersion,
    kind: 'KubernetesDiscovery',
    metadata,
    spec: { watches: [{ namespace: 'shop', uid }] },
  });
  store.setStatus('KubernetesDiscovery', 'web', { pods: [pod('old')] });
  await says(/^no new pod: paused in the cluster; web-old of the old template runs on$/);
  store.setStatus('KubernetesDiscovery', 'web', { pods: [pod('old'), pod('new')] });
  await says(/^paused in the cluster$/);
  t.pass();
});

test('all in one place cost one watch, and a right that is missing is told once', async t => {
  const { kube, log, deploy } = bench(t);
  kube.refuse = ({ verb }) =>
    verb === 'watch' ? new KubeError('deployments is forbidden', { code: 403, reason: 'Forbidden' }) : undefined;
  deploy('web');
  deploy('db');
  await until(t, () => log.length > 0);
  t.deepEqual(log, [
    'deployments is forbidden\nNobody says when a Deployment is scaled or deleted by somebody else.\n',
  ]);
  t.is(kube.watchCount, 1);
});

test('what two resources share is missed by each of them, also when the other has given it up', async t => {
  const { kube, deploy, store, workloads, applied, says } = bench(t);
  deploy('web');
  const metadata = { name: 'other', annotations: { [annotations.resource]: 'other' } };
  store.create('KubernetesApply', { apiVersion, kind: 'KubernetesApply', metadata, spec: { yaml: 'x' } });
  workloads.reconcile('other');
  await says(undefined);
  const shared = applied.splice(0);
  workloads.reconcile('other');
  applied.push(...shared);
  kube.remove(ref('web'));
  await says(/^deleted from the cluster by somebody/);
  t.pass();
});
