// The empty connection to a pod's node, against a server that says what the test tells it to say.
import type { Duplex } from 'node:stream';
import test, { type ExecutionContext } from 'ava';
import { KubeError } from '../../../src/adapters/kube/index.ts';
import { neverAborted } from '../../../src/base/abort.ts';
import { ManualClock } from '../../../src/base/clock.ts';
import { scriptKube, sendStatus } from '../../support/scripted-kube.ts';
import { until } from '../../support/until.ts';

const web = { namespace: 'n', name: 'web' };
const free = { signal: neverAborted, timeoutMs: 0 };

/** Takes the upgrade and answers pings while `answers` is true. */
async function nodeOf(t: ExecutionContext) {
  const clock = new ManualClock();
  const kube = await scriptKube(t, (_request, response) => sendStatus(response, 403, 'Forbidden'), { clock });
  const node = { answers: true, heard: [] as string[], sockets: [] as Duplex[], path: '' };
  kube.server.on('upgrade', (request, socket: Duplex) => {
    node.path = `${request.method} ${request.url} ${request.headers.upgrade}`;
    node.sockets.push(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n');
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) => {
      node.heard.push(data.toString('hex'));
      if (node.answers) socket.write(data);
    });
  });
  t.teardown(() => {
    for (const socket of node.sockets) socket.destroy();
  });
  return { clock, kube, node };
}

test('it stands when the node has answered, asks from time to time, and opens nothing', async t => {
  const { clock, kube, node } = await nodeOf(t);
  const line = await kube.client.holdLine(web, free);
  t.is(node.path, 'POST /api/v1/namespaces/n/pods/web/portforward SPDY/3.1');
  let lost: KubeError | undefined;
  void line.lost.then(error => {
    lost = error;
  });
  for (let i = 2; i <= 4; i++) {
    clock.advance(2500);
    await until(t, () => node.heard.length === i);
    // The answer has to arrive before time passes on.
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  t.deepEqual(
    node.heard,
    [1, 3, 5, 7].map(id => `80030006000000040000000${id}`),
  );
  t.is(lost, undefined);
  line.dispose();
  await until(t, () => node.sockets[0]!.destroyed || node.sockets[0]!.readableEnded);
});

test('a node that falls silent is lost within some seconds', async t => {
  const { clock, kube, node } = await nodeOf(t);
  const line = await kube.client.holdLine(web, free);
  node.answers = false;
  clock.advance(7500);
  const lost = await line.lost;
  t.is(lost.reason, 'Timeout');
});

test('a connection that breaks off is lost at once', async t => {
  const { kube, node } = await nodeOf(t);
  const line = await kube.client.holdLine(web, free);
  node.sockets[0]!.destroy();
  t.is((await line.lost).code, 0);
});

test('a server that does not let such connections be says why', async t => {
  const kube = await scriptKube(t, (_request, response) => sendStatus(response, 403, 'Forbidden'));
  const error = await t.throwsAsync(kube.client.holdLine(web, free), { instanceOf: KubeError });
  t.is((error as KubeError).code, 403);
});
