// A listening socket that can be closed at once, with everything that hangs on it.
import fs from 'node:fs';
import type http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** The port is taken (reference 1.3, "Port conflict"). The message is ready to be shown. */
export class PortInUseError extends Error {
  override name = 'PortInUseError';
  readonly port: number;

  constructor(host: string, port: number) {
    super(
      `Tilt cannot start because you already have another process on port ${port}\n` +
        'If you want to run multiple Tilt instances simultaneously,\n' +
        'use the --port flag or TILT_PORT env variable to set a custom port\n' +
        `Original error: listen tcp ${host}:${port}: bind: address already in use`,
    );
    this.port = port;
  }
}

/** The address cannot be listened on for another reason: no such host, no permission. */
export class ListenError extends Error {
  override name = 'ListenError';
}

export interface Listener {
  /** The real port, also when 0 was asked for. */
  readonly port: number;
  /** Ends every connection and stops listening. Resolves when the port is free again. */
  close(): Promise<void>;
}

/**
 * How long a caller may take. One that never finishes its request must not hold a socket for ever (watches are not meant:
 * their request is complete). Idle connections are kept long, because clients fail when one closes as they use it.
 */
export function limitPatience(server: http.Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  server.keepAliveTimeout = 120_000;
}

/** Starts to listen. Rejects with PortInUseError or ListenError. */
export async function listen(server: http.Server, host: string, port: number): Promise<Listener> {
  const sockets = keepSockets(server);
  await bind(server, host, port);
  return { port: (server.address() as AddressInfo).port, close: closer(server, sockets) };
}

/** What hangs on the server, kept up to date. Sockets that were upgraded are no longer known to Node's server. */
function keepSockets(server: http.Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function closer(server: http.Server, sockets: ReadonlySet<Socket>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= new Promise(resolve => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
    return closing;
  };
}

/**
 * Listens on a socket in the file system. One that a dead process left there is replaced. Rejects with ListenError.
 * Closing removes the socket.
 */
export async function listenOnSocket(server: http.Server, file: string): Promise<Pick<Listener, 'close'>> {
  fs.rmSync(file, { force: true });
  const sockets = keepSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(new ListenError(`cannot listen on ${file}: ${error.message}`)));
    server.listen(file, resolve);
  });
  return { close: closer(server, sockets) };
}

function bind(server: http.Server, host: string, port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return Promise.reject(new ListenError(`listen tcp: address ${port}: invalid port`));
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') reject(new PortInUseError(host, port));
      else reject(new ListenError(`cannot listen on ${host}:${port}: ${error.message}`));
    };
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve();
    });
  });
}
