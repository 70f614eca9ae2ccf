// Writes the file through which commands, kubectl and Tilt find running sessions: `config` in the state directory, in the
// format of a kubeconfig, one entry a session (reference 1.3). Reading it: api-servers.ts.
import fs from 'node:fs';
import { type ApiServerEntry, type Kubeconfig, readKubeconfig, socketExtension } from './api-servers.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { writeBlockYaml } from './block-yaml.ts';
import { type LockOptions, withFileLock } from './file-lock.ts';

/** Adds a session's entry, or replaces the one of that name. */
export function addApiServer(files: readonly string[], entry: ApiServerEntry, lock: LockOptions): Promise<void> {
  const { name, socketPath } = entry;
  const extensions = [{ extension: { path: socketPath }, name: socketExtension }];
  const cluster = {
    'certificate-authority-data': Buffer.from(entry.certificateAuthority).toString('base64'),
    ...(socketPath === undefined ? {} : { extensions }),
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
