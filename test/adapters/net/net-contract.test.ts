// What the real Net and the fake have in common.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { makeNet, type Net } from '../../../src/adapters/net/index.ts';
import { Canceled, makeAbortController, neverAborted } from '../../../src/base/abort.ts';
import { FakeNet } from '../../support/fakes/fake-net.ts';

interface Backend {
  readonly net: Net;
  /** Starts a server and returns its port; stop() makes it refuse. */
  serve(status: number): Promise<{ readonly port: number; stop(): Promise<void> }>;
}

function real(t: ExecutionContext): Backend {
  return {
    net: makeNet(),
    async serve(status) {
      const server = http.createServer((_request, response) => response.writeHead(status).end('body'));
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
      t.teardown(() => server.close());
      const stop = (): Promise<void> => new Promise(resolve => server.close(() => resolve()));
      return { port: (server.address() as AddressInfo).port, stop };
    },
  };
}

function fake(): Backend {
  const net = new FakeNet();
  return {
    net,
    async serve(status) {
      const port = 20_000 + net.servers.size;
      net.servers.set(port, { status, body: 'body' });
      return { port, stop: async () => void net.servers.delete(port) };
    },
  };
}

for (const [name, make] of Object.entries({ real, fake })) {
  test(`${name}: answers, refusals and aborted waits`, async t => {
    const { net, serve } = make(t);
    const free = { signal: neverAborted };
    const request = (port: number) => ({ url: `http://127.0.0.1:${port}/`, headers: [], timeoutMs: 10_000 });
    const good = await serve(204);
    const bad = await serve(500);
    t.true((await net.httpGet(request(good.port), free)).isOk);
    t.like(await net.httpGet(request(bad.port), free), { isOk: false, status: 500, body: 'body' });
    await net.tcpConnect({ host: '127.0.0.1', port: bad.port, timeoutMs: 10_000 }, free);
    await bad.stop();
    await t.throwsAsync(net.httpGet(request(bad.port), free), { message: /connection refused$/ });
    await t.throwsAsync(net.tcpConnect({ host: '127.0.0.1', port: bad.port, timeoutMs: 10_000 }, free), {
      message: /connection refused$/,
    });
    t.is(await net.portOwner(bad.port), undefined);
    const controller = makeAbortController();
    controller.abort(new Canceled('enough'));
    await t.throwsAsync(net.httpGet(request(good.port), { signal: controller.signal }), { instanceOf: Canceled });
  });
}
