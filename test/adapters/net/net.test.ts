import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { makeNet } from '../../../src/adapters/net/index.ts';
import { Canceled, makeAbortController, neverAborted } from '../../../src/base/abort.ts';

const real = makeNet();
const free = { signal: neverAborted };

async function serve(t: ExecutionContext, handle: http.RequestListener): Promise<number> {
  const server = http.createServer(handle).listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function get(port: number, path: string, more: object = {}) {
  return real.httpGet({ url: `http://127.0.0.1:${port}${path}`, headers: [], timeoutMs: 10_000, ...more }, free);
}

test('statuses from 200 to 399 are well; redirects are followed on the same host only', async t => {
  const seen: http.IncomingHttpHeaders[] = [];
  const port = await serve(t, (request, response) => {
    seen.push(request.headers);
    const url = request.url!;
    if (url === '/there') response.writeHead(302, { location: '/200' }).end();
    else if (url === '/away') response.writeHead(302, { location: 'http://elsewhere.example/x' }).end();
    else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else response.writeHead(Number(url.slice(1))).end(`body ${url}`);
  });
  t.like(await get(port, '/200', { headers: [{ name: 'X-A', value: 'b' }] }), {
    status: 200,
    isOk: true,
    body: 'body /200',
  });
  t.is(seen[0]!['x-a'], 'b');
  t.regex(seen[0]!['user-agent']!, /^kube-probe/);
  t.like(await get(port, '/399'), { status: 399, isOk: true });
  t.like(await get(port, '/400'), { status: 400, isOk: false });
  t.like(await get(port, '/503'), { status: 503, isOk: false, body: 'body /503' });
  t.like(await get(port, '/there'), { status: 200, isOk: true });
  t.like(await get(port, '/away'), { status: 302, isOk: true, redirectedTo: 'http://elsewhere.example/x' });
  await t.throwsAsync(get(port, '/loop'), { message: /stopped after 10 redirects/ });
});

test('a body without end is cut', async t => {
  const port = await serve(t, (_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(5000)));
    };
    response.on('drain', more);
    more();
  });
  t.is((await get(port, '/')).body.length, 10_240);
});

test('no answer, no server and an aborted wait each say so', async t => {
  const port = await serve(t, () => {});
  await t.throwsAsync(get(port, '/', { timeoutMs: 50 }), { message: /no answer within 0\.05 s$/ });
  const controller = makeAbortController();
  const waiting = real.httpGet(
    { url: `http://127.0.0.1:${port}/`, headers: [], timeoutMs: 10_000 },
    { signal: controller.signal },
  );
  controller.abort(new Canceled('enough'));
  await t.throwsAsync(waiting, { instanceOf: Canceled, message: 'enough' });
  const unused = await unusedPort();
  await t.throwsAsync(get(unused, '/'), { message: `GET http://127.0.0.1:${unused}/: connection refused` });
  await t.throwsAsync(real.tcpConnect({ host: '127.0.0.1', port: unused, timeoutMs: 1000 }, free), {
    message: `dial tcp 127.0.0.1:${unused}: connection refused`,
  });
  await t.throwsAsync(real.tcpConnect({ host: 'localhost', port: 0, timeoutMs: 1000 }, free), {
    message: /invalid port/,
  });
  await t.throwsAsync(
    real.tcpConnect({ host: '127.0.0.1', port: unused, timeoutMs: 1000 }, { signal: controller.signal }),
    { instanceOf: Canceled },
  );
});

test('a port that listens can be reached, and its owner is known, by /proc and by lsof', async t => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  await real.tcpConnect({ host: 'localhost', port, timeoutMs: 10_000 }, free);
  if (process.platform === 'linux') t.is((await real.portOwner(port))?.pid, process.pid);
  const byLsof = await makeNet({ useProc: false }).portOwner(port);
  if (byLsof) t.is(byLsof.pid, process.pid);
  else t.log('lsof is not installed');
  t.is(await real.portOwner(await unusedPort()), undefined);
});

async function unusedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
