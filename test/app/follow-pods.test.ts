import test from 'ava';
import { KubeError, type KubeObject, type ObjectRef } from '../../src/adapters/kube/port.ts';
import { followPods } from '../../src/app/follow-pods.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { FakeKube } from '../support/fakes/fake-kube.ts';

function object(apiVersion: string, kind: string, name: string, owner?: KubeObject): KubeObject {
  const owners = owner && [
    {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid!,
      controller: true,
    },
  ];
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'n', uid: `uid-${name}`, ...(owners ? { ownerReferences: owners } : {}) },
  };
}

function shop(kube: FakeKube): { readonly web: ObjectRef; readonly db: ObjectRef } {
  const web = kube.put(object('apps/v1', 'Deployment', 'web'));
  const set = kube.put(object('apps/v1', 'ReplicaSet', 'web-1', web));
  kube.put(object('v1', 'Pod', 'web-1-a', set));
  const db = kube.put(object('apps/v1', 'StatefulSet', 'db'));
  kube.put(object('v1', 'Pod', 'db-0', db));
  kube.put(object('v1', 'Pod', 'lonely'));
  const refOf = ({ apiVersion, kind, metadata: { name } }: KubeObject): ObjectRef => ({
    apiVersion,
    kind,
    name,
    namespace: 'n',
  });
  return { web: refOf(web), db: refOf(db) };
}

const lists = (kube: FakeKube): string[] => kube.calls.filter(({ verb }) => verb === 'list').map(({ kind }) => kind);

test('pods of what was deleted are found by who made them, also when that is gone already', async t => {
  const kube = new FakeKube('n');
  const { web, db } = shop(kube);
  const podsOf = await followPods(kube, [web, db], { signal: neverAborted, say: t.fail });
  kube.put({
    ...object('v1', 'Pod', 'web-1-b'),
    metadata: { ...kube.all('Pod')[0]!.metadata, name: 'web-1-b', uid: 'b' },
  });
  const found = await podsOf(new Set(['uid-web']));
  t.deepEqual(
    found.map(({ ref, uid }) => `${ref.namespace}/${ref.name} ${uid}`),
    ['n/web-1-a uid-web-1-a', 'n/web-1-b b'],
  );
  t.deepEqual(
    (await podsOf(new Set(['uid-db']))).map(({ ref }) => ref.name),
    ['db-0'],
  );
  t.deepEqual(await podsOf(new Set()), []);
  t.deepEqual(lists(kube), ['ReplicaSet', 'Pod', 'Pod'], 'twenty Deployments would cost no more');
});

test('nobody is asked for pods of what runs none', async t => {
  const kube = new FakeKube('n');
  const refs = ['ConfigMap', 'Service', 'Pod'].map(kind => ({ apiVersion: 'v1', kind, name: 'a' }));
  const podsOf = await followPods(kube, refs, { signal: neverAborted, say: t.fail });
  t.deepEqual(await podsOf(new Set(['x'])), []);
  t.deepEqual(kube.calls, []);
});

test('who may not look is told once, and nothing is waited for', async t => {
  const kube = new FakeKube('n');
  const { web } = shop(kube);
  kube.refuse = ({ verb }) => (verb === 'list' ? new KubeError('no list for you', { code: 403 }) : undefined);
  const said: string[] = [];
  const podsOf = await followPods(kube, [web], { signal: neverAborted, say: line => said.push(line) });
  t.deepEqual(await podsOf(new Set(['uid-web'])), []);
  t.deepEqual(said, ['Pods are not waited for: no list for you']);
});
