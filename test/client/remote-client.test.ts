// A screen on a session of another process: the same Client port, over HTTP.
import test, { type ExecutionContext } from 'ava';
import type { LogCursor, LogLine } from '../../src/api/client.ts';
import { systemClock } from '../../src/base/clock.ts';
import { connectApi } from '../../src/client/api-client.ts';
import { connectClient, type RemoteClient } from '../../src/client/remote-client.ts';
import { connectWeb } from '../../src/client/web-client.ts';
import { type Running, startServers, until, webToken } from '../server/fixtures.ts';

const v = 'tilt.dev/v1alpha1';
const resource = (name: string) => ({ apiVersion: v, kind: 'UIResource', metadata: { name }, spec: {} });

async function connect(t: ExecutionContext, running: Running): Promise<RemoteClient> {
  const entry = {
    name: 'tilt-1',
    server: running.api.url,
    certificateAuthority: running.certificate.certificate,
    token: running.token,
  };
  const client = await connectClient({
    clock: systemClock,
    connectApi: signal => connectApi(entry, { signal }),
    connectWeb: signal => connectWeb({ host: '127.0.0.1', port: running.web.port, token: webToken, signal }),
  });
  t.teardown(() => client.dispose());
  return client;
}

test('the replica has what there is and follows what changes', async t => {
  const running = await startServers(t);
  const { store } = running;
  store.create('UIResource', resource('a'));
  store.create('Session', {
    apiVersion: v,
    kind: 'Session',
    metadata: { name: 'Tiltfile' },
    spec: { tiltfilePath: '/home/me/shop/Tiltfile', exitCondition: 'manual' },
  });
  const client = await connect(t, running);
  t.like(client.session, { project: 'shop', tiltfilePath: '/home/me/shop/Tiltfile', tiltfileArgs: [] });
  t.deepEqual(client.list('UIResource'), store.list('UIResource'));
  const changes: string[] = [];
  client.onChange(keys => {
    for (const [kind, names] of keys) for (const name of names) changes.push(`${kind} ${name}`);
  });
  store.create('UIResource', resource('b'));
  store.delete('UIResource', 'a');
  await until(() => changes.includes('UIResource a') && changes.includes('UIResource b'));
  t.is(client.get('UIResource', 'a'), undefined);
  t.deepEqual(client.list('UIResource'), store.list('UIResource'));
});

test('what a screen asks for is done', async t => {
  const running = await startServers(t);
  const { store, told } = running;
  const location = { componentID: 'web', componentType: 'Resource' };
  const inputs = [
    { name: 'x', text: { defaultValue: 'd' } },
    { name: 'y', bool: {} },
    { name: 'h', hidden: { value: 's' } },
  ];
  const button = {
    apiVersion: v,
    kind: 'UIButton',
    metadata: { name: 'web-stopbuild' },
    spec: { text: 'Stop', location, inputs },
  };
  store.create('UIButton', button);
  store.create('ConfigMap', {
    apiVersion: v,
    kind: 'ConfigMap',
    metadata: { name: 'web-disable' },
    data: { isDisabled: 'false' },
  });
  const client = await connect(t, running);
  await client.trigger('web');
  await client.setTriggerMode('web', 2);
  await client.setTiltfileArgs(['a']);
  t.deepEqual(told, [
    ['trigger', 'web', 64],
    ['mode', ['web'], 2],
    ['args', ['a']],
  ]);
  await client.clickButton('web-stopbuild', { x: 'typed', y: true });
  const { status } = store.get('UIButton', 'web-stopbuild')!;
  t.truthy(status?.lastClickedAt);
  t.deepEqual(status?.inputs, [
    { name: 'x', text: { value: 'typed' } },
    { name: 'y', bool: { value: true } },
    { name: 'h', hidden: { value: 's' } },
  ]);
  await client.setDisabled(['web'], true);
  t.is(store.get('ConfigMap', 'web-disable')?.data?.['isDisabled'], 'true');
  await t.throwsAsync(client.trigger('nope'), { message: '(404): resource "nope" does not exist' });
  await t.throwsAsync(client.clickButton('nope', {}), { message: 'uibuttons.tilt.dev "nope" not found' });
  t.deepEqual((await client.exitPlan()).localServers, ['web']);
  const progress: string[] = [];
  await client.exit('disable', line => progress.push(line));
  t.deepEqual(progress, ['disable: stopping web']);
});

const textsOf = (lines: readonly LogLine[]) => lines.map(line => line.text);

async function allNext(cursor: LogCursor, max: number): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const lines = await cursor.next(max);
    if (lines.length === 0) return all;
    all.push(...textsOf(lines));
  }
}

test('a remote place in the log moves both ways like a local one', async t => {
  const running = await startServers(t);
  const { logs } = running;
  for (let i = 0; i < 25; i++) logs.append(`line ${i}`, i % 5 === 0 ? { resource: 'db' } : {});
  const client = await connect(t, running);
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `line ${from + i}`);
  const fromStart = client.openLogs({}, { at: 'start' });
  t.deepEqual(textsOf(await fromStart.next(10)), numbers(0, 10));
  t.deepEqual(await allNext(fromStart, 10), numbers(10, 25));
  t.deepEqual(textsOf(await fromStart.previous(5)), numbers(20, 25));
  t.deepEqual(textsOf(await fromStart.previous(5)), numbers(15, 20));
  t.deepEqual(textsOf(await fromStart.next(3)), numbers(15, 18));
  const fromEnd = client.openLogs({}, { at: 'end', tail: 4 });
  t.deepEqual(await allNext(fromEnd, 10), numbers(21, 25));
  const onlyNew = client.openLogs({ resources: ['db'] }, { at: 'end' });
  t.deepEqual(await allNext(onlyNew, 10), []);
  t.deepEqual(textsOf(await onlyNew.previous(2)), ['line 15', 'line 20']);
  const atLine = client.openLogs({}, { at: { lineId: 7 } });
  t.deepEqual(textsOf(await atLine.next(2)), numbers(7, 9));
  for (const cursor of [fromStart, fromEnd, onlyNew, atLine]) cursor.dispose();
});

test('a remote place hears of what is new, and of lines that grow', async t => {
  const running = await startServers(t);
  const { logs } = running;
  const client = await connect(t, running);
  const cursor = client.openLogs({}, { at: 'end' });
  t.deepEqual(await allNext(cursor, 10), []);
  let calls = 0;
  cursor.onMore(() => calls++);
  await until(() => logs.openCursors === 1);
  logs.append('half', { isPartial: true });
  await until(() => calls === 1);
  t.deepEqual(await allNext(cursor, 10), ['half']);
  logs.append('other');
  t.deepEqual(await allNext(cursor, 10), ['other'], 'what was given is not given again');
  const { isPartial: _p, ...whole } = logs.lines[0]!;
  logs.lines[0] = { ...whole, text: 'half and half' };
  t.deepEqual(await allNext(cursor, 10), ['half and half']);
  t.deepEqual(await allNext(cursor, 10), []);
  cursor.dispose();
  await until(() => logs.openCursors === 0);
});

test('a remote log is searched and filtered where it is, and its sections are known', async t => {
  const running = await startServers(t);
  const { logs } = running;
  for (let i = 0; i < 30; i++)
    logs.append(`line ${i}`, { isSpanStart: i % 10 === 0, resource: i < 20 ? 'web' : 'db', spanId: `build:${i}` });
  const client = await connect(t, running);
  const words = [{ pattern: 'line 2' }, { pattern: '9', isInverse: true }, { pattern: '^l', isRegex: true }];
  const cursor = client.openLogs({ words: words.slice(0, 2) }, { at: 'start' });
  t.deepEqual(
    await allNext(cursor, 100),
    [2, 20, 21, 22, 23, 24, 25, 26, 27, 28].map(i => `line ${i}`),
  );
  cursor.dispose();
  const search = { text: { pattern: 'line 1', isRegex: true }, orLevel: 'error', beforeId: 500, afterId: 3 } as const;
  const filter = { resources: ['web'], words };
  const { signal } = new AbortController();
  t.deepEqual(await client.findLogs({ ...search, filter, maxIds: 4 }, { signal }), {
    ids: [16, 17, 18, 19],
    throughId: 29,
    isCut: true,
  });
  t.like(logs.searches[0], { ...search, maxIds: 4 });
  t.like(logs.searches[0]!.filter, { resources: ['web'] });
  t.deepEqual(
    logs.searches[0]!.filter.words?.map(word => [word.pattern, word.isRegex === true, word.isInverse === true]),
    [
      ['line 2', false, false],
      ['9', false, true],
      ['^l', true, false],
    ],
  );
  const ids = (resources?: readonly string[]): number[] => client.logSections(resources).map(({ id }) => id);
  t.deepEqual([ids(), ids(['db'])], [[0, 10, 20], [20]]);
  logs.append('later', { isSpanStart: true, resource: 'db' });
  await until(() => ids().length === 4);
  t.deepEqual(ids(['db']), [20, 30]);
  const bad = client.openLogs({ words: [{ pattern: '(', isRegex: true }] }, { at: 'start' });
  await t.throwsAsync(bad.next(1), { message: /^word: Invalid regular expression/ });
  bad.dispose();
});

test('warnings are counted by the session', async t => {
  const running = await startServers(t);
  running.store.create('UIResource', resource('web'));
  running.logs.append('careful', { level: 'warn', isAnchor: true });
  const client = await connect(t, running);
  t.deepEqual(client.logCounts('web'), { warnings: 1, errors: 0 });
  t.deepEqual(client.logCounts('__proto__'), { warnings: 0, errors: 0 });
  running.logs.append('bad', { level: 'error', isAnchor: true });
  await until(() => client.logCounts('web').errors === 1);
});

test('the end of the session is told, and leaving ends every connection', async t => {
  const running = await startServers(t);
  running.store.create('UIResource', resource('a'));
  const client = await connect(t, running);
  await running.api.close();
  await client.closed;
  t.is(client.list('UIResource').length, 1, 'the last state stays to be looked at');
  const other = await startServers(t);
  const leaving = await connect(t, other);
  leaving.dispose();
  await leaving.closed;
  t.pass();
});

test('a session that is not there is said at once', async t => {
  const running = await startServers(t);
  await running.api.close();
  await t.throwsAsync(connect(t, running), { message: /was refused - did you specify the right host or port\?$/ });
});
