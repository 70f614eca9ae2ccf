// A TCP proxy of the test's own, for what happens on the way: cut connections, refusals, silence.
import net, { type AddressInfo, type Socket } from 'node:net';
import type { ExecutionContext } from 'ava';

export interface CutProxy {
  readonly port: number;
  /** Connections that are open. */
  readonly count: number;
  /** Ends every connection, and refuses new ones until `open`. */
  refuse(): Promise<void>;
  open(): Promise<void>;
  /** The connections of now stay open and pass nothing on any more, in either direction; new ones are good. */
  swallow(): void;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isSilent: boolean;
}

function end(pair: Pair, pairs: Set<Pair>): void {
  pairs.delete(pair);
  pair.near.destroy();
  pair.far.destroy();
}

function pass(pair: Pair, from: Socket, to: Socket, pairs: Set<Pair>): void {
  from.on('data', chunk => {
    if (pair.isSilent || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
  from.on('end', () => pair.isSilent || to.end());
  from.on('error', () => pair.isSilent || end(pair, pairs));
  from.on('close', () => pair.isSilent || end(pair, pairs));
}

/** In front of `host:port`. */
export async function makeCutProxy(t: ExecutionContext, host: string, port: number): Promise<CutProxy> {
  const pairs = new Set<Pair>();
  const server = net.createServer(near => {
    const pair: Pair = { near, far: net.connect(port, host), isSilent: false };
    pairs.add(pair);
    pass(pair, pair.near, pair.far, pairs);
    pass(pair, pair.far, pair.near, pairs);
  });
  const listen = (at: number): Promise<void> => new Promise(resolve => server.listen(at, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const pair of [...pairs]) end(pair, pairs);
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  t.teardown(() => {
    cut();
    server.close();
  });
  return {
    port: own,
    get count() {
      return pairs.size;
    },
    async refuse() {
      const closed = new Promise(resolve => server.close(resolve));
      cut();
      await closed;
    },
    open: () => listen(own),
    swallow() {
      for (const pair of pairs) pair.isSilent = true;
    },
  };
}
