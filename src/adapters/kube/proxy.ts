// Whether a proxy stands between us and the server: the cluster's own `proxy-url`, else what the environment says.
import net from 'node:net';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import { type Environment, textOf } from './kubeconfig-files.ts';

/** The proxy to go through; undefined: none. Throws with a sentence for one that is no address. */
export function findProxy(server: URL, cluster: PlainMap, env: Environment): URL | undefined {
  const own = textOf(cluster, 'proxy-url');
  if (own !== '') return parseProxy(own, 'proxy-url');
  const names = server.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const name = names.find(candidate => env[candidate]);
  if (name === undefined || isSpared(server, env['NO_PROXY'] || env['no_proxy'] || '')) return undefined;
  return parseProxy(env[name]!, name);
}

function parseProxy(text: string, from: string): URL {
  const full = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url || !/^(https?|socks(4a?|5h?)?):$/.test(url.protocol))
    throw new Error(`${from}: ${JSON.stringify(text)} is no address of a proxy (http, https or socks5)`);
  return url;
}

/** The machine itself is never behind a proxy; the rest is a list of names, suffixes, addresses and networks. */
function isSpared(server: URL, noProxy: string): boolean {
  const host = bare(server.hostname);
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  if (isLoopback(host)) return true;
  return noProxy
    .split(',')
    .map(item => item.trim().toLowerCase())
    .some(item => item !== '' && spares(item, host, port));
}

/** True for names and addresses of this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (net.isIPv4(host) && host.startsWith('127.'));
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function spares(item: string, host: string, port: string): boolean {
  if (item === '*') return true;
  if (item.includes('/')) return isInNetwork(host, item);
  const withPort = /^(\[.*\]|[^:]*):(\d+)$/.exec(item);
  if (withPort && withPort[2] !== port) return false;
  const name = bare(withPort ? withPort[1]! : item);
  if (net.isIP(name)) return name === host;
  const suffix = name.replace(/^\*?\./, '');
  return host.endsWith(`.${suffix}`) || (name === suffix && host === suffix);
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits] = network.split('/');
  const family = net.isIP(address);
  if (family === 0 || net.isIP(host) !== family || !/^\d{1,3}$/.test(bits ?? '')) return false;
  const list = new net.BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  list.addSubnet(address, Number(bits), name);
  return list.check(host, name);
}
