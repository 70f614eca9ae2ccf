// Watches on a server that ends them, forgets versions, goes silent, refuses and comes back.
import type { ServerResponse } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import type { KubeObject, WatchListener, WatchPlace } from '../../../src/adapters/kube/index.ts';
import { KubeError } from '../../../src/adapters/kube/port.ts';
import { watchDelayMs } from '../../../src/adapters/kube/watch-backoff.ts';
import { type Clock, ManualClock } from '../../../src/base/clock.ts';
import { pod, podList, type ScriptedKube, scriptKube, sendJson, sendStatus } from '../../support/scripted-kube.ts';
import { until } from '../../support/until.ts';

const place: WatchPlace = { apiVersion: 'v1', kind: 'Pod', namespace: 'n' };

interface Scripted {
  readonly kube: ScriptedKube;
  readonly lines: string[];
  readonly clock: ManualClock;
  /** Watches that were opened, newest last; each is the answer that goes on. */
  readonly watches: { readonly version: string; readonly response: ServerResponse }[];
  list: object;
  /** How the next lists and watches are refused. */
  refuse: ((isWatch: boolean) => readonly [code: number, reason: string] | undefined) | undefined;
  /** Something on the newest watch. */
  send(type: string, object: object): void;
  /** Resolves when what was sent on the newest watch so far has been read. */
  heard(): Promise<void>;
  listen(lines?: string[]): { dispose(): void };
}

async function setUp(
  t: ExecutionContext,
  list: object,
  clock: Clock & ManualClock = new ManualClock(),
): Promise<Scripted> {
  const lines: string[] = [];
  const watches: Scripted['watches'] = [];
  const marks = new Set<string>();
  let markCount = 0;
  const kube = await scriptKube(
    t,
    (_request, response, { searchParams }) => {
      const isWatch = searchParams.has('watch');
      const refusal = scripted.refuse?.(isWatch);
      if (refusal) return sendStatus(response, ...refusal);
      if (!isWatch) return sendJson(response, scripted.list);
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
      return watches.push({ version: searchParams.get('resourceVersion') ?? '', response });
    },
    { clock },
  );
  const scripted: Scripted = {
    kube,
    lines,
    watches,
    clock,
    list,
    refuse: undefined,
    send: (type, object) => void watches.at(-1)!.response.write(`${JSON.stringify({ type, object })}\n`),
    async heard() {
      const mark = `mark${markCount++}`;
      scripted.send('ADDED', { metadata: { name: mark, namespace: 'n', uid: mark } });
      scripted.send('DELETED', { metadata: { name: mark, namespace: 'n', uid: mark } });
      await until(t, () => marks.has(mark));
    },
    listen: (into = lines) => kube.client.watch(place, note(into, marks)),
  };
  return scripted;
}

function note(lines: string[], marks: Set<string> = new Set()): WatchListener {
  const add = (text: string, { metadata: { name } }: KubeObject): unknown =>
    name.startsWith('mark') ? marks.add(name) : lines.push(text);
  const text = ({ metadata: { name, resourceVersion, uid } }: KubeObject): string =>
    `${name}@${resourceVersion} ${uid}`;
  return {
    onObject: object => add(text(object), object),
    onDeleted: object => add(`gone ${text(object)}`, object),
    onSynced: () => lines.push('synced'),
    onProblem: problem => lines.push(problem ? `problem ${problem.message}` : 'fine'),
  };
}

/** Turns the clock in small steps until it is so. */
async function turnUntil(t: ExecutionContext, clock: ManualClock, isSo: () => boolean, stepMs = 100): Promise<number> {
  let turnedMs = 0;
  await until(t, async () => {
    if (isSo()) return true;
    clock.advance(stepMs);
    turnedMs += stepMs;
    return false;
  });
  return turnedMs;
}

test('a watch that ends is taken up where it ended', async t => {
  const scripted = await setUp(t, podList(5, pod('a', 1)));
  const { lines, watches, send, listen, clock, heard } = scripted;
  listen();
  await until(t, () => watches.length === 1);
  send('MODIFIED', pod('a', 6));
  send('BOOKMARK', { metadata: { resourceVersion: '8' } });
  await heard();
  clock.advance(5000);
  watches[0]!.response.end();
  await until(t, () => watches.length === 2);
  watches[1]!.response.destroy();
  await turnUntil(t, clock, () => watches.length === 3);
  t.deepEqual(
    watches.map(({ version }) => version),
    ['5', '8', '8'],
  );
  t.deepEqual(lines, ['a@1 uid-a', 'synced', 'a@6 uid-a']);
});

test('too old: everything is listed again, and what vanished is told', async t => {
  const scripted = await setUp(t, podList(5, pod('a', 1), pod('b', 2), pod('c', 3)));
  const { lines, watches, send, listen, clock } = scripted;
  listen();
  await until(t, () => watches.length === 1);
  scripted.list = podList(20, pod('a', 1), pod('c', 12, 'other'));
  send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 5 (19)' });
  await until(t, () => watches.length === 2);
  t.is(watches[1]!.version, '20');
  // Also as an answer to the request.
  scripted.list = podList(30, pod('a', 1));
  let times = 0;
  scripted.refuse = isWatch => (isWatch && times++ === 0 ? [410, 'Gone'] : undefined);
  await scripted.heard();
  clock.advance(20_000);
  watches[1]!.response.end();
  await turnUntil(t, clock, () => watches.length === 3);
  t.is(watches[2]!.version, '30');
  t.deepEqual(lines, [
    'a@1 uid-a',
    'b@2 uid-b',
    'c@3 uid-c',
    'synced',
    'gone c@3 uid-c',
    'c@12 other',
    'gone b@2 uid-b',
    'synced',
    'gone c@12 other',
    'synced',
  ]);
});

test('a missing right is told once, and watched for until it is given', async t => {
  const scripted = await setUp(t, podList(5, pod('a', 1)));
  const { lines, watches, listen, clock } = scripted;
  scripted.refuse = () => [403, 'Forbidden'];
  listen();
  const { requests } = scripted.kube;
  await turnUntil(t, clock, () => requests.length === 3);
  t.deepEqual(lines, ['problem Forbidden it is']);
  scripted.refuse = undefined;
  await turnUntil(t, clock, () => watches.length === 1);
  t.deepEqual(lines, ['problem Forbidden it is', 'a@1 uid-a', 'fine', 'synced']);
});

test('a server that is away is a problem when it cannot be reached again', async t => {
  const scripted = await setUp(t, podList(5, pod('a', 1)));
  const { lines, watches, listen, clock } = scripted;
  listen();
  await until(t, () => watches.length === 1);
  scripted.refuse = () => [503, 'ServiceUnavailable'];
  await scripted.heard();
  clock.advance(5000);
  watches[0]!.response.destroy();
  await until(t, () => lines.length === 3);
  t.is(lines[2], 'problem ServiceUnavailable it is');
  await turnUntil(t, clock, () => scripted.kube.requests.length > 12);
  scripted.refuse = undefined;
  const backMs = await turnUntil(t, clock, () => watches.length === 2);
  t.true(backMs <= 4000, `${backMs} ms`);
  t.is(watches[1]!.version, '5');
  t.deepEqual(lines.slice(3), ['fine']);
});

test('a silent connection is not trusted', async t => {
  const scripted = await setUp(t, podList(5));
  const { watches, listen, clock, heard } = scripted;
  listen();
  await until(t, () => watches.length === 1);
  await heard();
  clock.advance(60_000);
  await heard();
  const tookMs = await turnUntil(t, clock, () => watches.length === 2, 1000);
  t.true(tookMs > 70_000 && tookMs <= 110_000, `${tookMs} ms`);
});

test('after a sleep every watch is taken up anew within seconds', async t => {
  const clock = new ManualClock();
  let sleptMs = 0;
  // The wall clock jumps; the other one stood still, as on Linux.
  const wall = clock.now.bind(clock);
  clock.now = () => wall() + sleptMs;
  const scripted = await setUp(t, podList(5), clock);
  const { watches, listen } = scripted;
  listen();
  await until(t, () => watches.length === 1);
  await scripted.heard();
  clock.advance(20_000);
  sleptMs = 3_600_000;
  const tookMs = await turnUntil(t, clock, () => watches.length === 2);
  t.true(tookMs <= 3000, `${tookMs} ms`);
  t.is(watches[1]!.version, '5');
});

test('one place is one connection; it ends with its last listener', async t => {
  const scripted = await setUp(t, podList(5, pod('a', 1)));
  const { watches, listen, kube, lines } = scripted;
  const other: string[] = [];
  const first = listen();
  const second = listen(other);
  await until(t, () => lines.includes('synced') && other.includes('synced') && watches.length === 1);
  const place2 = { apiVersion: 'v1', kind: 'Pod', namespace: 'n', labelSelector: 'a=b' };
  kube.client.watch(place2, note([])).dispose();
  first.dispose();
  first.dispose();
  scripted.send('ADDED', pod('b', 6));
  await until(t, () => other.includes('b@6 uid-b'));
  t.false(lines.includes('b@6 uid-b'));
  let isClosed = false;
  watches[0]!.response.on('close', () => {
    isClosed = true;
  });
  second.dispose();
  await until(t, () => isClosed);
});

test('a listener that throws harms nobody else', async t => {
  const { watches, send, kube } = await setUp(t, podList(5, pod('a', 1)));
  const caught: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', error => caught.push(error));
  t.teardown(() => {
    process.removeAllListeners('uncaughtException');
    for (const listener of before) process.on('uncaughtException', listener);
  });
  const bad = {
    onObject() {
      throw new Error('mine');
    },
    onDeleted() {},
  };
  const lines: string[] = [];
  kube.client.watch(place, bad);
  kube.client.watch(place, note(lines));
  await until(t, () => watches.length === 1);
  send('ADDED', pod('b', 6));
  await until(t, () => lines.includes('b@6 uid-b'));
  t.true(caught.length >= 1);
});

test('a large list is read in small pieces', async t => {
  const many = Array.from({ length: 3000 }, (_unused, i) => ({
    ...pod(`p${i}`, i + 1),
    spec: {
      containers: Array.from({ length: 20 }, (_none, n) => ({ name: `c${n}`, image: `registry/image:${i}`, env: [] })),
    },
  }));
  const { lines, listen, watches } = await setUp(t, podList(5000, ...many));
  listen();
  let turns = 0;
  const count = (): void => {
    turns++;
    if (watches.length === 0) setImmediate(count);
  };
  await until(t, () => lines.length > 0);
  count();
  await until(t, () => watches.length === 1);
  t.is(lines.length, 3001);
  t.true(turns > 5, `${turns} turns of others while the list was read`);
});

test('how long a watch waits', t => {
  const away = new KubeError('refused', { code: 0 });
  const delay = (error: KubeError, count: number, failingForMs: number): number =>
    watchDelayMs({ error, count, failingForMs, random: 0.5 });
  t.deepEqual(
    [1, 2, 3, 4, 9].map(count => delay(away, count, 1000)),
    [500, 1000, 2000, 3000, 3000],
  );
  t.deepEqual(
    [60_000, 120_000, 6_000_000].map(ms => delay(away, 30, ms)),
    [3000, 6000, 30_000],
  );
  t.deepEqual(
    [1, 2, 9].map(count => delay(new KubeError('no', { code: 403 }), count, 0)),
    [2000, 4000, 30_000],
  );
  t.is(delay(new KubeError('busy', { code: 429, retryAfterMs: 9000 }), 1, 0), 9000);
  const login = new KubeError('who?', { code: 401 });
  t.deepEqual([delay(login, 9, 30_000), delay(login, 9, 90_000)], [5000, 30_000]);
  for (const random of [0, 0.999]) {
    const ms = watchDelayMs({ error: away, count: 9, failingForMs: 9000, random });
    t.true(ms >= 2250 && ms < 3750);
  }
});
