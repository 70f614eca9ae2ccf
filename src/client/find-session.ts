// Which session a command means, and how to reach it: host and port by flag or environment, the entry in the `config`
// of the state directory (reference 1.2, 1.3).
import net from 'node:net';
import {
  type ApiServerEntry,
  apiServerName,
  configFiles,
  portOfApiServer,
  readApiServers,
} from '../state/api-servers.ts';
import type { Environment } from '../state/state-directory.ts';
import { ClientError, noApiServer } from './errors.ts';

export interface WebAddress {
  readonly host: string;
  readonly port: number;
}

export const defaultWebAddress: WebAddress = { host: 'localhost', port: 10350 };

/** Defaults of `--host` and `--port`: TILT_HOST, TILT_PORT. Throws ClientError for a port that is no number. */
export function webAddressDefaults(env: Environment): WebAddress {
  const text = env['TILT_PORT'] ?? '';
  if (text !== '' && !/^[+-]?\d+$/.test(text))
    throw new ClientError(`parsing env TILT_PORT: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return {
    host: env['TILT_HOST'] || defaultWebAddress.host,
    port: text === '' ? defaultWebAddress.port : Number(text),
  };
}

/** Where to look for sessions. */
export interface SessionPlaces {
  readonly stateDirectory: string;
  readonly env: Environment;
}

/** The API server of the session on that web port. Throws NotRunningError, which names the ports that do run. */
export async function findApiServer({ stateDirectory, env }: SessionPlaces, port: number): Promise<ApiServerEntry> {
  const entries = await readApiServers(configFiles(stateDirectory, env));
  const name = apiServerName(port);
  const found = entries.find(entry => entry.name === name);
  if (found) return found;
  throw noApiServer(name, await portsThatAnswer(entries));
}

/** Web ports of the sessions that run, in order. An entry may be left from one that was killed. */
export async function runningPorts({ stateDirectory, env }: SessionPlaces): Promise<readonly number[]> {
  return portsThatAnswer(await readApiServers(configFiles(stateDirectory, env)));
}

async function portsThatAnswer(entries: readonly ApiServerEntry[]): Promise<readonly number[]> {
  const ports = await Promise.all(
    entries.map(async ({ name, server }) => ((await answers(server)) ? portOfApiServer(name) : undefined)),
  );
  return ports.filter(port => port !== undefined).sort((a, b) => a - b);
}

/** True when somebody listens there; loopback says so at once. */
function answers(server: string): Promise<boolean> {
  return new Promise(resolve => {
    const { hostname, port } = new URL(server);
    const socket = net.connect({ host: hostname, port: Number(port || 443), timeout: 500 });
    const settle = (isThere: boolean) => (): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
    socket.once('timeout', settle(false));
  });
}
