// A reload makes, hashes and writes only what changed (reference 4.2).
import test from 'ava';
import { apiVersion, mainTiltfile } from '../../src/api/meta.ts';
import { ManualClock } from '../../src/base/clock.ts';
import { AppliedResources } from '../../src/controllers/applied-resources.ts';
import { applyResult } from '../../src/controllers/tiltfile-apply.ts';
import { makeStore } from '../../src/store/store.ts';
import type { ResourceDefinition } from '../../src/tiltfile/result.ts';
import { local, result } from './engine-fixture.ts';

function makeSession() {
  const store = makeStore({ clock: new ManualClock() });
  const metadata = { name: mainTiltfile };
  store.create('Tiltfile', { apiVersion, kind: 'Tiltfile', metadata, spec: { path: '/p/Tiltfile' } });
  const applied = new AppliedResources();
  return {
    store,
    reload: (resources: readonly ResourceDefinition[]) =>
      applyResult(store, {
        tiltfile: mainTiltfile,
        tiltfilePath: '/p/Tiltfile',
        // As from the worker: nothing of it is the same object as before.
        result: structuredClone(result(resources)),
        hasChangedArgs: false,
        changedFiles: [],
        nowMs: 0,
        applied,
      }),
  };
}

const many = (changed?: number): ResourceDefinition[] =>
  Array.from({ length: 100 }, (_, i) => local(`r${i}`, { target: { deps: [i === changed ? '/p/new' : '/p/old'] } }));

test('a reload without changes makes, hashes and writes nothing', t => {
  const session = makeSession();
  t.is(session.reload(many()).remade.length, 100);
  t.deepEqual(session.reload(many()), { written: 0, remade: [], conflicts: [] });
});

test('a reload that changes one resource makes, hashes and writes that one', t => {
  const session = makeSession();
  session.reload(many());
  // Its Manifest and its file watch.
  t.deepEqual(session.reload(many(3)), { written: 2, remade: ['r3'], conflicts: [] });
});

test('what somebody else changed or deleted is put right by the next reload', t => {
  const session = makeSession();
  session.reload(many());
  session.store.setStatus('FileWatch', 'local:r1', { fileEvents: [] });
  t.is(session.reload(many()).written, 0);
  session.store.delete('FileWatch', 'local:r1');
  const manifest = session.store.get('Manifest', 'r2')!;
  session.store.upsert('Manifest', { ...manifest, metadata: { ...manifest.metadata, labels: { my: 'own' } } });
  const { written, remade } = session.reload(many());
  t.deepEqual([written, remade], [2, []]);
  t.truthy(session.store.get('FileWatch', 'local:r1'));
  t.is(session.store.get('Manifest', 'r2')!.metadata.labels, undefined);
});

test('a resource that moves is made again, one that goes takes its objects along', t => {
  const session = makeSession();
  session.reload([local('a'), local('b')]);
  t.deepEqual(session.reload([local('b'), local('a')]).remade, ['b', 'a']);
  t.deepEqual(session.reload([local('b')]).remade, []);
  t.is(session.store.get('Manifest', 'a'), undefined);
  t.deepEqual(session.reload([local('b'), local('a')]).remade, ['a']);
});
