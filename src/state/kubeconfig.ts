// The file through which commands, kubectl and Tilt find running sessions: `config` in the state directory, in the
// format of a kubeconfig, one entry a session (reference 1.3). TILT_CONFIG names other files in its place.
import fs from 'node:fs';
import path from 'node:path';
import { readFileIfAny, writeFileAtomic } from './atomic-file.ts';
import { parseBlockYaml, writeBlockYaml } from './block-yaml.ts';
import { type LockOptions, withFileLock } from './file-lock.ts';
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
}

type Named<Part extends string> = { readonly name: string } & { readonly [P in Part]?: Record<string, unknown> };

interface Kubeconfig {
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
  return {
    name,
    server,
    certificateAuthority: typeof authority === 'string' ? Buffer.from(authority, 'base64').toString('utf8') : '',
    token: String(user?.['token'] ?? ''),
  };
}

/** Adds a session's entry, or replaces the one of that name. */
export function addApiServer(files: readonly string[], entry: ApiServerEntry, lock: LockOptions): Promise<void> {
  const { name } = entry;
  const cluster = {
    'certificate-authority-data': Buffer.from(entry.certificateAuthority).toString('base64'),
    server: entry.server,
  };
  return changeConfig(fileForEntries(files), lock, config => ({
    ...config,
    clusters: [...without(config.clusters, name), { name, cluster }].sort(byName),
    contexts: [...without(config.contexts, name), { name, context: { cluster: name, user: name } }].sort(byName),
    users: [...without(config.users, name), { name, user: { token: entry.token } }].sort(byName),
  }));
}

/**
 * Takes a session's entry out of every file. With `token` only an entry with that token goes, so that a session that
 * was started meanwhile on the same port keeps its own.
 */
export async function removeApiServer(
  files: readonly string[],
  name: string,
  lock: LockOptions,
  token?: string,
): Promise<void> {
  for (const file of files) {
    if (!fs.existsSync(file)) continue;
    await changeConfig(file, lock, config => {
      const owned = config.users?.find(u => u.name === name)?.user?.['token'];
      if (token !== undefined && owned !== token) return config;
      return {
        ...config,
        clusters: without(config.clusters, name),
        contexts: without(config.contexts, name),
        users: without(config.users, name),
      };
    });
  }
}

/** The file that new entries go to: the first that exists, else the last (the rule of kubectl). */
export function fileForEntries(files: readonly string[]): string {
  return files.find(file => fs.existsSync(file)) ?? files.at(-1)!;
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function without<T extends { readonly name: string }>(list: readonly T[] | null | undefined, name: string): T[] {
  return (list ?? []).filter(item => item.name !== name);
}

function changeConfig(file: string, lock: LockOptions, change: (config: Kubeconfig) => Kubeconfig): Promise<void> {
  return withFileLock(`${file}.lock`, lock, async () => {
    const before = await readKubeconfig(file);
    const after = change(before);
    if (after === before) return;
    const { clusters, contexts, users } = after;
    const whole = {
      'current-context': '',
      ...after,
      apiVersion: 'v1',
      kind: 'Config',
      clusters: clusters?.length ? clusters : null,
      contexts: contexts?.length ? contexts : null,
      users: users?.length ? users : null,
    };
    writeFileAtomic(file, writeBlockYaml(whole), { mode: 0o600 });
  });
}

/** The file is no kubeconfig. */
export class ConfigFileError extends Error {
  override name = 'ConfigFileError';
}

async function readKubeconfig(file: string): Promise<Kubeconfig> {
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
