import test from 'ava';
import type { Kind } from '../../src/api/kinds.ts';
import type { ConfigMap } from '../../src/api/kinds-local.ts';
import { StatusError } from '../../src/api/status-error.ts';
import { ManualClock } from '../../src/base/clock.ts';
import type { Store, WatchEvent } from '../../src/store/port.ts';
import { makeStore } from '../../src/store/store.ts';

function newStore(onError?: (error: unknown) => void): Store {
  let uid = 0;
  return makeStore({ clock: new ManualClock(), newUid: () => `uid-${++uid}`, ...(onError ? { onError } : {}) });
}

function cmd(name: string, args: string[] = ['true'], metadata: Record<string, unknown> = {}) {
  return { apiVersion: 'tilt.dev/v1alpha1', kind: 'Cmd', metadata: { name, ...metadata }, spec: { args } };
}

function map(name: string, data: Record<string, string>): ConfigMap {
  return { apiVersion: 'tilt.dev/v1alpha1', kind: 'ConfigMap', metadata: { name }, data };
}

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof StatusError ? error.reason : String(error);
  }
  return 'ok';
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve));

test('create gives identity and drops status', t => {
  const store = newStore();
  const made = store.create('Cmd', { ...cmd('a'), status: { ready: true } });
  t.deepEqual(made, {
    apiVersion: 'tilt.dev/v1alpha1',
    kind: 'Cmd',
    metadata: {
      name: 'a',
      uid: 'uid-1',
      generation: 1,
      creationTimestamp: '2023-11-14T22:13:20Z',
      resourceVersion: '2',
    },
    spec: { args: ['true'] },
  });
  t.is(store.get('Cmd', 'a'), made);
  t.is(store.version, 2);
});

test('create refuses what exists or has a name that no URL can carry; a version of elsewhere means nothing', t => {
  const store = newStore();
  store.create('Cmd', cmd('a'));
  t.is(
    reasonOf(() => store.create('Cmd', cmd('a'))),
    'AlreadyExists',
  );
  t.is(store.create('Cmd', cmd('b', [], { resourceVersion: '7' })).metadata.resourceVersion, '3');
  for (const name of ['', '.', '..', 'a/b', 'a%b'])
    t.is(
      reasonOf(() => store.create('Cmd', cmd(name))),
      'Invalid',
      JSON.stringify(name),
    );
  t.is(store.create('Cmd', cmd('(Tiltfile)')).metadata.name, '(Tiltfile)');
});

test('objects and lists are frozen all the way down', t => {
  const store = newStore();
  const made = store.create('Cmd', cmd('a'));
  t.throws(() => (made.spec!.args as string[]).push('x'), { instanceOf: TypeError });
  t.throws(() => Object.assign(made.metadata, { name: 'b' }), { instanceOf: TypeError });
  t.throws(() => (store.list('Cmd') as unknown[]).push(1), { instanceOf: TypeError });
});

test('update replaces spec and labels, never status, and counts generations of the spec', t => {
  const store = newStore();
  store.create('Cmd', cmd('a'));
  const ran = store.setStatus('Cmd', 'a', { ready: true });
  t.is(ran.metadata.generation, 1);
  const relabelled = store.update('Cmd', cmd('a', ['true'], { labels: { x: 'y' } }));
  t.is(relabelled.metadata.generation, 1);
  t.is(relabelled.spec, ran.spec, 'an equal spec is shared with the older version');
  const changed = store.update('Cmd', { ...cmd('a', ['false']), status: { ready: false } });
  t.is(changed.metadata.generation, 2);
  t.is(changed.metadata.labels, undefined);
  t.deepEqual(changed.status, { ready: true });
  t.deepEqual(changed.spec, { args: ['false'] });
});

test('a write that changes nothing gives the old object and no version', t => {
  const store = newStore();
  const made = store.create('Cmd', cmd('a'));
  t.is(store.update('Cmd', cmd('a')), made);
  t.is(store.update('Cmd', cmd('a', ['true'], { labels: {}, annotations: {}, finalizers: [] })), made);
  const { version } = store;
  const running = store.setStatus('Cmd', 'a', { running: { pid: 1, startedAt: 'x' } });
  t.is(store.setStatus('Cmd', 'a', { running: { startedAt: 'x', pid: 1 } }), running);
  t.is(store.version, version + 1);
});

test('a given version or uid must be the current one', t => {
  const store = newStore();
  const first = store.create('Cmd', cmd('a'));
  store.update('Cmd', cmd('a', ['b']));
  t.is(
    reasonOf(() => store.update('Cmd', { ...first, spec: { args: ['c'] } })),
    'Conflict',
  );
  t.is(
    reasonOf(() => store.updateStatus('Cmd', { ...first, status: {} })),
    'Conflict',
  );
  t.is(
    reasonOf(() => store.update('Cmd', cmd('a', ['c'], { uid: 'other' }))),
    'Conflict',
  );
  t.is(
    reasonOf(() => store.update('Cmd', cmd('nobody'))),
    'NotFound',
  );
  t.is(
    reasonOf(() => store.setStatus('Cmd', 'nobody', {})),
    'NotFound',
  );
  t.deepEqual(store.get('Cmd', 'a')!.spec, { args: ['b'] });
});

test('upsert creates, then updates, and leaves finalizers alone', t => {
  const store = newStore();
  const made = store.upsert('ConfigMap', map('m', { a: '1' }));
  t.is(made.metadata.generation, 1);
  t.is(store.upsert('ConfigMap', map('m', { a: '1' })), made);
  t.deepEqual(store.upsert('ConfigMap', map('m', { a: '2' })).data, { a: '2' });
  store.create('Cmd', cmd('a', ['x'], { finalizers: ['keep'] }));
  t.deepEqual(store.upsert('Cmd', cmd('a', ['y'])).metadata.finalizers, ['keep']);
});

test('delete is at once without finalizers and checks preconditions', t => {
  const store = newStore();
  const made = store.create('Cmd', cmd('a'));
  t.is(
    reasonOf(() => store.delete('Cmd', 'a', { uid: 'other' })),
    'Conflict',
  );
  t.is(
    reasonOf(() => store.delete('Cmd', 'a', { resourceVersion: '1' })),
    'Conflict',
  );
  store.delete('Cmd', 'a', { uid: made.metadata.uid!, resourceVersion: made.metadata.resourceVersion! });
  t.is(store.get('Cmd', 'a'), undefined);
  t.is(
    reasonOf(() => store.delete('Cmd', 'a')),
    'NotFound',
  );
  t.deepEqual(store.list('Cmd'), []);
});

test('finalizers hold a deletion until the last one is gone', t => {
  const store = newStore();
  store.create('Cmd', cmd('a', ['x'], { finalizers: ['one', 'two'] }));
  store.delete('Cmd', 'a');
  const dying = store.get('Cmd', 'a')!;
  t.is(dying.metadata.deletionTimestamp, '2023-11-14T22:13:20Z');
  const { version } = store;
  store.delete('Cmd', 'a');
  t.is(store.version, version, 'a second delete changes nothing');
  const half = store.update('Cmd', cmd('a', ['x'], { finalizers: ['two'] }));
  t.truthy(half.metadata.deletionTimestamp, 'nobody can take a deletion back');
  store.update('Cmd', cmd('a', ['x']));
  t.is(store.get('Cmd', 'a'), undefined);
});

test('lists come in order of creation and are cached until the next change', t => {
  const store = newStore();
  for (const name of ['b', 'c', 'a']) store.create('Cmd', cmd(name));
  const before = store.list('Cmd');
  t.is(store.list('Cmd'), before);
  store.create('ConfigMap', map('x', {}));
  t.is(store.list('Cmd'), before, 'another kind does not count');
  store.update('Cmd', cmd('c', ['new']));
  t.deepEqual(
    store.list('Cmd').map(c => c.metadata.name),
    ['b', 'c', 'a'],
  );
});

test('a subscriber hears once per turn which keys changed', async t => {
  const store = newStore();
  const calls: Record<string, string[]>[] = [];
  const subscription = store.subscribe(['Cmd'], keys =>
    calls.push(Object.fromEntries([...keys].map(([kind, names]) => [kind, [...names]]))),
  );
  for (let i = 0; i < 100; i++) store.upsert('Cmd', cmd(`c${i % 3}`, [String(i)]));
  store.create('ConfigMap', map('m', {}));
  await Promise.resolve();
  store.delete('Cmd', 'c1');
  t.deepEqual(calls, []);
  await nextTurn();
  t.deepEqual(calls, [{ Cmd: ['c0', 'c1', 'c2'] }]);
  await nextTurn();
  t.is(calls.length, 1);
  subscription.dispose();
  store.create('Cmd', cmd('z'));
  await nextTurn();
  t.is(calls.length, 1);
});

test('a subscriber that writes back hears of it in the next turn, one that throws stops nobody', async t => {
  const errors: unknown[] = [];
  const store = newStore(error => errors.push(error));
  let rounds = 0;
  store.subscribe(undefined, () => {
    throw new Error('broken');
  });
  store.subscribe(['Cmd'], () => {
    if (++rounds < 3) store.upsert('Cmd', cmd('a', [String(rounds)]));
  });
  store.create('Cmd', cmd('a'));
  for (let i = 0; i < 5; i++) await nextTurn();
  t.is(rounds, 3);
  t.true(errors.length >= 1);
});

function collect(store: Store, kind: Kind, since?: number): string[] {
  const seen: string[] = [];
  store.watch(kind, since, (e: WatchEvent) => seen.push(`${e.version} ${e.type} ${e.object.metadata.name}`));
  return seen;
}

test('a watch gets every version in order, at once, and goes on from a version', t => {
  const store = newStore();
  store.create('Cmd', cmd('a'));
  const live = collect(store, 'Cmd');
  store.setStatus('Cmd', 'a', { ready: true });
  t.deepEqual(live, ['3 MODIFIED a']);
  store.create('ConfigMap', map('m', {}));
  store.delete('Cmd', 'a');
  t.deepEqual(live, ['3 MODIFIED a', '5 DELETED a']);
  t.deepEqual(collect(store, 'Cmd', 2), live);
  t.deepEqual(collect(store, 'Cmd', 1), ['2 ADDED a', ...live]);
  t.deepEqual(collect(store, 'Cmd', 5), []);
});

test('a deleted object carries the version of its deletion', t => {
  const store = newStore();
  store.create('Cmd', cmd('a'));
  const events: WatchEvent[] = [];
  store.watch('Cmd', undefined, e => events.push(e));
  store.delete('Cmd', 'a');
  t.is(events[0]!.object.metadata.resourceVersion, '3');
});

test('watchers see one order, also when one of them writes while it is told', t => {
  const store = newStore();
  store.watch('Cmd', undefined, e => {
    if (e.type === 'ADDED') store.setStatus('Cmd', e.object.metadata.name, { ready: true });
  });
  const second = collect(store, 'Cmd');
  store.create('Cmd', cmd('a'));
  store.create('Cmd', cmd('b'));
  t.deepEqual(second, ['2 ADDED a', '3 MODIFIED a', '4 ADDED b', '5 MODIFIED b']);
});

test('a watch from a version that is forgotten or was never given ends in Expired', t => {
  const store = newStore();
  store.create('Cmd', cmd('a'));
  for (let i = 0; i < 10_001; i++) store.setStatus('Cmd', 'a', { waiting: { reason: String(i) } });
  t.is(
    reasonOf(() => store.watch('Cmd', 2, () => {})),
    'Expired',
  );
  t.is(
    reasonOf(() => store.watch('Cmd', store.version + 1, () => {})),
    'Expired',
  );
  t.is(collect(store, 'Cmd', store.version - 10_000).length, 10_000);
});

test('a watcher that throws does not stop the write or the others', t => {
  const errors: unknown[] = [];
  const store = newStore(error => errors.push(error));
  store.watch('Cmd', undefined, () => {
    throw new Error('broken');
  });
  const seen = collect(store, 'Cmd');
  store.create('Cmd', cmd('a'));
  t.is(seen.length, 1);
  t.is(errors.length, 1);
});

test('create fills in defaults and refuses what breaks the rules of the kind', t => {
  const store = newStore();
  const stream = { apiVersion: '', kind: 'PodLogStream', metadata: { name: 'p' }, spec: { pod: 'x' } };
  const made = store.create('PodLogStream', stream);
  t.deepEqual(made.spec, { pod: 'x', cluster: 'default' });
  t.is(store.update('PodLogStream', stream), made, 'a default that is not said again is no change');
  const watch = { apiVersion: '', kind: 'FileWatch', metadata: { name: 'f' }, spec: { watchedPaths: [] } };
  const error = t.throws(() => store.create('FileWatch', watch), { instanceOf: StatusError });
  t.is(error?.details.causes?.[0]?.field, 'spec.watchedPaths');
  store.create('FileWatch', { ...watch, spec: { watchedPaths: ['/a'] } });
  t.is(
    reasonOf(() => store.update('FileWatch', watch)),
    'Invalid',
  );
  t.deepEqual(store.get('FileWatch', 'f')?.spec?.watchedPaths, ['/a']);
});

test('a dry run checks and returns everything and writes nothing', t => {
  const store = newStore();
  const seen = collect(store, 'Cmd');
  const dryRun = true;
  t.is(store.create('Cmd', cmd('a'), { dryRun }).metadata.generation, 1);
  store.create('Cmd', cmd('a', ['x'], { finalizers: ['f'] }));
  t.deepEqual(store.update('Cmd', cmd('a', ['y'], { finalizers: ['f'] }), { dryRun }).spec, { args: ['y'] });
  store.delete('Cmd', 'a', {}, { dryRun });
  store.delete('Cmd', 'a');
  store.update('Cmd', cmd('a', ['x']), { dryRun });
  t.is(
    reasonOf(() => store.create('Cmd', cmd('a'), { dryRun })),
    'AlreadyExists',
  );
  t.deepEqual(seen, ['2 ADDED a', '3 MODIFIED a']);
});

test('our own writes leave no managed fields until somebody else has some', t => {
  const store = newStore();
  t.is(store.create('Cmd', cmd('ours')).metadata.managedFields, undefined);
  store.create('Cmd', cmd('theirs'), { manager: 'kubectl' });
  const both = store.setStatus('Cmd', 'theirs', { ready: true });
  t.deepEqual(
    both.metadata.managedFields?.map(e => [e.manager, e.subresource, e.fieldsV1]),
    [
      ['kubectl', undefined, { 'f:spec': { 'f:args': {} } }],
      ['tilt', 'status', { 'f:status': { 'f:ready': {} } }],
    ],
  );
});

test('an event brings the version before it', t => {
  const store = newStore();
  const made = store.create('Cmd', cmd('a'));
  const events: WatchEvent[] = [];
  store.watch('Cmd', 1, e => events.push(e));
  const ran = store.setStatus('Cmd', 'a', { ready: true });
  store.delete('Cmd', 'a');
  t.deepEqual(
    events.map(e => e.before),
    [undefined, made, ran],
  );
});

test('large objects that change often are not kept for ever, small ones are', t => {
  const store = newStore();
  store.create('ConfigMap', map('big', {}));
  const first = store.version;
  for (let i = 0; i < 40; i++) store.update('ConfigMap', map('big', { x: String(i).repeat(1_000_000) }));
  t.is(
    reasonOf(() => store.watch('ConfigMap', first, () => {})),
    'Expired',
  );
  const seen: number[] = [];
  store.watch('ConfigMap', store.version - 10, event => seen.push(event.version));
  t.is(seen.length, 10);
  // A part that is as it was costs nothing: every version of the status below shares one large spec.
  store.create('Cmd', cmd('a', ['y'.repeat(5_000_000)]));
  const made = store.version;
  for (let i = 0; i < 100; i++) store.setStatus('Cmd', 'a', { ready: i % 2 === 0 });
  const statuses: number[] = [];
  store.watch('Cmd', made, event => statuses.push(event.version));
  t.is(statuses.length, 100);
});
