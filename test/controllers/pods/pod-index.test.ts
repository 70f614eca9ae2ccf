// What stays known of pods that left the cluster.
import test, { type ExecutionContext } from 'ava';
import type { KubeObject } from '../../../src/adapters/kube/port.ts';
import { PodIndex } from '../../../src/controllers/pods/pod-index.ts';
import { FakeKube } from '../../support/fakes/fake-kube.ts';
import { until } from '../../support/until.ts';

function bench(t: ExecutionContext) {
  const kube = new FakeKube('shop');
  const index = new PodIndex(kube);
  index.use('shop');
  t.teardown(() => index.dispose());
  const put = (phase: string, deletionTimestamp?: string): KubeObject =>
    kube.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        namespace: 'shop',
        finalizers: ['kept.while/looked-at'],
        ...(deletionTimestamp ? { deletionTimestamp } : {}),
      },
      status: { phase },
    });
  const seen = (phase: string) =>
    until(t, () => (index.byName('shop', 'p')?.object['status'] as { phase?: string } | undefined)?.phase === phase);
  return { kube, index, put, seen };
}

for (const phase of ['Succeeded', 'Failed'])
  test(`a pod that was ${phase} before it was cleared away stays known`, async t => {
    const { kube, index, put, seen } = bench(t);
    put('Running');
    put(phase);
    await seen(phase);
    put(phase, '2026-01-01T00:00:00Z');
    kube.remove({ apiVersion: 'v1', kind: 'Pod', name: 'p', namespace: 'shop' });
    await until(t, () => index.byName('shop', 'p')?.isDeleted === true);
    t.true(index.byName('shop', 'p')!.hasEnded);
  });

for (const phase of ['Succeeded', 'Failed', 'Running'])
  test(`a pod that was told to go and then was ${phase} is forgotten`, async t => {
    const { kube, index, put, seen } = bench(t);
    put('Running');
    await seen('Running');
    put('Running', '2026-01-01T00:00:00Z');
    put(phase, '2026-01-01T00:00:00Z');
    await seen(phase);
    kube.remove({ apiVersion: 'v1', kind: 'Pod', name: 'p', namespace: 'shop' });
    await until(t, () => index.byName('shop', 'p') === undefined);
    t.pass();
  });
