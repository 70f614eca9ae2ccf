// The client against the real server, on loopback.
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { WebSocketServer } from 'ws';
import type { LogLine } from '../../src/api/client.ts';
import { isNotFound, StatusError } from '../../src/api/status-error.ts';
import { Canceled, makeAbortController, neverAborted } from '../../src/base/abort.ts';
import { systemClock } from '../../src/base/clock.ts';
import { connectApi } from '../../src/client/api-client.ts';
import { ClientError, NotRunningError } from '../../src/client/errors.ts';
import { findApiServer, runningPorts, webAddressDefaults } from '../../src/client/find-session.ts';
import { connectWeb } from '../../src/client/web-client.ts';
import { addApiServer } from '../../src/state/kubeconfig.ts';
import { type Running, startServers, until, webToken } from '../server/fixtures.ts';

const v = 'tilt.dev/v1alpha1';
const cmd = (name: string, labels = {}) => ({
  apiVersion: v,
  kind: 'Cmd',
  metadata: { name, labels },
  spec: { args: ['x'] },
});

function apiOf({ api, token, certificate }: Running, signal = neverAborted) {
  const entry = { name: 'tilt-default', server: api.url, certificateAuthority: certificate.certificate, token };
  return connectApi(entry, { signal });
}

const webOf = ({ web }: Running, signal = neverAborted) =>
  connectWeb({ host: 'localhost', port: web.port, token: webToken, signal });

async function* take<T>(from: AsyncGenerator<T>, count: number): AsyncGenerator<T> {
  if (count === 0) return;
  for await (const item of from) {
    yield item;
    if (--count === 0) return;
  }
}

async function texts(lines: AsyncGenerator<LogLine>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line.text);
  return all;
}

test('a session with a socket is asked over it; over TLS when nobody listens there any more', async t => {
  const socketPath = path.join(stateDirectory(t), 'api.sock');
  const running = await startServers(t, { socketPath });
  const { entry } = apiOf(running);
  const overSocket = connectApi({ ...entry, server: 'https://127.0.0.1:1', socketPath }, { signal: neverAborted });
  await overSocket.create('Cmd', cmd('a'));
  t.deepEqual(
    (await overSocket.list('Cmd')).items.map(({ metadata }) => metadata.name),
    ['a'],
  );
  const events = [];
  for await (const { type, object } of take(overSocket.watch('Cmd'), 1)) events.push([type, object.metadata.name]);
  t.deepEqual(events, [['ADDED', 'a']]);
  await t.throwsAsync(overSocket.get('Cmd', 'nope'), { instanceOf: StatusError, message: /not found/ });

  const gone = connectApi({ ...entry, socketPath: `${socketPath}.gone` }, { signal: neverAborted });
  t.is((await gone.get('Cmd', 'a')).metadata.name, 'a');
  const nobody = { ...entry, server: 'https://127.0.0.1:1', socketPath: `${socketPath}.gone` };
  await t.throwsAsync(connectApi(nobody, { signal: neverAborted }).get('Cmd', 'a'), {
    instanceOf: NotRunningError,
    message: 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
  });
});

test('TILT_HOST and TILT_PORT are the defaults', t => {
  t.deepEqual(webAddressDefaults({}), { host: 'localhost', port: 10350 });
  t.deepEqual(webAddressDefaults({ TILT_HOST: '0.0.0.0', TILT_PORT: '7' }), { host: '0.0.0.0', port: 7 });
  t.throws(() => webAddressDefaults({ TILT_PORT: 'x' }), {
    instanceOf: ClientError,
    message: 'parsing env TILT_PORT: strconv.Atoi: parsing "x": invalid syntax',
  });
});

function stateDirectory(t: ExecutionContext): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'client-'));
  t.teardown(() => fs.rmSync(directory, { recursive: true }));
  return directory;
}

test('a session is found through the config; where it is not, those that run are named', async t => {
  const running = await startServers(t);
  const places = { stateDirectory: stateDirectory(t), env: {} };
  await t.throwsAsync(findApiServer(places, 10350), {
    instanceOf: NotRunningError,
    message: 'No tilt apiserver found: tilt-default',
  });
  const { entry } = apiOf(running);
  const census = { own: { pid: 1, startTime: '', bootId: '' }, isAlive: async () => true };
  const lock = { census, clock: systemClock, signal: neverAborted };
  const files = [path.join(places.stateDirectory, 'config')];
  await addApiServer(files, { ...entry, name: 'tilt-10777' }, lock);
  await addApiServer(files, { ...entry, name: 'tilt-10888', server: 'https://127.0.0.1:1' }, lock);
  t.deepEqual(await findApiServer(places, 10777), { ...entry, name: 'tilt-10777' });
  await t.throwsAsync(findApiServer(places, 10350), {
    message: 'No tilt apiserver found: tilt-default\nTilt runs with: --port 10777',
  });
  t.deepEqual(await runningPorts(places), [10777]);
});

test('objects are read, written and deleted', async t => {
  const api = apiOf(await startServers(t));
  const made = await api.create('Cmd', cmd('a/b'.replace('/', ' ')));
  t.deepEqual(await api.get('Cmd', 'a b'), made);
  const changed = await api.update('Cmd', { ...made, spec: { args: ['y'] } });
  t.deepEqual(changed.spec, { args: ['y'] });
  t.is((await api.updateStatus('Cmd', { ...changed, status: { ready: true } })).status?.ready, true);
  t.is((await api.patch('Cmd', 'a b', { spec: { dir: '/d' } })).spec?.dir, '/d');
  t.deepEqual((await api.patch('Cmd', 'a b', [{ op: 'remove', path: '/spec/dir' }], 'json')).spec, { args: ['y'] });
  await api.create('Cmd', cmd('b', { x: 'y' }));
  const { items, resourceVersion } = await api.list('Cmd', { labelSelector: 'x=y' });
  t.deepEqual(
    items.map(i => i.metadata.name),
    ['b'],
  );
  t.regex(resourceVersion, /^\d+$/);
  await api.delete('Cmd', 'a b');
  const error = await t.throwsAsync(api.get('Cmd', 'a b'), { instanceOf: StatusError });
  t.true(isNotFound(error));
  t.is(error?.message, 'cmds.tilt.dev "a b" not found');
  t.is((await api.request('/version')).code, 200);
});

test('a watch tells of changes until it is left', async t => {
  const running = await startServers(t);
  const stop = makeAbortController();
  const api = apiOf(running, stop.signal);
  await api.create('Cmd', cmd('a'));
  const seen: string[] = [];
  for await (const { type, object } of take(api.watch('Cmd'), 3)) {
    seen.push(`${type} ${object.metadata.name}`);
    if (seen.length === 1) running.store.setStatus('Cmd', 'a', { ready: true });
    if (seen.length === 2) running.store.delete('Cmd', 'a');
  }
  t.deepEqual(seen, ['ADDED a', 'MODIFIED a', 'DELETED a']);
  const waiting = api.watch('Cmd').next();
  setTimeout(() => stop.abort(new Canceled('enough')), 50);
  t.true(
    await waiting.then(
      r => r.done === true,
      error => error instanceof Canceled,
    ),
  );
});

test('who is not there and who does not let us in', async t => {
  const running = await startServers(t);
  const { entry } = apiOf(running);
  const wrong = connectApi({ ...entry, token: 'x' }, { signal: neverAborted });
  t.is((await t.throwsAsync(wrong.list('Cmd'), { instanceOf: StatusError }))?.reason, 'Forbidden');
  const stranger = connectApi({ ...entry, certificateAuthority: '' }, { signal: neverAborted });
  await t.throwsAsync(stranger.list('Cmd'), {
    instanceOf: NotRunningError,
    message: /^Unable to connect to the server: /,
  });
  await running.api.close();
  const { host } = new URL(entry.server);
  await t.throwsAsync(apiOf(running).list('Cmd'), {
    instanceOf: NotRunningError,
    message: `The connection to the server ${host} was refused - did you specify the right host or port?`,
  });
});

test('trigger, arguments and modes', async t => {
  const running = await startServers(t);
  const web = webOf(running);
  await web.trigger('web', 32);
  await web.setTiltfileArgs(['a', 'b']);
  await web.setTriggerMode(['web'], 1);
  t.deepEqual(running.told, [
    ['trigger', 'web', 32],
    ['args', ['a', 'b']],
    ['mode', ['web'], 1],
  ]);
  await t.throwsAsync(web.trigger('nope', 32), { message: '(404): resource "nope" does not exist' });
  await t.throwsAsync(web.trigger('off', 32), { message: 'resource "off" is currently disabled' });
  t.deepEqual(JSON.parse(await web.get('dump/engine')), { engine: true });
});

test('nobody there: the words of Tilt', async t => {
  const running = await startServers(t);
  const web = webOf(running);
  const { port } = running.web;
  await running.web.close();
  const url = `http://localhost:${port}/api/trigger`;
  const refused = new RegExp(
    `^Could not connect to Tilt at ${url}: Post "${url}": dial tcp .*:${port}: connect: connection refused$`,
  );
  await t.throwsAsync(web.trigger('web', 1), { instanceOf: NotRunningError, message: refused });
  const asked = `http://localhost:${port}/api/websocket_token`;
  const message = new RegExp(
    `^fetching websocket token: connecting to Tilt at ${asked}: Get "${asked}": dial tcp .*:${port}: connect: connection refused$`,
  );
  await t.throwsAsync(texts(web.logs({})), { instanceOf: NotRunningError, message });
});

test('logs are filtered by the server and come with their own times', async t => {
  const running = await startServers(t);
  const { logs } = running;
  for (const text of ['a', 'b', 'c']) logs.append(text);
  logs.append('bad', { level: 'error', resource: 'db', isAnchor: true, buildEvent: 'init' });
  const web = webOf(running);
  t.deepEqual(await texts(web.logs({})), ['a', 'b', 'c', 'bad']);
  t.deepEqual(await texts(web.logs({ tail: 1 })), ['bad']);
  t.deepEqual(await texts(web.logs({ minLevel: 'warn', resources: ['db'], sinceMs: 1_700_000_000_003 })), ['bad']);
  const [line] = [...(await collect(web.logs({ resources: ['db'] })))];
  t.deepEqual(line, logs.lines[3]);
  const stop = makeAbortController();
  const followed: string[] = [];
  const reading = (async () => {
    for await (const l of webOf(running, stop.signal).logs({ follow: true, tail: 0 })) followed.push(l.text);
  })().catch(error => t.true(error instanceof Canceled));
  await until(() => logs.openCursors === 1);
  logs.append('new');
  await until(() => followed.length === 1);
  stop.abort(new Canceled('enough'));
  await reading;
  await until(() => logs.openCursors === 0);
  t.deepEqual(followed, ['new']);
});

async function collect<T>(from: AsyncGenerator<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of from) all.push(item);
  return all;
}

test('following ends when the session does', async t => {
  const running = await startServers(t);
  running.logs.append('x');
  const reading = texts(webOf(running).logs({ follow: true }));
  await until(() => running.logs.openCursors === 1);
  await running.web.close();
  t.deepEqual(await reading, ['x']);
});

/** A server that answers as the real Tilt does: a page for /api/logs, the log on the web socket. */
async function startTiltLike(t: ExecutionContext, messages: unknown[]): Promise<number> {
  const server = http.createServer((request, response) => {
    if (request.url === '/api/websocket_token') response.end('csrf');
    else response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>');
  });
  const sockets = new WebSocketServer({ server, path: '/ws/view' });
  sockets.on('connection', socket => {
    for (const message of messages) socket.send(JSON.stringify(message));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const segment = (text: string, more = {}) => ({
  spanId: 'build:1',
  time: '2026-01-01T00:00:00.000001Z',
  text,
  level: 'INFO',
  ...more,
});

test('the log of a real Tilt is read from its web socket and filtered here', async t => {
  const spans = { '': {}, 'build:1': { manifestName: 'web' }, 'localserve:1': { manifestName: 'web' } };
  const first = [
    segment('global\n', { spanId: undefined }),
    segment('Initial Build\n', { fields: { buildEvent: 'init' } }),
    segment('half '),
    segment('tick\n', { spanId: 'localserve:1' }),
    segment('done\n'),
    segment('careful\n', { level: 'WARN', anchor: true }),
    segment('no newline'),
  ];
  const messages = [
    { logList: { spans, segments: first }, isComplete: true },
    {},
    { logList: { segments: [segment(' yet\n')] } },
  ];
  const port = await startTiltLike(t, messages);
  const web = (signal = neverAborted) => connectWeb({ host: '127.0.0.1', port, token: '', signal });
  const all = ['global', 'Initial Build', 'tick', 'half done', 'careful', 'no newline'];
  t.deepEqual(await texts(web().logs({})), all);
  t.deepEqual(await texts(web().logs({ tail: 2 })), ['careful', 'no newline']);
  t.deepEqual(await texts(web().logs({ tail: 0 })), []);
  t.deepEqual(await texts(web().logs({ minLevel: 'warn' })), ['Initial Build', 'careful']);
  t.deepEqual(await texts(web().logs({ source: 'runtime', resources: ['web'] })), ['Initial Build', 'tick']);
  t.deepEqual(await texts(take(web().logs({ follow: true }), 6)), [...all.slice(0, 5), 'no newline yet']);
});
