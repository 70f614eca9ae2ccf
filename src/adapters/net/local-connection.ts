// A connection that came in, as LocalConnection describes it, over a socket.
import type { Socket } from 'node:net';
import type { LocalConnection } from './listen-port.ts';

export function makeLocalConnection(socket: Socket): LocalConnection {
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()));
  // Whatever breaks it, it closes; who reads sees the end.
  socket.on('error', () => {});
  return {
    incoming: chunksOf(socket),
    closed,
    write(chunk) {
      if (socket.destroyed || socket.write(chunk)) return Promise.resolve();
      return new Promise(resolve => {
        const done = (): void => {
          socket.off('drain', done);
          socket.off('close', done);
          resolve();
        };
        socket.on('drain', done);
        socket.on('close', done);
      });
    },
    end() {
      const finished = new Promise<void>(resolve => {
        if (socket.destroyed || socket.writableFinished) resolve();
        else socket.once('finish', () => resolve());
      });
      socket.end();
      return Promise.race([finished, closed]);
    },
    reset() {
      if (!socket.destroyed) socket.resetAndDestroy();
    },
    dispose() {
      socket.destroy();
    },
  };
}

async function* chunksOf(socket: Socket): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) yield chunk as Uint8Array;
  } catch {
    // It was broken off, by us or by the other side.
  }
}
