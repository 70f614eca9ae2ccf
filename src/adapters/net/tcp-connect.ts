// Whether a TCP port can be reached.
import net from 'node:net';
import { onAbort } from '../../base/abort.ts';
import { systemClock } from '../../base/clock.ts';
import { wordsOf } from './http-get.ts';

export interface TcpTarget {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** Resolves once a connection stands, and closes it. Rejects with an Error in plain words, or with the signal's reason. */
export function tcpConnect(target: TcpTarget, options: { readonly signal: AbortSignal }): Promise<void> {
  const { host, port, timeoutMs } = target;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return Promise.reject(new Error(`dial tcp ${host}:${port}: invalid port`));
  }
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    const fail = (reason: unknown): void => {
      end();
      reject(reason);
    };
    const timer = systemClock.after(timeoutMs, () => {
      fail(new Error(`dial tcp ${host}:${port}: no answer within ${timeoutMs / 1000} s`));
    });
    const end = (): void => {
      timer.dispose();
      listening.dispose();
      socket.destroy();
    };
    socket.once('error', error => fail(new Error(`dial tcp ${host}:${port}: ${wordsOf(error)}`, { cause: error })));
    socket.once('connect', () => {
      end();
      resolve();
    });
    // Later than the rest, for a signal that has aborted already calls back at once.
    const listening = onAbort(options.signal, reason => queueMicrotask(() => fail(reason)));
  });
}
