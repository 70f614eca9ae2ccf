// A cluster that answers changes with 409 Conflict for longer than chance explains.
import test, { type ExecutionContext } from 'ava';
import { KubeError } from '../../src/adapters/kube/port.ts';
import { neverAborted } from '../../src/base/abort.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { noCreations } from '../../src/build/kubernetes/creations.ts';
import { upsert } from '../../src/build/kubernetes/upsert.ts';
import { objectsToDeploy } from '../../src/domain/kubernetes/objects-to-deploy.ts';
import { loadYamlLibrary } from '../../src/domain/yaml/library.ts';
import { FakeKube } from '../support/fakes/fake-kube.ts';

const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf}\ndata: {a: b}\n';

/** Applies while time goes on; `times`: how many changes are answered with a conflict. */
async function applied(t: ExecutionContext, times: number) {
  await loadYamlLibrary();
  const kube = new FakeKube('shop');
  kube.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace: 'shop' } });
  let left = times;
  kube.refuse = ({ verb }) =>
    verb === 'patch' && left-- > 0 ? new KubeError('fault', { code: 409, reason: 'Conflict' }) : undefined;
  const clock = new ManualClock();
  const log: string[] = [];
  const deps = {
    client: kube,
    clock,
    creations: noCreations,
    log: (line: string) => void log.push(line),
    newKinds: new Set<string>(),
  };
  const options = { resource: 'r', serverSide: false, timeoutMs: 30_000, signal: neverAborted };
  let isDone = false;
  const done = upsert(deps, objectsToDeploy(yaml, []), options).finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  for (let i = 0; i < 10_000 && !isDone; i++) {
    await new Promise(resolve => setImmediate(resolve));
    clock.advance(10);
  }
  t.true(isDone);
  return { done, log, kube };
}

test('apply-conflict › one or two are chance, and nothing is said', async t => {
  const { done, log } = await applied(t, 2);
  t.is((await done).length, 1);
  t.deepEqual(log, []);
});

test('apply-conflict › it is waited out, and said once', async t => {
  const { done, log, kube } = await applied(t, 12);
  t.deepEqual((await done)[0]!['data'], { a: 'b' });
  t.deepEqual(log, ['the cluster answers a change of ConfigMap/conf with 409 Conflict: fault. Trying again...']);
  t.is(kube.calls.filter(({ verb }) => verb === 'patch').length, 13);
});

test('apply-conflict › one that does not end is the reason when the time is up', async t => {
  const { done } = await applied(t, Infinity);
  await t.throwsAsync(done, {
    message:
      'Killed kubectl. Hit timeout of 30s applying ConfigMap/conf.\nthe cluster answers a change of ConfigMap/conf with 409 Conflict: fault',
  });
});
