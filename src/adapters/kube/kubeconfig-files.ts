// The kubeconfig files of a person, read and put together by the rules of kubectl: of KUBECONFIG's files each entry
// comes from the first file that has it, and a file that is not there counts as empty.
// The rules are written here and not taken from a client library: those at hand refuse a name that two files have, fail
// on a missing file and drop fields (tokenFile, groups to act as), and load a megabyte of code to do so.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import { getKey, isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import { readYaml } from '../../domain/yaml/read-yaml.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One named entry and where it stands, for paths are relative to the folder of their file. */
export interface KubeEntry {
  readonly name: string;
  readonly file: string;
  /** As written; paths are absolute already. */
  readonly value: PlainMap;
}

export interface KubeFiles {
  /** The files that were looked for, in order of precedence. */
  readonly files: readonly string[];
  /** '' when no file says. */
  readonly currentContext: string;
  readonly contexts: readonly KubeEntry[];
  readonly clusters: readonly KubeEntry[];
  readonly users: readonly KubeEntry[];
}

/** KUBECONFIG's files, or ~/.kube/config. */
export function kubeconfigPaths(env: Environment): readonly string[] {
  const listed = (env['KUBECONFIG'] ?? '').split(path.delimiter).filter(file => file !== '');
  if (listed.length > 0) return [...new Set(listed.map(file => path.resolve(file)))];
  return [path.join(env['HOME'] || os.homedir(), '.kube', 'config')];
}

/** Reads and merges. Rejects with `error loading config file "FILE": ...` for one that cannot be read. */
export async function readKubeFiles(env: Environment): Promise<KubeFiles> {
  const files = kubeconfigPaths(env);
  const read = (await Promise.all(files.map(readOne))).filter(file => file !== undefined);
  return {
    files,
    currentContext: read.find(file => file.currentContext !== '')?.currentContext ?? '',
    contexts: firstOfEachName(read.flatMap(file => file.contexts)),
    clusters: firstOfEachName(read.flatMap(file => file.clusters)),
    users: firstOfEachName(read.flatMap(file => file.users)),
  };
}

/** The text of a field; '' when there is none. */
export function textOf(map: PlainMap | undefined, key: string): string {
  const value = map && getKey(map, key);
  return typeof value === 'string' ? value : '';
}

type OneFile = Omit<KubeFiles, 'files'>;

async function readOne(file: string): Promise<OneFile | undefined> {
  try {
    const text = await fs.readFile(file, 'utf8');
    await loadYamlLibrary();
    return fromText(text, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`error loading config file ${JSON.stringify(file)}: ${(error as Error).message}`, { cause: error });
  }
}

function fromText(text: string, file: string): OneFile {
  const root = readYaml(text);
  if (root !== null && !isMap(root))
    throw new Error('this is no kubeconfig: it should hold clusters, users and contexts');
  const map = root ?? {};
  return {
    currentContext: textOf(map, 'current-context'),
    contexts: entries(map, 'contexts', 'context', file),
    clusters: entries(map, 'clusters', 'cluster', file).map(withPaths(['certificate-authority'])),
    users: entries(map, 'users', 'user', file)
      .map(withPaths(['client-certificate', 'client-key', 'tokenFile']))
      .map(withProgramPath),
  };
}

function entries(root: PlainMap, list: string, part: string, file: string): KubeEntry[] {
  const items = getKey(root, list) ?? null;
  if (items === null) return [];
  if (!Array.isArray(items)) throw new Error(`${list} is no list`);
  return items.flatMap(item => {
    const name = isMap(item) ? textOf(item, 'name') : '';
    if (!isMap(item) || name === '') return [];
    const value = getKey(item, part);
    return [{ name, file, value: isMap(value) ? value : {} }];
  });
}

function withPaths(fields: readonly string[]): (entry: KubeEntry) => KubeEntry {
  return entry => {
    const absolute = fields
      .map(field => [field, textOf(entry.value, field)] as const)
      .filter(([, value]) => value !== '')
      .map(([field, value]) => [field, path.resolve(path.dirname(entry.file), value)] as const);
    return { ...entry, value: { ...entry.value, ...Object.fromEntries(absolute) } };
  };
}

/** A program that is named by a relative path is relative to the kubeconfig; a bare name is looked up in PATH. */
function withProgramPath(entry: KubeEntry): KubeEntry {
  const exec: Plain | undefined = getKey(entry.value, 'exec');
  if (!isMap(exec)) return entry;
  const command = textOf(exec, 'command');
  if (!command.includes(path.sep)) return entry;
  return {
    ...entry,
    value: { ...entry.value, exec: { ...exec, command: path.resolve(path.dirname(entry.file), command) } },
  };
}

function firstOfEachName(all: readonly KubeEntry[]): readonly KubeEntry[] {
  const byName = new Map<string, KubeEntry>();
  for (const entry of all) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
}
