import fs from 'node:fs';
import os from 'node:os';
import { httpGet } from './http-get.ts';
import { listenTcp } from './listen-tcp.ts';
import type { Net } from './port.ts';
import { findPortOwner } from './port-owner.ts';
import { tcpConnect } from './tcp-connect.ts';

export * from './listen-port.ts';
export type * from './port.ts';

export interface NetOptions {
  /** False asks lsof instead of /proc. */
  readonly useProc?: boolean;
  /** Asks who has a port before listening on it, as BSD and macOS need it. */
  readonly asksOwner?: boolean;
}

/** The real network. */
export function makeNet(options: NetOptions = {}): Net {
  const useProc = options.useProc ?? fs.existsSync('/proc/net/tcp');
  const asksOwner = options.asksOwner ?? os.platform() !== 'linux';
  const portOwner: Net['portOwner'] = port => findPortOwner(port, { useProc });
  return {
    httpGet,
    tcpConnect,
    portOwner,
    listen: (request, onConnection) => listenTcp(request, onConnection, asksOwner ? { ownerFirst: portOwner } : {}),
  };
}
