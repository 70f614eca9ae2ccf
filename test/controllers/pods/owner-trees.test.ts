// Chains of owners: whole, of owners that are gone, and of those that may not be read.
import test from 'ava';
import { KubeError, type KubeObject, type KubeOwner } from '../../../src/adapters/kube/port.ts';
import { makeAbortController } from '../../../src/base/abort.ts';
import { OwnerTrees } from '../../../src/controllers/pods/owner-trees.ts';
import { FakeKube } from '../../support/fakes/fake-kube.ts';

const owner = ({ apiVersion, kind, metadata }: KubeObject): KubeOwner =>
  ({ apiVersion, kind, name: metadata.name, uid: metadata.uid! }) as KubeOwner;

function bench() {
  const kube = new FakeKube('shop');
  const denied: string[] = [];
  const trees = new OwnerTrees(kube, makeAbortController().signal, error => denied.push(error.message));
  const make = (apiVersion: string, kind: string, name: string, owners: readonly KubeOwner[] = []): KubeObject =>
    kube.put({ apiVersion, kind, metadata: { name, namespace: 'shop', ownerReferences: owners } });
  const deployment = make('apps/v1', 'Deployment', 'web');
  const replicas = make('apps/v1', 'ReplicaSet', 'web-1', [owner(deployment)]);
  return { kube, trees, denied, deployment, replicas };
}

test('a pod is known by all that own it, and owners of one kind are asked for together', async t => {
  const { kube, trees, deployment, replicas } = bench();
  const chain = await trees.chainOf('pod', [owner(replicas)], 'shop');
  t.deepEqual(chain.uids, ['pod', replicas.metadata.uid, deployment.metadata.uid]);
  t.false(chain.isBroken);
  t.false(trees.chainOf('other', [owner(replicas)], 'shop') instanceof Promise);
  t.is(kube.calls.filter(({ verb }) => verb === 'list').length, 2);
});

test('an owner that is gone ends the chain: its pods are nobody else’s', async t => {
  const { trees, denied } = bench();
  const was: KubeOwner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-0', uid: 'gone' } as KubeOwner;
  for (const pod of ['first', 'second']) {
    const chain = await trees.chainOf(pod, [was], 'shop');
    t.deepEqual(chain.uids, [pod, 'gone']);
    t.false(chain.isBroken);
  }
  t.deepEqual(denied, []);
});

test('an owner that may not be read leaves the chain broken, and that is told', async t => {
  const { kube, trees, denied, replicas } = bench();
  kube.refuse = ({ kind }) =>
    kind === 'ReplicaSet' ? new KubeError('replicasets is forbidden', { code: 403, reason: 'Forbidden' }) : undefined;
  const chain = await trees.chainOf('pod', [owner(replicas)], 'shop');
  t.deepEqual(chain.uids, ['pod', replicas.metadata.uid]);
  t.true(chain.isBroken);
  t.deepEqual(denied, ['replicasets is forbidden']);
});
