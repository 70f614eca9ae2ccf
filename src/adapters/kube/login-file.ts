// The tokens of a login in the kubeconfig that they came from. A provider may take each refresh token once only, so what
// was refreshed here must be found there by whoever is next: kubectl, another session.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { type Clock, sleep } from '../../base/clock.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import { getKey, isMap, type PlainMap, setKey } from '../../domain/yaml/plain.ts';
import { readYaml } from '../../domain/yaml/read-yaml.ts';
import { writeYaml } from '../../domain/yaml/write-yaml.ts';
import { textOf } from './kubeconfig-files.ts';

/** Where a user's entry stands. */
export interface UserEntry {
  readonly file: string;
  readonly name: string;
}

export interface LoginTokens {
  readonly idToken: string;
  readonly refreshToken: string;
}

/** The lock that kubectl takes; one that was left behind holds nobody up for long. */
const lockWaitMs = 2000;
const lockPollMs = 50;

/** As the file has them now; undefined when it has none. */
export async function readLogin({ file, name }: UserEntry): Promise<LoginTokens | undefined> {
  await loadYamlLibrary();
  const config = configOf(readYaml(await fs.readFile(file, 'utf8')), name);
  return config && { idToken: textOf(config, 'id-token'), refreshToken: textOf(config, 'refresh-token') };
}

/**
 * Writes new tokens in the place of the old ones and leaves all else as it is, comments included, where the old ones
 * stand in the text as they are; else the file is written as kubectl writes it.
 */
export async function writeLogin(
  entry: UserEntry,
  change: { readonly before: LoginTokens; readonly after: LoginTokens },
  deps: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  await loadYamlLibrary();
  const file = await fs.realpath(entry.file);
  const unlock = await lock(`${file}.lock`, deps);
  try {
    const text = await fs.readFile(file, 'utf8');
    const changed = withTokens(text, entry.name, change);
    if (changed !== text) await replace(file, changed);
  } finally {
    await unlock();
  }
}

/** The text with the new tokens. Throws when the user has no such login in it. */
export function withTokens(
  text: string,
  name: string,
  { before, after }: { readonly before: LoginTokens; readonly after: LoginTokens },
): string {
  const edited = swap(swap(text, before.idToken, after.idToken), before.refreshToken, after.refreshToken);
  if (has(edited, name, after)) return edited;
  const root = readYaml(text);
  const config = configOf(root, name);
  if (!config) throw new Error(`the user ${JSON.stringify(name)} has no such login any more`);
  setKey(config, 'id-token', after.idToken);
  setKey(config, 'refresh-token', after.refreshToken);
  return writeYaml(root);
}

function swap(text: string, before: string, after: string): string {
  return before === '' ? text : text.replaceAll(before, () => after);
}

function has(text: string, name: string, { idToken, refreshToken }: LoginTokens): boolean {
  const config = configOf(readYaml(text), name);
  return (
    config !== undefined && textOf(config, 'id-token') === idToken && textOf(config, 'refresh-token') === refreshToken
  );
}

/** Settings of the user's auth-provider. */
function configOf(root: ReturnType<typeof readYaml>, name: string): PlainMap | undefined {
  const users = isMap(root) ? getKey(root, 'users') : undefined;
  const entry = Array.isArray(users) ? users.find(user => isMap(user) && textOf(user, 'name') === name) : undefined;
  const user = isMap(entry) ? getKey(entry, 'user') : undefined;
  const provider = isMap(user) ? getKey(user, 'auth-provider') : undefined;
  const config = isMap(provider) ? getKey(provider, 'config') : undefined;
  return isMap(config) ? config : undefined;
}

async function lock(
  file: string,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<() => Promise<void>> {
  for (let waitedMs = 0; waitedMs < lockWaitMs; waitedMs += lockPollMs) {
    const handle = await fs.open(file, 'wx', 0).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return undefined;
      throw error;
    });
    if (handle) {
      await handle.close();
      return () => fs.rm(file, { force: true });
    }
    await sleep(clock, lockPollMs, signal);
  }
  return async () => {};
}

async function replace(file: string, text: string): Promise<void> {
  const { mode } = await fs.stat(file);
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await fs.writeFile(beside, text, { mode, flag: 'wx' });
    await fs.rename(beside, file);
  } catch {
    // A file that is mounted by itself, or in a folder that nobody may write to, can only be written over.
    await fs.rm(beside, { force: true });
    await fs.writeFile(file, text);
  }
}
