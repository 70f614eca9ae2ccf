import net from 'node:net';
import os from 'node:os';
import test from 'ava';
import { WebSocket } from 'ws';
import { systemClock } from '../../src/base/clock.ts';
import { PortInUseError } from '../../src/server/listener.ts';
import { startWebServer } from '../../src/server/web-server.ts';
import { ask, askWeb, LineReader, startServers, until, webToken } from './fixtures.ts';

const v = 'tilt.dev/v1alpha1';
const resource = (name: string, order: number) => ({
  apiVersion: v,
  kind: 'UIResource',
  metadata: { name },
  spec: {},
  status: { order },
});

test('pages are open to all and bring the token; everything under /api wants it', async t => {
  const running = await startServers(t);
  const url = `http://127.0.0.1:${running.web.port}`;
  for (const path of ['/', '/overview', '/r/web/overview', '/api/nothing']) {
    const page = await ask(url + path);
    t.is(page.code, 200, path);
    t.is(page.headers['cache-control'], 'no-store, max-age=0');
    t.deepEqual(page.headers['set-cookie'], [`Tilt-Token=${webToken}; Path=/; SameSite=Strict`]);
    t.regex(page.text, /Tilt is running/);
  }
  for (const path of ['/static/x.js', '/favicon.ico', '/manifest.json', '/debug/pprof'])
    t.is((await ask(url + path)).code, 404, path);
  for (const path of [
    '/api/view',
    '/api/websocket_token',
    '/api/logs',
    '/api/dump/engine',
    '/api/snapshot/x',
    '/api/exit',
    '/proxy/x',
  ]) {
    const missing = await ask(url + path);
    t.deepEqual([missing.code, missing.text], [403, 'missing session token\n'], path);
    const wrong = await ask(url + path, { headers: { 'X-Tilt-Token': 'x' } });
    t.deepEqual([wrong.code, wrong.text], [403, 'invalid session token\n'], path);
  }
  const cookie = await ask(`${url}/api/websocket_token`, { headers: { Cookie: `a=b; Tilt-Token=${webToken}` } });
  t.regex(cookie.text, /^[0-9a-f-]{36}$/);
});

test('another origin is refused, and so is a name that is not ours', async t => {
  const running = await startServers(t, { host: '127.0.0.1' });
  const host = `127.0.0.1:${running.web.port}`;
  const get = (headers: Record<string, string>) => ask(`http://${host}/`, { headers });
  t.is((await get({ Origin: `http://${host}` })).code, 200);
  for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:1`]) {
    const refused = await get({ Origin: origin });
    t.deepEqual([refused.code, refused.text], [403, 'cross-origin request forbidden\n'], origin);
  }
  for (const name of [
    'localhost',
    'localhost:1',
    'x.localhost',
    '[::1]:5',
    '10.0.0.7:80',
    'devbox:10350',
    'devbox.local',
    os.hostname(),
  ])
    t.is((await get({ Host: name })).code, 200, name);
  const rebound = await get({ Host: 'evil.example' });
  t.is(rebound.code, 403);
  t.is(rebound.headers['set-cookie'], undefined);
  for (const name of ['localhost.evil.example', '127.0.0.1.evil.example', 'a.b:1'])
    t.is((await get({ Host: name })).code, 403, name);
  const byCookie = { Host: 'evil.example', Cookie: `Tilt-Token=${webToken}` };
  t.is((await ask(`http://${host}/api/view`, { headers: byCookie })).code, 403);
  const byHeader = { Host: 'proxy.example', 'X-Tilt-Token': webToken };
  t.is((await ask(`http://${host}/api/view`, { headers: byHeader })).code, 200);
});

test('who authenticates in front of us can switch the token off while we run', async t => {
  let isOff = false;
  const running = await startServers(t, { isAuthDisabled: () => isOff });
  const url = `http://127.0.0.1:${running.web.port}/api/view`;
  t.is((await ask(url)).code, 403);
  isOff = true;
  t.is((await ask(url)).code, 200);
});

for (const [what, path, body, code, text, told] of [
  ['trigger', 'trigger', '{"manifest_names":["web"],"build_reason":16}', 200, '', [['trigger', 'web', 16]]],
  ['trigger without a reason', 'trigger', '{"manifest_names":["web"]}', 200, '', [['trigger', 'web', 128]]],
  [
    'trigger of what is not there',
    'trigger',
    '{"manifest_names":["nope"]}',
    404,
    'resource "nope" does not exist\n',
    [],
  ],
  ['trigger of what is off', 'trigger', '{"manifest_names":["off"]}', 200, 'resource "off" is currently disabled', []],
  [
    'trigger of two',
    'trigger',
    '{"manifest_names":["a","b"]}',
    400,
    '/api/trigger currently supports exactly one manifest name, got 2\n',
    [],
  ],
  ['trigger of none', 'trigger', '{}', 400, '/api/trigger currently supports exactly one manifest name, got 0\n', []],
  ['trigger, cut', 'trigger', '{"manifest_nam', 400, 'error parsing JSON payload: unexpected EOF\n', []],
  ['trigger, nothing', 'trigger', '', 400, 'error parsing JSON payload: EOF\n', []],
  [
    'trigger, no object',
    'trigger',
    'null',
    400,
    'error parsing JSON payload: json: want {"manifest_names": ["name"]}\n',
    [],
  ],
  ['mode', 'override/trigger_mode', '{"manifest_names":["web"],"trigger_mode":1}', 200, '', [['mode', ['web'], 1]]],
  [
    'mode 9',
    'override/trigger_mode',
    '{"manifest_names":["web"],"trigger_mode":9}',
    400,
    'invalid trigger mode: 9\n',
    [],
  ],
  [
    'mode of what is not there',
    'override/trigger_mode',
    '{"manifest_names":["x"],"trigger_mode":1}',
    400,
    "no manifest found with name 'x'\n",
    [],
  ],
  [
    'mode, strict',
    'override/trigger_mode',
    '{"manifest_names":["web"],"x":1}',
    400,
    'error parsing JSON payload: json: unknown field "x"\n',
    [],
  ],
  ['args', 'set_tiltfile_args', '["a","b c"]', 200, '', [['args', ['a', 'b c']]]],
  ['args, wrong', 'set_tiltfile_args', '{}', 400, 'error parsing JSON payload: want a list of strings\n', []],
  ['args, refused', 'set_tiltfile_args', '["refuse"]', 500, 'error updating apiserver: refused\n', []],
  ['analytics', 'analytics', '[{"verb":"incr","name":"x"}]', 200, '', []],
  [
    'analytics, other verb',
    'analytics',
    '[{"verb":"x"}]',
    400,
    'error parsing payloads: only incr verbs are supported\n',
    [],
  ],
  ['analytics opt', 'analytics_opt', '{"opt":"opt-in"}', 200, '', []],
  [
    'analytics opt, unknown',
    'analytics_opt',
    '{"opt":"x"}',
    400,
    `error parsing opt 'x': unknown analytics opt: "x"\n`,
    [],
  ],
] as const) {
  test(`POST /api/${path}: ${what}`, async t => {
    const running = await startServers(t);
    const answer = await askWeb(running, `/api/${path}`, { method: 'POST', body });
    t.deepEqual([answer.code, answer.text, running.told], [code, text, told as unknown as unknown[]]);
  });
}

test('what is posted must be posted; arguments alone are a page then', async t => {
  const running = await startServers(t);
  for (const path of ['trigger', 'override/trigger_mode', 'analytics', 'analytics_opt'])
    t.is((await askWeb(running, `/api/${path}`)).text, 'must be POST request\n', path);
  t.regex((await askWeb(running, '/api/set_tiltfile_args')).text, /<!doctype html>/);
});

test('the view and the snapshot have the shape of Tilt', async t => {
  const running = await startServers(t);
  running.store.create('UIResource', resource('later', 2));
  running.store.setStatus('UIResource', 'later', { order: 2 });
  running.store.create('UIResource', resource('first', 1));
  running.store.setStatus('UIResource', 'first', { order: 1 });
  running.logs.append('hello');
  const view = await askWeb(running, '/api/view');
  t.deepEqual(Object.keys(view.json), ['logList', 'tiltStartTime', 'uiResources', 'uiButtons', 'isComplete']);
  t.deepEqual(view.json.logList, {
    spans: { 'build:1': { manifestName: 'web' } },
    segments: [{ spanId: 'build:1', time: '2023-11-14T22:13:20.000000Z', text: 'hello\n', level: 'INFO' }],
    toCheckpoint: 1,
  });
  t.is(view.json.tiltStartTime, '2023-11-14T22:13:20.000000Z');
  t.deepEqual(
    view.json.uiResources.map((r: { metadata: { name: string } }) => r.metadata.name),
    ['first', 'later'],
  );
  const snapshot = await askWeb(running, '/api/snapshot/any');
  t.deepEqual(Object.keys(snapshot.json), ['view', 'createdAt']);
  t.deepEqual(snapshot.json.view, view.json);
  t.deepEqual((await askWeb(running, '/api/dump/engine')).json, { engine: true });
});

async function openSocket(running: Parameters<typeof askWeb>[0]) {
  const csrf = (await askWeb(running, '/api/websocket_token')).text;
  const socket = new WebSocket(`ws://127.0.0.1:${running.web.port}/ws/view?csrf=${csrf}`);
  // biome-ignore lint/suspicious/noExplicitAny: messages of any shape
  const messages: { atMs: number; view: any }[] = [];
  socket.on('message', data => messages.push({ atMs: performance.now(), view: JSON.parse(String(data)) }));
  socket.on('error', () => {});
  return { socket, messages };
}

test('the web socket sends everything once, then what changed, five times a second at most', async t => {
  const running = await startServers(t);
  const { store, logs } = running;
  store.create('UIResource', resource('a', 1));
  logs.append('one');
  const { socket, messages } = await openSocket(running);
  t.teardown(() => socket.terminate());
  await until(() => messages.length === 1);
  t.true(messages[0]!.view.isComplete);
  t.is(messages[0]!.view.logList.toCheckpoint, 1);
  for (let i = 0; i < 20; i++) {
    store.setStatus('UIResource', 'a', { order: i + 10 });
    logs.append(`line ${i}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await until(() => messages.at(-1)?.view.logList?.toCheckpoint === 21);
  const changes = messages.slice(1);
  t.true(changes.length <= 6, `${changes.length} messages`);
  t.is(changes.at(-1)!.view.uiResources[0].status.order, 29);
  t.is(changes.at(-1)!.view.isComplete, undefined);
  const texts = messages.flatMap(m => (m.view.logList?.segments ?? []).map((s: { text: string }) => s.text.trim()));
  t.deepEqual(texts, ['one', ...Array.from({ length: 20 }, (_, i) => `line ${i}`)]);
  store.delete('UIResource', 'a');
  await until(() => messages.at(-1)!.view.uiResources?.[0]?.metadata.deletionTimestamp !== undefined);
  t.is(messages.at(-1)!.view.uiResources[0].metadata.name, 'a');
  t.is(messages.at(-1)!.view.logList, undefined);
});

test('a web socket without the CSRF token, with a foreign origin, or elsewhere is refused', async t => {
  const running = await startServers(t);
  const csrf = (await askWeb(running, '/api/websocket_token')).text;
  const refused = (path: string, headers = {}) =>
    new Promise<number>(resolve => {
      const socket = new WebSocket(`ws://127.0.0.1:${running.web.port}${path}`, { headers });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('open', () => resolve(101));
      socket.on('error', () => {});
      t.teardown(() => socket.terminate());
    });
  t.is(await refused('/ws/view'), 403);
  t.is(await refused('/ws/view?csrf=x', { 'X-Tilt-Token': webToken }), 403);
  t.is(await refused(`/ws/view?csrf=${csrf}`, { Origin: 'http://evil.example' }), 403);
  t.is(await refused(`/ws/other?csrf=${csrf}`), 404);
  t.is(await refused(`/ws/view?csrf=${csrf}`), 101);
});

const messagesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line).message);

test('/api/logs filters, tails and searches', async t => {
  const running = await startServers(t);
  const { logs } = running;
  logs.append('a');
  logs.append('b', { resource: 'db', level: 'warn', isAnchor: true });
  logs.append('c', { source: 'runtime', spanId: 'localserve:1' });
  logs.append('d', { level: 'error', timeMs: Date.now() });
  const get = async (query: string) => messagesOf((await askWeb(running, `/api/logs?${query}`)).text);
  t.deepEqual(await get(''), ['a', 'b', 'c', 'd']);
  t.deepEqual(await get('tail=2'), ['c', 'd']);
  t.deepEqual(await get('tail=0'), []);
  t.deepEqual(await get('tail=-1'), ['a', 'b', 'c', 'd']);
  t.deepEqual(await get('resource=db&resource=x'), ['b']);
  t.deepEqual(await get('level=warn'), ['b', 'd']);
  t.deepEqual(await get('source=runtime'), ['c']);
  t.deepEqual(await get('since=1h'), ['d']);
  t.deepEqual(await get('after=1'), ['c', 'd']);
  t.deepEqual(await get('after=0&limit=2'), ['b', 'c']);
  t.deepEqual(await get('before=3&limit=2'), ['b', 'c']);
  t.deepEqual(await get('before=0'), []);
  t.is((await askWeb(running, '/api/logs?tail=0')).headers['tilt-log-end'], '4');
  t.deepEqual(await get('search=c'), ['c', undefined]);
  const [line] = (await askWeb(running, '/api/logs?resource=db')).text.split('\n');
  t.is(
    line,
    '{"time":"2023-11-14T22:13:20.001Z","resource":"db","level":"WARN","message":"b","spanID":"build:1","source":"build","id":1,"anchor":true}',
  );
  for (const [query, text] of [
    ['level=loud', 'level: got "loud", want debug, verbose, info, warn or error\n'],
    ['source=x', 'source: got "x", want all, build or runtime\n'],
    ['tail=x', 'tail: got "x", want a number\n'],
    ['since=x', 'since: got "x", want a duration such as 5m, or a time\n'],
  ] as const) {
    const answer = await askWeb(running, `/api/logs?${query}`);
    t.deepEqual([answer.code, answer.text], [400, text]);
  }
});

test('/api/logs follows until the reader leaves, then lets go of its cursor', async t => {
  const running = await startServers(t);
  running.logs.append('old');
  const url = `http://127.0.0.1:${running.web.port}/api/logs?follow=1&tail=1`;
  const reader = new LineReader(url, { 'X-Tilt-Token': webToken });
  t.is(JSON.parse(await reader.next()).message, 'old');
  running.logs.append('new');
  t.is(JSON.parse(await reader.next()).message, 'new');
  t.is(running.logs.openCursors, 1);
  reader.close();
  await until(() => running.logs.openCursors === 0);
  t.pass();
});

test('a reader of logs that does not read costs no memory', async t => {
  const running = await startServers(t);
  const text = 'x'.repeat(10_000);
  for (let i = 0; i < 5_000; i++) running.logs.append(text);
  const socket = net.connect(running.web.port, '127.0.0.1');
  t.teardown(() => socket.destroy());
  socket.write(`GET /api/logs HTTP/1.1\r\nHost: localhost\r\nX-Tilt-Token: ${webToken}\r\n\r\n`);
  socket.pause();
  const before = process.memoryUsage().external;
  await new Promise(resolve => setTimeout(resolve, 300));
  t.is(running.logs.openCursors, 1, 'the cursor waits with its reader');
  t.true(process.memoryUsage().external - before < 25 * 2 ** 20);
  socket.destroy();
  await until(() => running.logs.openCursors === 0);
});

test('/proxy leads to UIButtons and to nothing else', async t => {
  const running = await startServers(t);
  const location = { componentID: 'web', componentType: 'Resource' };
  running.store.create('UIButton', {
    apiVersion: v,
    kind: 'UIButton',
    metadata: { name: 'b' },
    spec: { text: 'x', location },
  });
  const at = '/proxy/apis/tilt.dev/v1alpha1/uibuttons';
  const list = (await askWeb(running, at)).json;
  t.is(list.items.length, 1);
  const clicked = { ...list.items[0], status: { lastClickedAt: '2026-01-01T00:00:00.000001Z' } };
  const put = await askWeb(running, `${at}/b/status`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(clicked),
  });
  t.is(put.code, 200);
  t.is(running.store.get('UIButton', 'b')?.status?.lastClickedAt, '2026-01-01T00:00:00.000001Z');
  for (const path of [
    '/proxy/apis/tilt.dev/v1alpha1/cmds',
    '/proxy/apis/tilt.dev/v1alpha1/uibuttonsx',
    `${at}/../cmds`,
    '/proxy/version',
  ]) {
    const refused = await askWeb(running, path);
    t.deepEqual([refused.code, refused.text], [403, 'Forbidden\n'], path);
  }
});

test('/api/exit shows the plan and runs it with its progress', async t => {
  const running = await startServers(t);
  t.deepEqual((await askWeb(running, '/api/exit')).json.localServers, ['web']);
  t.is(
    (await askWeb(running, '/api/exit', { method: 'POST', body: '{"choice":"x"}' })).text,
    'choice: want keep, disable or down\n',
  );
  const done = await askWeb(running, '/api/exit', { method: 'POST', body: '{"choice":"down"}' });
  t.is(done.text, '{"progress":"down: stopping web"}\n{"done":true}\n');
  t.deepEqual(running.told, [['exit', 'down']]);
});

test('a taken port is said with what to do', async t => {
  const running = await startServers(t);
  const { port } = running.web;
  const again = startWebServer({
    backend: running.backend,
    clock: systemClock,
    host: 'localhost',
    port,
    token: webToken,
    isAuthDisabled: () => false,
    apiServer: running.api,
  });
  const error = await t.throwsAsync(again, { instanceOf: PortInUseError });
  t.is(
    error?.message,
    `Tilt cannot start because you already have another process on port ${port}\n` +
      'If you want to run multiple Tilt instances simultaneously,\n' +
      'use the --port flag or TILT_PORT env variable to set a custom port\n' +
      `Original error: listen tcp 127.0.0.1:${port}: bind: address already in use`,
  );
});

test('closing ends requests, streams and web sockets at once', async t => {
  const running = await startServers(t);
  const { socket, messages } = await openSocket(running);
  const reader = new LineReader(`http://127.0.0.1:${running.web.port}/api/logs?follow=1`, { 'X-Tilt-Token': webToken });
  await until(() => messages.length === 1 && running.logs.openCursors === 1);
  let isClosed = false;
  socket.on('close', () => {
    isClosed = true;
  });
  await running.web.close();
  await until(() => isClosed && reader.isEnded && running.logs.openCursors === 0);
  t.pass();
});

test('requests that make no sense are answered or dropped, and the server lives on', async t => {
  const running = await startServers(t);
  for (const text of [
    '\x00\x01\r\n\r\n',
    'GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n',
    `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
  ]) {
    await new Promise<void>(resolve => {
      const socket = net.connect(running.web.port, '127.0.0.1', () => socket.end(text));
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      socket.resume();
    });
  }
  t.is((await askWeb(running, '/api/view')).code, 200);
  const big = askWeb(running, '/api/trigger', { method: 'POST', body: Buffer.alloc(20 * 2 ** 20 + 1, 32) });
  const code = await big.then(
    answer => answer.code,
    () => 413,
  );
  t.is(code, 413);
});
