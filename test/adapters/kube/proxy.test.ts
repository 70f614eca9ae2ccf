// When a proxy is used, and that the way through one works.
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import test from 'ava';
import { findProxy } from '../../../src/adapters/kube/proxy.ts';
import { neverAborted } from '../../../src/base/abort.ts';
import { scriptKube, sendJson } from '../../support/scripted-kube.ts';

const proxied: readonly (readonly [string, Record<string, string>, string | undefined])[] = [
  ['https://far:6443', {}, undefined],
  ['https://far:6443', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['https://far:6443', { https_proxy: 'p:1' }, 'http://p:1/'],
  ['https://far:6443', { HTTP_PROXY: 'http://p:1' }, undefined],
  ['http://far:6443', { HTTP_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['https://localhost:6443', { HTTPS_PROXY: 'http://p:1' }, undefined],
  ['https://127.0.0.1:6443', { HTTPS_PROXY: 'http://p:1' }, undefined],
  ['https://[::1]:6443', { HTTPS_PROXY: 'http://p:1' }, undefined],
  ['https://far:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, undefined],
  ['https://a.far.org', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x, far.org' }, undefined],
  ['https://far.org', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'far.org' }, undefined],
  ['https://far.org', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.far.org' }, 'http://p:1/'],
  ['https://a.far.org', { HTTPS_PROXY: 'http://p:1', no_proxy: '.far.org' }, undefined],
  ['https://notfar.org', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'far.org' }, 'http://p:1/'],
  ['https://10.1.2.3:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.1.2.3:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://p:1/'],
  ['https://far:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'far:443' }, 'http://p:1/'],
  ['https://far:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'far:6443' }, undefined],
];

test('rules of the environment', t => {
  for (const [server, env, expected] of proxied)
    t.is(findProxy(new URL(server), {}, env)?.href, expected, `${server} ${JSON.stringify(env)}`);
  t.is(
    findProxy(new URL('https://localhost'), { 'proxy-url': 'socks5://p:1' }, { NO_PROXY: '*' })?.href,
    'socks5://p:1',
  );
  t.throws(() => findProxy(new URL('https://far'), { 'proxy-url': 'ftp://p' }, {}), {
    message: /^proxy-url: "ftp:\/\/p"/,
  });
});

test('requests go through the proxy that the kubeconfig names', async t => {
  const connects: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request, socket: net.Socket) => {
    connects.push(request.url!);
    const [host, port] = request.url!.split(':');
    const onward = net.connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => {});
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const kube = await scriptKube(t, (_request, response) => sendJson(response, { gitVersion: 'v1' }), {
    cluster: { 'proxy-url': address },
  });
  t.is((await kube.client.version({ signal: neverAborted })).gitVersion, 'v1');
  t.deepEqual(connects, [new URL(kube.url).host]);
});

/** A SOCKS5 server without a password, for names and IPv4 addresses. */
function makeSocks(seen: string[]): net.Server {
  return net.createServer(socket => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Uint8Array.of(5, 0));
      socket.once('data', asked => {
        const isName = asked[3] === 3;
        const host = isName ? asked.subarray(5, 5 + asked[4]!).toString() : [...asked.subarray(4, 8)].join('.');
        const port = asked.readUInt16BE(asked.length - 2);
        seen.push(`${host}:${port}`);
        const onward = net.connect(port, host, () => {
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => {});
      });
    });
  });
}

test('requests go through a SOCKS proxy', async t => {
  const seen: string[] = [];
  const proxy = makeSocks(seen);
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  t.teardown(() => proxy.close());
  const address = `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const kube = await scriptKube(t, (_request, response) => sendJson(response, { gitVersion: 'v1' }), {
    cluster: { 'proxy-url': address },
  });
  t.is((await kube.client.version({ signal: neverAborted })).gitVersion, 'v1');
  t.deepEqual(seen, [new URL(kube.url).host]);
});
