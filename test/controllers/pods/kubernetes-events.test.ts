// What is kept of the cluster's warnings: those of the session, and of the time before it what a crash loop comes from.
import test, { type ExecutionContext } from 'ava';
import { annotations, apiVersion } from '../../../src/api/meta.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import { KubernetesEvents } from '../../../src/controllers/pods/kubernetes-events.ts';
import { MissingRights } from '../../../src/controllers/pods/missing-rights.ts';
import { OwnerTrees } from '../../../src/controllers/pods/owner-trees.ts';
import { makeStore } from '../../../src/store/store.ts';
import { FakeKube } from '../../support/fakes/fake-kube.ts';
import { until } from '../../support/until.ts';

const startMs = Date.parse('2026-01-01T12:00:00Z');

function bench(t: ExecutionContext) {
  const kube = new FakeKube('shop');
  const connection = kube.connection();
  const clock = new ManualClock(startMs);
  const store = makeStore({ clock });
  const lines: string[] = [];
  const logs = { span: (spanId: string) => ({ spanId, write: (text: unknown) => void lines.push(String(text)) }) };
  const told: string[] = [];
  const owners = new OwnerTrees(kube, new AbortController().signal, () => {});
  const events = new KubernetesEvents({
    store,
    clock,
    logs,
    connections: { get: () => connection },
    ownersOf: () => owners,
    rights: new MissingRights(logs),
    sessionStartMs: startMs,
    onWarning: resource => told.push(resource),
  });
  t.teardown(() => events.dispose());
  const pod = kube.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } });
  const { uid = '' } = pod.metadata;
  store.create('KubernetesDiscovery', {
    apiVersion,
    kind: 'KubernetesDiscovery',
    metadata: { name: 'web', annotations: { [annotations.resource]: 'web' } },
    spec: { watches: [{ namespace: 'shop', uid }] },
  });
  events.reconcile('web');
  let count = 0;
  const warn = (message: string, creationTimestamp: string, reason = 'Unhealthy'): void => {
    const involvedObject = { apiVersion: 'v1', kind: 'Pod', name: 'web', namespace: 'shop', uid };
    const metadata = { name: `e${count++}`, namespace: 'shop', creationTimestamp };
    kube.put({ apiVersion: 'v1', kind: 'Event', metadata, type: 'Warning', reason, message, involvedObject });
  };
  return { events, lines, told, warn, uid };
}

const before = '2026-01-01T11:00:00Z';
const since = '2026-01-01T12:00:01Z';

test('a probe that ended a container before the session is known, and not logged', async t => {
  const { events, lines, told, warn, uid } = bench(t);
  warn('Readiness probe failed: long ago', before);
  warn('Liveness probe failed: no answer', before);
  await until(t, () => told.length > 0);
  t.deepEqual(events.warning('web'), { text: 'Liveness probe failed: no answer', uid, isRefusal: false, atMs: 0 });
  warn('Readiness probe failed: no db', since);
  await until(t, () => lines.length > 0);
  t.is(events.warning('web')?.text, 'Readiness probe failed: no db');
  t.deepEqual(lines, ['[event: pod shop/web] Readiness probe failed: no db\n']);
});

test('that a container waits with its next start hides no warning from before', async t => {
  const { events, lines, warn } = bench(t);
  warn('Liveness probe failed: no answer', since);
  warn('Back-off restarting failed container main in pod web_shop(u)', since);
  await until(t, () => lines.length === 2);
  t.is(events.warning('web')?.text, 'Liveness probe failed: no answer');
});

test('a volume that does not come is known also from before the session, and its reason outlives vague words', async t => {
  const { events, lines, told, warn, uid } = bench(t);
  warn('MountVolume.SetUp failed for volume "v" : secret "nope" not found', before, 'FailedMount');
  await until(t, () => told.length > 0);
  const text = 'volume v: secret "nope" not found';
  t.deepEqual(events.warning('web'), { text, uid, isRefusal: false, atMs: 0 });
  t.deepEqual(lines, []);
  const vague = 'Unable to attach or mount volumes: unmounted volumes=[v]: timed out waiting for the condition';
  warn(vague, since, 'FailedMount');
  await until(t, () => lines.length > 0);
  t.is(events.warning('web')?.text, text);
});

test('missing pull secrets are noted by their pod', async t => {
  const { events, warn, uid, lines } = bench(t);
  t.is(events.missingPullSecrets(uid), undefined);
  warn('Unable to retrieve some image pull secrets (nope); attempting', since, 'FailedToRetrieveImagePullSecret');
  await until(t, () => lines.length > 0);
  t.is(events.missingPullSecrets(uid), 'nope');
});
