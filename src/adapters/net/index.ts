import fs from 'node:fs';
import { httpGet } from './http-get.ts';
import type { Net } from './port.ts';
import { findPortOwner } from './port-owner.ts';
import { tcpConnect } from './tcp-connect.ts';

export type * from './port.ts';

/** The real network. `useProc: false` asks lsof instead of /proc. */
export function makeNet(options: { readonly useProc?: boolean } = {}): Net {
  const useProc = options.useProc ?? fs.existsSync('/proc/net/tcp');
  return { httpGet, tcpConnect, portOwner: port => findPortOwner(port, { useProc }) };
}
