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
  /** Takes connections and bytes and passes nothing on, in either direction, for connections of now and later. */
  swallow(): void;
  /** Passes on again what comes from now; what was swallowed is lost with its connections. */
  pass(): void;
}

/** In front of `host:port`. */
export async function makeCutProxy(t: ExecutionContext, host: string, port: number): Promise<CutProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSilent = false;
  const server = net.createServer(socket => {
    const onward = net.connect(port, host);
    const pair = [socket, onward] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      socket.destroy();
      onward.destroy();
    };
    for (const [from, to] of [pair, [onward, socket] as const]) {
      from.on('data', chunk => {
        if (!isSilent && !to.write(chunk)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('end', () => isSilent || to.end());
      from.on('error', end);
      from.on('close', () => isSilent || end());
    }
  });
  const listen = (at: number): Promise<void> => new Promise(resolve => server.listen(at, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
    pairs.clear();
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
      isSilent = true;
    },
    pass() {
      cut();
      isSilent = false;
    },
  };
}
