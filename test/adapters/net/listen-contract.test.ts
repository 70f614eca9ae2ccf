// What real local ports and the fake ones have in common.
import net from 'node:net';
import test, { type ExecutionContext } from 'ava';
import { type Listen, ListenError, type LocalConnection, makeNet } from '../../../src/adapters/net/index.ts';
import { type FakeCaller, FakeListen } from '../../support/fakes/fake-listen.ts';
import { until } from '../../support/until.ts';

interface Backend {
  readonly listen: Listen;
  /** Undefined: refused. */
  connect(port: number): Promise<FakeCaller | undefined>;
}

function realCaller(socket: net.Socket): FakeCaller {
  let received = '';
  let ending: FakeCaller['ending'] = 'open';
  socket.on('data', chunk => {
    received += chunk.toString();
  });
  socket.on('end', () => {
    ending = 'ended';
  });
  socket.on('error', () => {
    ending = 'reset';
  });
  return {
    isSlow: false,
    write: text => void socket.write(text),
    end: () => void socket.end(),
    close: () => void socket.destroy(),
    get received() {
      return received;
    },
    get ending() {
      return ending;
    },
  };
}

function real(t: ExecutionContext): Backend {
  return {
    listen: makeNet().listen,
    connect: port =>
      new Promise(resolve => {
        const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true });
        t.teardown(() => socket.destroy());
        socket.once('error', () => resolve(undefined));
        socket.once('connect', () => resolve(realCaller(socket)));
      }),
  };
}

function fake(): Backend {
  const ports = new FakeListen();
  return { listen: ports.listen, connect: async port => ports.connect(port) };
}

for (const [name, make] of Object.entries({ real, fake })) {
  test(`${name}: a free port, a taken one, one that is given back`, async t => {
    const { listen, connect } = make(t);
    const connections: LocalConnection[] = [];
    const first = await listen({ host: 'localhost', port: 0 }, connection => connections.push(connection));
    t.true(first.port > 0);
    t.is(first.addresses[0], '127.0.0.1');
    const request = { host: '', port: first.port };
    const error = await t.throwsAsync(
      listen(request, () => {}),
      { instanceOf: ListenError },
    );
    t.is((error as ListenError).problem, 'taken');
    t.is(error?.message, `listening on localhost:${first.port}: address already in use`);
    const caller = await connect(first.port);
    await until(t, () => connections.length === 1);
    first.dispose();
    // At once free for another, and what came in stays.
    const second = await listen(request, connection => connection.reset());
    caller!.write('still here');
    for await (const chunk of connections[0]!.incoming) {
      t.is(Buffer.from(chunk).toString(), 'still here');
      break;
    }
    connections[0]!.dispose();
    await until(t, () => caller!.ending === 'ended');
    second.dispose();
    t.is(await connect(first.port), undefined);
  });

  test(`${name}: both directions end one after the other, or break off together`, async t => {
    const { listen, connect } = make(t);
    const connections: LocalConnection[] = [];
    const listener = await listen({ host: '127.0.0.1', port: 0 }, connection => connections.push(connection));
    t.teardown(() => listener.dispose());
    t.deepEqual(listener.addresses, ['127.0.0.1']);
    const caller = (await connect(listener.port))!;
    caller.write('question');
    caller.end();
    await until(t, () => connections.length === 1);
    const [connection] = connections as [LocalConnection];
    let heard = '';
    for await (const chunk of connection.incoming) heard += Buffer.from(chunk).toString();
    t.is(heard, 'question');
    await connection.write(Buffer.from('answer'));
    await connection.end();
    await connection.closed;
    await until(t, () => caller.ending === 'ended');
    t.is(caller.received, 'answer');
    await connection.write(Buffer.from('too late'));
    connection.dispose();

    const broken = (await connect(listener.port))!;
    await until(t, () => connections.length === 2);
    connections[1]!.reset();
    await connections[1]!.closed;
    await until(t, () => broken.ending === 'reset');
    const leaving = (await connect(listener.port))!;
    await until(t, () => connections.length === 3);
    leaving.close();
    for await (const _chunk of connections[2]!.incoming) t.fail('nothing was said');
    await connections[2]!.end();
    await connections[2]!.closed;
  });
}

test('hosts: names, addresses of others, ports whose owner has all addresses', async t => {
  const { listen } = makeNet();
  const ignore = (): void => {};
  const all = await listen({ host: '0.0.0.0', port: 0 }, connection => connection.dispose());
  t.teardown(() => all.dispose());
  t.deepEqual(all.addresses, ['0.0.0.0']);
  await t.throwsAsync(listen({ host: '', port: all.port }, ignore), { message: /address already in use$/ });
  const asking = makeNet({ asksOwner: true });
  if (await asking.portOwner(all.port))
    await t.throwsAsync(asking.listen({ host: '127.0.0.1', port: all.port }, ignore), { instanceOf: ListenError });
  await t.throwsAsync(listen({ host: '192.0.2.1', port: 0 }, ignore), {
    instanceOf: ListenError,
    message: 'host 192.0.2.1 is not on this machine (192.0.2.1)',
  });
  await t.throwsAsync(listen({ host: 'nobody.invalid', port: 0 }, ignore), {
    instanceOf: ListenError,
    message: /^host nobody\.invalid has no address: /,
  });
  const six = await listen({ host: '[::1]', port: 0 }, ignore).catch(() => undefined);
  if (six) t.deepEqual(six.addresses, ['::1']);
  six?.dispose();
});

test('half a port is none: one address that is taken refuses the others', async t => {
  const { listen } = makeNet();
  const other = await listen({ host: '127.0.0.1', port: 0 }, () => {});
  t.teardown(() => other.dispose());
  await t.throwsAsync(
    listen({ host: 'localhost', port: other.port }, () => {}),
    { instanceOf: ListenError },
  );
  t.is(
    await new Promise(resolve => {
      net
        .connect({ host: '::1', port: other.port })
        .once('connect', () => resolve('somebody'))
        .once('error', () => resolve('nobody'));
    }),
    'nobody',
  );
});

test('who writes to a slow reader waits for it', async t => {
  const { listen } = makeNet();
  const connections: LocalConnection[] = [];
  const listener = await listen({ host: '127.0.0.1', port: 0 }, connection => connections.push(connection));
  t.teardown(() => listener.dispose());
  const socket = net.connect({ host: '127.0.0.1', port: listener.port });
  socket.pause();
  await until(t, () => connections.length === 1);
  const chunk = Buffer.alloc(1_000_000);
  let written = 0;
  const writing = (async () => {
    for (; written < 100; written++) await connections[0]!.write(chunk);
  })();
  // It stands still as soon as the system's buffers are full.
  let before = -1;
  await until(t, async () => {
    const isStill = written === before;
    before = written;
    await new Promise(resolve => setTimeout(resolve, 50));
    return isStill;
  });
  t.true(written < 100);
  socket.destroy();
  await writing;
  await connections[0]!.closed;
});
