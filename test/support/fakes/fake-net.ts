// A Net without a network: the test says what answers. Passes net-contract.ts.
import type { HttpAnswer, HttpRequest, Net, PortOwner } from '../../../src/adapters/net/port.ts';
import { FakeListen } from './fake-listen.ts';

export class FakeNet implements Net {
  /** Port -> what a GET answers; a port without an entry refuses connections, 'silent' never answers. */
  readonly servers = new Map<number, { readonly status: number; readonly body: string } | 'silent'>();
  readonly owners = new Map<number, PortOwner>();
  readonly locals = new FakeListen();
  readonly listen: Net['listen'] = this.locals.listen;

  async httpGet(request: HttpRequest, options: { readonly signal: AbortSignal }): Promise<HttpAnswer> {
    options.signal.throwIfAborted();
    const server = this.servers.get(Number(new URL(request.url).port));
    if (!server) throw new Error(`GET ${request.url}: connection refused`);
    if (server === 'silent') {
      return late(
        options.signal,
        request.timeoutMs,
        `GET ${request.url}: no answer within ${request.timeoutMs / 1000} s`,
      );
    }
    return { ...server, isOk: server.status >= 200 && server.status < 400 };
  }

  async tcpConnect(
    target: { readonly host: string; readonly port: number; readonly timeoutMs: number },
    options: { readonly signal: AbortSignal },
  ): Promise<void> {
    options.signal.throwIfAborted();
    if (!this.servers.has(target.port)) throw new Error(`dial tcp ${target.host}:${target.port}: connection refused`);
  }

  async portOwner(port: number): Promise<PortOwner | undefined> {
    return this.owners.get(port);
  }
}

function late(signal: AbortSignal, timeoutMs: number, text: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(text)), timeoutMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
