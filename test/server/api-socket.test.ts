// The API without TLS, on a socket in the file system.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { askApi, startServers } from './fixtures.ts';

function place(t: ExecutionContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api-'));
  t.teardown(() => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'tilt.sock');
}

function ask(socketPath: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get({ socketPath, path: '/apis', headers, agent: false }, response => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    request.once('error', reject);
  });
}

test('it wants the token as TLS does, and the socket goes with the server', async t => {
  const file = place(t);
  const { api, token } = await startServers(t, { socketPath: file });
  t.is(api.socketPath, file);
  t.is(await ask(file, { Authorization: `Bearer ${token}` }), 200);
  t.is(await ask(file, {}), 403);
  t.is(await ask(file, { Authorization: 'Bearer x' }), 403);
  await api.close();
  t.false(fs.existsSync(file));
});

test('a socket that a dead process left is replaced', async t => {
  const file = place(t);
  const dead = net.createServer();
  await new Promise<void>(resolve => dead.listen(file, resolve));
  fs.linkSync(file, `${file}.kept`);
  await new Promise(resolve => dead.close(resolve));
  fs.renameSync(`${file}.kept`, file);
  await t.throwsAsync(ask(file, {}), { code: 'ECONNREFUSED' });
  const { token } = await startServers(t, { socketPath: file });
  t.is(await ask(file, { Authorization: `Bearer ${token}` }), 200);
});

test('where there can be no socket, TLS alone does', async t => {
  const running = await startServers(t, { socketPath: path.join(path.dirname(place(t)), 'missing/tilt.sock') });
  t.is(running.api.socketPath, undefined);
  t.is((await askApi(running, '/apis')).code, 200);
});
