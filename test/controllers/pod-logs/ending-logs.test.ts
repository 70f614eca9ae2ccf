import test from 'ava';
import type { KubeObject } from '../../../src/adapters/kube/port.ts';
import { type Deferred, makeDeferred } from '../../../src/base/abort.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import { type EndingLog, EndingLogs } from '../../../src/controllers/pod-logs/ending-logs.ts';
import { LeavingObjects } from '../../../src/controllers/pods/leaving-objects.ts';
import type { KnownPod } from '../../../src/controllers/pods/pod-index.ts';

function pod(metadata: object = {}): KnownPod {
  const object: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', uid: 'u', ...metadata } };
  const chain = { uids: ['u', 'set', 'deployment'], ownerCreatedAt: undefined, isBroken: false };
  return { object, chain, isDeleted: false };
}

const told = (graceSeconds?: number): KnownPod =>
  pod({ deletionTimestamp: '2024-01-01T00:00:00Z', deletionGracePeriodSeconds: graceSeconds });

interface FakeLog extends EndingLog {
  now: KnownPod | undefined;
  readonly looks: KnownPod[];
  readonly read: Deferred<void>;
  isDisposed: boolean;
  hasEnded: boolean;
}

function makeLog(now: KnownPod | undefined): FakeLog {
  const read = makeDeferred<void>();
  const log: FakeLog = {
    uid: 'u',
    now,
    looks: [],
    read,
    isDisposed: false,
    hasEnded: false,
    containers: [
      {
        end: () => {
          log.hasEnded = true;
          return read.promise;
        },
        finish: () => read.promise,
      },
    ],
    current: () => log.now,
    look: seen => log.looks.push(seen),
    dispose: () => {
      log.isDisposed = true;
    },
  };
  return log;
}

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('a pod that is told to go is read until it is gone and what was under way has come', async t => {
  const clock = new ManualClock();
  const logs = new EndingLogs<FakeLog>(clock);
  const log = makeLog(pod());
  logs.add(log);
  log.now = told(20);
  logs.look('u');
  clock.advance(49_000);
  t.false(log.isDisposed);
  log.now = undefined;
  logs.look('u');
  await settle();
  t.true(log.hasEnded);
  t.false(log.isDisposed);
  log.read.resolve();
  await settle();
  t.true(log.isDisposed);
  t.deepEqual(logs.logs(), []);
  t.is(clock.pending, 0);
});

test('a pod that nobody tells to go is let go of after a minute', t => {
  const clock = new ManualClock();
  const log = makeLog(pod());
  new EndingLogs<FakeLog>(clock).add(log);
  clock.advance(59_999);
  t.false(log.isDisposed);
  clock.advance(1);
  t.true(log.isDisposed);
});

test('a pod that does not go is let go of some time after its grace period, of which 30 s is the default', t => {
  for (const [graceSeconds, mostMs] of [
    [5, 35_000],
    [undefined, 60_000],
  ] as const) {
    const clock = new ManualClock();
    const log = makeLog(told(graceSeconds));
    new EndingLogs<FakeLog>(clock).add(log);
    clock.advance(mostMs - 1);
    t.false(log.isDisposed);
    clock.advance(1);
    t.true(log.isDisposed);
  }
});

test('what is left of a pod that is gone is waited for 5 s', async t => {
  const clock = new ManualClock();
  const log = makeLog(undefined);
  new EndingLogs<FakeLog>(clock).add(log);
  clock.advance(5000);
  await settle();
  t.true(log.isDisposed);
});

test('who asks again for a log gets it back, as long as its pod is there', async t => {
  const clock = new ManualClock();
  const logs = new EndingLogs<FakeLog>(clock);
  const log = makeLog(told(5));
  logs.add(log);
  t.is(
    logs.takeBack(one => one !== log),
    undefined,
  );
  t.is(
    logs.takeBack(one => one === log),
    log,
  );
  clock.advance(100_000);
  t.false(log.isDisposed);
  log.now = undefined;
  logs.add(log);
  t.is(
    logs.takeBack(() => true),
    undefined,
  );
  log.read.resolve();
  await settle();
  t.true(log.isDisposed);
});

test('a pod leaves with whatever is above it', t => {
  const leaving = new LeavingObjects();
  t.false(leaving.isLeaving(pod()));
  t.true(leaving.isLeaving(told()));
  t.true(leaving.isLeaving({ ...pod(), isDeleted: true }));
  leaving.add('deployment');
  t.true(leaving.isLeaving(pod()));
});
