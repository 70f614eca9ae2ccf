// Objects that a command line brings in files: `-f` (files, folders, URLs, standard input) and `-k`.
import path from 'node:path';
import { nodeDisk } from '../../adapters/disk/node-disk.ts';
import { runSync } from '../../adapters/exec/run-sync.ts';
import { group } from '../../api/meta.ts';
import { findKind, type KindInfo } from '../../api/scheme.ts';
import { loadYamlLibrary } from '../../domain/yaml/library.ts';
import { isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import { readYaml } from '../../domain/yaml/read-yaml.ts';
import { splitDocuments } from '../../domain/yaml/split-documents.ts';
import type { CliIo, CommandRun } from '../command.ts';
import type { AnyObject } from './object-client.ts';
import { type Failures, type ObjectFailure, wrongUse } from './words.ts';

/** An object and where it was read. */
export interface Manifest {
  readonly info: KindInfo;
  readonly object: AnyObject;
  /** As messages name it: the path, the URL, or STDIN. */
  readonly source: string;
}

/** True when the command line brings files. */
export function hasFiles({ flags }: CommandRun): boolean {
  return flags.list('filename').length > 0 || flags.string('kustomize') !== '';
}

/**
 * All objects of `-f` and `-k`, in order. With `failures`, what cannot be read goes there and the rest is given; without,
 * it is thrown. Throws ObjectFailure.
 */
export async function readManifests(run: CommandRun, failures?: Failures): Promise<readonly Manifest[]> {
  const { flags, io } = run;
  const files = flags.list('filename');
  const kustomization = flags.string('kustomize');
  if (files.length > 0 && kustomization !== '') throw wrongUse('only one of -f or -k can be specified');
  const reading: Reading = { io, isRecursive: flags.bool('recursive'), failures };
  if (kustomization === '') return readAll(reading, files);
  await loadYamlLibrary();
  return parse(reading, kustomize(io, kustomization), kustomization);
}

/** All objects of files, folders, URLs and `-`, in order. Throws ObjectFailure. */
export async function readSources(
  io: CliIo,
  sources: readonly string[],
  isRecursive: boolean,
): Promise<readonly Manifest[]> {
  return readAll({ io, isRecursive, failures: undefined }, sources);
}

interface Reading {
  readonly io: CliIo;
  readonly isRecursive: boolean;
  /** Takes what cannot be read; undefined: that ends the reading. */
  readonly failures: Failures | undefined;
}

async function readAll(reading: Reading, sources: readonly string[]): Promise<readonly Manifest[]> {
  await loadYamlLibrary();
  const manifests: Manifest[] = [];
  for (const source of sources) manifests.push(...(await readSource(reading, source)));
  return manifests;
}

async function readSource(reading: Reading, source: string): Promise<readonly Manifest[]> {
  const { io, isRecursive } = reading;
  if (source === '-') return parse(reading, await readStdin(io), 'STDIN');
  if (/^https?:\/\//.test(source)) return parse(reading, await download(source), source);
  const full = path.resolve(io.cwd, source);
  const found = nodeDisk.stat(full);
  if (!found) throw wrongUse(`the path ${JSON.stringify(source)} does not exist`);
  if (!found.isDirectory) return parse(reading, readFile(full), source);
  const files = filesIn(source, full, isRecursive);
  if (files.length === 0)
    throw wrongUse(`error reading [${source}]: recognized file extensions are [.json .yaml .yml]`);
  return files.flatMap(file => parse(reading, readFile(file.full), file.shown));
}

function filesIn(shown: string, full: string, isRecursive: boolean): readonly { shown: string; full: string }[] {
  return nodeDisk.list(full).flatMap(entry => {
    const next = { shown: path.join(shown, entry.name), full: path.join(full, entry.name) };
    if (entry.isDirectory) return isRecursive ? filesIn(next.shown, next.full, true) : [];
    return /\.(json|yaml|yml)$/.test(entry.name) ? [next] : [];
  });
}

function readFile(full: string): string {
  try {
    return nodeDisk.readFile(full).toString('utf8');
  } catch (error) {
    throw wrongUse((error as Error).message);
  }
}

async function readStdin(io: CliIo): Promise<string> {
  let text = '';
  io.stdin.setEncoding('utf8');
  for await (const chunk of io.stdin) text += chunk as string;
  return text;
}

async function download(url: string): Promise<string> {
  let answer: Response;
  try {
    answer = await fetch(url);
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    throw wrongUse(`unable to read URL ${JSON.stringify(url)}: ${cause?.message ?? message}`);
  }
  if (!answer.ok)
    throw wrongUse(
      `unable to read URL ${JSON.stringify(url)}, server reported ${answer.status} ${answer.statusText}, status code=${answer.status}`,
    );
  return answer.text();
}

function kustomize(io: CliIo, folder: string): string {
  const commands = [
    ['kustomize', 'build', folder],
    ['kubectl', 'kustomize', folder],
  ];
  for (const args of commands) {
    const done = runSync({ args, dir: io.cwd, env: io.env as Record<string, string> });
    if (done.startError !== undefined) continue;
    if (done.exitCode !== 0)
      throw wrongUse(
        done.stderr
          .toString('utf8')
          .trim()
          .replace(/^error: /i, ''),
      );
    return done.stdout.toString('utf8');
  }
  throw wrongUse(`-k needs kustomize or kubectl, and neither is installed`);
}

/** The objects of a text of YAML or JSON documents. Throws ObjectFailure. */
export function parseManifests(text: string, source: string): readonly Manifest[] {
  return splitDocuments(text).flatMap(document => readDocument(document, source));
}

/** The same; each document that cannot be read is a failure of its own. */
function parse({ failures }: Reading, text: string, source: string): readonly Manifest[] {
  if (!failures) return parseManifests(text, source);
  return splitDocuments(text).flatMap(document => {
    try {
      return readDocument(document, source);
    } catch (error) {
      failures.add(error);
      return [];
    }
  });
}

function readDocument(document: string, source: string): readonly Manifest[] {
  const value = parseDocument(document, source);
  return value === null ? [] : toManifests(value, source);
}

function parseDocument(document: string, source: string): Plain {
  try {
    return readYaml(document);
  } catch (error) {
    throw wrongUse(`error parsing ${source}: error converting YAML to JSON: ${(error as Error).message}`);
  }
}

function toManifests(value: Plain, source: string): readonly Manifest[] {
  if (!isMap(value)) throw wrongUse(`unable to decode ${JSON.stringify(source)}: an object was expected`);
  const { kind, apiVersion, items } = value;
  if (typeof kind !== 'string' || kind === '') throw missing('Kind', value, source);
  if (Array.isArray(items) && kind.endsWith('List')) return items.flatMap(item => toManifests(item, source));
  if (typeof apiVersion !== 'string' || apiVersion === '') throw missing('apiVersion', value, source);
  const metadata = isMap(value['metadata']) ? value['metadata'] : {};
  const name = typeof metadata['name'] === 'string' ? metadata['name'] : '';
  const info = apiVersion === `${group}/v1alpha1` ? findKind(kind) : undefined;
  if (!info || info.kind !== kind) throw noSuchKind(name, kind, apiVersion, source);
  return [{ info, source, object: { ...value, metadata: { ...metadata, name } } }];
}

function missing(field: string, value: PlainMap, source: string): ObjectFailure {
  const shown = JSON.stringify(value);
  const quoted = field === 'apiVersion' ? 'apiVersion not set' : `Object 'Kind' is missing in '${shown}'`;
  return wrongUse(`unable to decode ${JSON.stringify(source)}: ${quoted}`);
}

function noSuchKind(name: string, kind: string, apiVersion: string, source: string): ObjectFailure {
  return wrongUse(
    `resource mapping not found for name: ${JSON.stringify(name)} namespace: "" from ${JSON.stringify(source)}: no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}\nensure CRDs are installed first`,
  );
}
