// Listens on local TCP ports.
import dns from 'node:dns/promises';
import net from 'node:net';
import { wordsOf } from './http-get.ts';
import {
  ListenError,
  type ListenProblem,
  type ListenRequest,
  type LocalConnection,
  type LocalListener,
} from './listen-port.ts';
import { makeLocalConnection } from './local-connection.ts';
import type { PortOwner } from './port.ts';

export interface ListenOptions {
  /**
   * Where a port of one address can be taken although another process has it on all addresses (BSD, macOS): asks who
   * has it first.
   */
  readonly ownerFirst?: (port: number) => Promise<PortOwner | undefined>;
}

const loopback = ['127.0.0.1', '::1'];
/** A free port of one address may be taken on the next one. */
const mostTries = 8;
/** This machine does not have the address, or none of its kind. */
const notOurs = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EPROTONOSUPPORT']);

/** As Listen says. */
export async function listenTcp(
  { host, port }: ListenRequest,
  onConnection: (connection: LocalConnection) => void,
  options: ListenOptions = {},
): Promise<LocalListener> {
  const addresses = await addressesOf(host);
  if (port !== 0 && (await options.ownerFirst?.(port))) throw takenError(host, port);
  for (let tries = 1; ; tries++) {
    try {
      return await listenOn({ host, port, addresses }, onConnection);
    } catch (error) {
      const isChance = port === 0 && error instanceof ListenError && error.problem === 'taken';
      if (!isChance || tries === mostTries) throw error;
    }
  }
}

async function addressesOf(host: string): Promise<string[]> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  if (name === '' || name === 'localhost') return loopback;
  if (net.isIP(name)) return [name];
  try {
    const found = await dns.lookup(name, { all: true });
    return [...new Set(found.map(({ address }) => address))];
  } catch (error) {
    throw new ListenError('unusable', `host ${host} has no address: ${wordsOf(error)}`);
  }
}

async function listenOn(
  { host, port, addresses }: ListenRequest & { readonly addresses: readonly string[] },
  onConnection: (connection: LocalConnection) => void,
): Promise<LocalListener> {
  const servers: net.Server[] = [];
  const own: string[] = [];
  let chosen = port;
  const dispose = (): void => {
    for (const server of servers) server.close();
  };
  try {
    // An address with a zone belongs to one interface and is nobody's idea of a host.
    for (const address of addresses.filter(one => !one.includes('%'))) {
      const server = await listenAt(address, chosen, onConnection);
      if (!server) continue;
      servers.push(server);
      own.push(address);
      chosen = (server.address() as net.AddressInfo).port;
    }
  } catch (error) {
    dispose();
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  if (own.length === 0)
    throw new ListenError('unusable', `host ${host || 'localhost'} is not on this machine (${addresses.join(', ')})`);
  return { addresses: own, port: chosen, dispose };
}

/** Undefined when the address is not one of this machine. */
function listenAt(
  address: string,
  port: number,
  onConnection: (connection: LocalConnection) => void,
): Promise<net.Server | undefined> {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    onConnection(makeLocalConnection(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (notOurs.has(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
    server.listen({ host: address, port, ipv6Only: net.isIPv6(address) }, () => {
      // Too many open files, for one: that connection is lost, the port goes on.
      server.on('error', () => {});
      resolve(server);
    });
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  if (error.code === 'EADDRINUSE') return takenError(host, port);
  const problem: ListenProblem = error.code === 'EACCES' || error.code === 'EPERM' ? 'denied' : 'unusable';
  const why = problem === 'denied' ? 'permission denied' : wordsOf(error);
  return new ListenError(problem, `listening on ${host || 'localhost'}:${port}: ${why}`);
}

function takenError(host: string, port: number): ListenError {
  return new ListenError('taken', `listening on ${host || 'localhost'}:${port}: address already in use`);
}
