// The store against a model that is too simple to be wrong, over seeded random histories; and its memory.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import test from 'ava';
import type { Kind } from '../../src/api/kinds.ts';
import { StatusError } from '../../src/api/status-error.ts';
import { ManualClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/store/port.ts';
import { makeStore } from '../../src/store/store.ts';
import { NaiveStore, type Plain } from './naive-store.ts';

/** mulberry32: small, seeded, good enough to pick operations. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}

function outcome(run: () => unknown): string {
  try {
    run();
    return 'ok';
  } catch (error) {
    if (error instanceof StatusError) return error.reason;
    throw error;
  }
}

function compared(object: Plain): unknown {
  const {
    uid: _u,
    creationTimestamp: _c,
    deletionTimestamp,
    deletionGracePeriodSeconds: _g,
    ...meta
  } = object.metadata;
  const plain = JSON.parse(JSON.stringify({ ...object, metadata: { ...meta, dying: Boolean(deletionTimestamp) } }));
  if (plain.metadata.labels && Object.keys(plain.metadata.labels).length === 0) delete plain.metadata.labels;
  if (plain.metadata.finalizers?.length === 0) delete plain.metadata.finalizers;
  return plain;
}

function randomObject(random: (below: number) => number, kind: Kind, name: string, versions: string[]): Plain {
  const metadata: Record<string, unknown> = { name };
  if (random(3) === 0) metadata['labels'] = random(4) === 0 ? {} : { l: String(random(3)) };
  if (random(4) === 0) metadata['finalizers'] = random(2) ? ['f'] : ['f', 'g'];
  if (random(4) === 0 && versions.length) metadata['resourceVersion'] = versions[random(versions.length)]!;
  const spec = { args: Array.from({ length: random(3) }, () => String(random(2))), dir: ['', '/x'][random(2)]! };
  return { apiVersion: 'tilt.dev/v1alpha1', kind, metadata: metadata as unknown as Plain['metadata'], spec };
}

function step(real: Store, naive: NaiveStore, random: (below: number) => number): [string, string] {
  const kind = (['Cmd', 'Manifest'] as const)[random(2)]!;
  const name = `n${random(6)}`;
  const current = naive.objects.get(`${kind} ${name}`)?.metadata.resourceVersion;
  const object = randomObject(random, kind, name, [...(current ? [current, current] : []), '1']);
  switch (random(5)) {
    case 0: {
      const { resourceVersion: _r, ...metadata } = object.metadata;
      const fresh = { ...object, metadata };
      return [outcome(() => real.create(kind as 'Cluster', fresh)), naive.create(kind, fresh)];
    }
    case 1:
    case 2:
      return [outcome(() => real.update(kind as 'Cluster', object)), naive.update(kind, object)];
    case 3: {
      const status = { error: String(random(2)) };
      return [outcome(() => real.setStatus(kind as 'Cluster', name, status)), naive.setStatus(kind, name, status)];
    }
    default:
      return [outcome(() => real.delete(kind, name)), naive.delete(kind, name)];
  }
}

for (const seed of [1, 2, 3, 4]) {
  test(`4,000 random operations agree with the naive model, seed ${seed}`, t => {
    const random = makeRandom(seed);
    const real = makeStore({ clock: new ManualClock() });
    const naive = new NaiveStore();
    const seen: { type: string; kind: string; name: string; version: number }[] = [];
    for (const kind of ['Cmd', 'Manifest'] as const)
      real.watch(kind, undefined, e =>
        seen.push({ type: e.type, kind, name: e.object.metadata.name, version: e.version }),
      );
    for (let i = 0; i < 4_000; i++) {
      const [got, want] = step(real, naive, random);
      if (got !== want) t.is(got, want, `operation ${i}`);
    }
    t.is(real.version, naive.version);
    t.deepEqual(seen, naive.events);
    for (const kind of ['Cmd', 'Manifest'] as const) {
      const expected = [...naive.objects].filter(([key]) => key.startsWith(`${kind} `)).map(([, o]) => compared(o));
      t.deepEqual(
        real.list(kind).map(o => compared(o as unknown as Plain)),
        expected,
      );
    }
    const since = Math.max(1, real.version - 50);
    const replayed: number[] = [];
    real.watch('Cmd', since, e => replayed.push(e.version));
    t.deepEqual(
      replayed,
      naive.events.filter(e => e.kind === 'Cmd' && e.version > since).map(e => e.version),
    );
  });
}

test('100,000 updates leave memory where 20,000 left it', t => {
  const store = makeStore({ clock: new ManualClock() });
  store.create('Cmd', { apiVersion: '', kind: 'Cmd', metadata: { name: 'a' }, spec: { args: ['x'.repeat(500)] } });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let events = 0;
  store.watch('Cmd', undefined, () => events++);
  const write = (from: number, to: number): number => {
    for (let i = from; i < to; i++) store.setStatus('Cmd', 'a', { waiting: { reason: `${i}`.padEnd(200, '.') } });
    collect();
    return process.memoryUsage().heapUsed;
  };
  const early = write(0, 20_000);
  const late = write(20_000, 100_000);
  t.is(events, 100_000);
  t.true(late - early < 4 * 1024 * 1024, `grew by ${late - early} bytes`);
});
