// How commands find running sessions: the entries of `config` in the state directory (kubeconfig.ts writes it), or of the
// files that TILT_CONFIG names in its place.
import path from 'node:path';
import { parseBlockYaml } from './block-yaml.ts';
import { readFileIfAny } from './read-file.ts';
import type { Environment } from './state-directory.ts';

/** How to reach the API server of one session. */
export interface ApiServerEntry {
  /** `tilt-default`, or `tilt-<port>`. */
  readonly name: string;
  /** `https://127.0.0.1:<port>`. */
  readonly server: string;
  /** PEM of the certificate authority. */
  readonly certificateAuthority: string;
  readonly token: string;
  /** The same without TLS: a socket that only the user's own programs can find. Sessions of Tilt have none. */
  readonly socketPath?: string;
}

/** Names the socket in the extensions of a cluster, where other readers of the file leave it alone. */
export const socketExtension = 'tilt-terminal/socket';

export type Named<Part extends string> = { readonly name: string } & { readonly [P in Part]?: Record<string, unknown> };

/** The parts of a kubeconfig that are looked at. */
export interface Kubeconfig {
  readonly clusters?: readonly Named<'cluster'>[] | null;
  readonly contexts?: readonly Named<'context'>[] | null;
  readonly users?: readonly Named<'user'>[] | null;
  readonly [key: string]: unknown;
}

/** The name that a session on this web port goes by. */
export function apiServerName(port: number): string {
  return port === 10350 ? 'tilt-default' : `tilt-${port}`;
}

/** The web port behind a session's name, or undefined when it is no name of a session. */
export function portOfApiServer(name: string): number | undefined {
  if (name === 'tilt-default') return 10350;
  const match = /^tilt-(\d+)$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

/** The files that hold entries, in the order in which they win. */
export function configFiles(stateDirectory: string, env: Environment): readonly string[] {
  const listed = (env['TILT_CONFIG'] ?? '').split(path.delimiter).filter(file => file !== '');
  return listed.length > 0
    ? [...new Set(listed.map(file => path.resolve(file)))]
    : [path.join(stateDirectory, 'config')];
}

/** All sessions that the files name; whether they still run is another question. A file that is missing counts as empty. */
export async function readApiServers(files: readonly string[]): Promise<readonly ApiServerEntry[]> {
  const found = new Map<string, ApiServerEntry>();
  for (const file of files) {
    const config = await readKubeconfig(file);
    for (const context of config.contexts ?? []) {
      const entry = entryOf(config, context);
      if (entry && !found.has(entry.name)) found.set(entry.name, entry);
    }
  }
  return [...found.values()];
}

function entryOf(config: Kubeconfig, { name, context }: Named<'context'>): ApiServerEntry | undefined {
  const cluster = config.clusters?.find(c => c.name === context?.['cluster'])?.cluster;
  const user = config.users?.find(u => u.name === context?.['user'])?.user;
  const server = cluster?.['server'];
  if (typeof server !== 'string') return undefined;
  const authority = cluster?.['certificate-authority-data'];
  const socketPath = socketOf(cluster?.['extensions']);
  return {
    name,
    server,
    certificateAuthority: typeof authority === 'string' ? Buffer.from(authority, 'base64').toString('utf8') : '',
    token: String(user?.['token'] ?? ''),
    ...(socketPath === undefined ? {} : { socketPath }),
  };
}

function socketOf(extensions: unknown): string | undefined {
  if (!Array.isArray(extensions)) return undefined;
  const list = extensions as readonly ({ name?: unknown; extension?: { path?: unknown } | null } | null)[];
  const found = list.find(item => item?.name === socketExtension)?.extension?.path;
  return typeof found === 'string' && path.isAbsolute(found) ? found : undefined;
}

/** The file is no kubeconfig. */
export class ConfigFileError extends Error {
  override name = 'ConfigFileError';
}

/** The whole file; empty when it is missing. Rejects with ConfigFileError. */
export async function readKubeconfig(file: string): Promise<Kubeconfig> {
  const text = readFileIfAny(file);
  if (!text?.trim()) return {};
  const value = parseBlockYaml(text)?.value ?? (await parseAnyYaml(file, text));
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigFileError(`${file}: not a kubeconfig file`);
  return value as Kubeconfig;
}

async function parseAnyYaml(file: string, text: string): Promise<unknown> {
  const { load } = await import('js-yaml');
  try {
    return load(text);
  } catch (error) {
    throw new ConfigFileError(`${file}: ${(error as Error).message.split('\n')[0]}`);
  }
}
