// `tilt describe`: everything an object holds, for people, as kubectl describes what it has no words of its own for.

import { showValue } from '../../domain/go-template/values.ts';
import { isMap, type Plain, type PlainMap } from '../../domain/yaml/plain.ts';
import type { CommandRun } from '../command.ts';
import { alignText, describeAlignment } from './align.ts';
import { connectObjects } from './connect.ts';
import { type Found, findObjects } from './find-objects.ts';
import { hasFiles } from './manifests.ts';
import type { AnyObject, ObjectClient } from './object-client.ts';
import { isMissing, selectionOf } from './selection.ts';
import { noTargets, parseTargets } from './targets.ts';
import { Failures } from './words.ts';

/** Carries the command out; resolves to the exit code. */
export async function describeObjects(run: CommandRun): Promise<number> {
  const { io, positionals } = run;
  if (positionals.length === 0 && !hasFiles(run)) throw noTargets();
  const client = await connectObjects(run);
  const failures = new Failures();
  const selection = selectionOf(run, false);
  const begun = await findByPrefix(run, client);
  if (begun) {
    for (const { object } of begun) io.stdout.write(`${describeObject(object)}\n`);
    return 0;
  }
  const found = await findObjects(run, client, { command: 'describe', kindMeansAll: true, failures, selection });
  io.stdout.write(found.map(({ object }) => describeObject(object)).join('\n\n'));
  if (found.length === 0 && failures.isEmpty) io.stderr.write('No resources found\n');
  return failures.tell(io);
}

/** One name that no object has may be how names begin: then all those are described. */
async function findByPrefix(run: CommandRun, client: ObjectClient): Promise<readonly Found[] | undefined> {
  if (hasFiles(run)) return undefined;
  const [target, ...others] = parseTargets('describe', run.positionals, run.flags.string('selector') !== '');
  const prefix = target?.name;
  if (!target || prefix === undefined || others.length > 0) return undefined;
  const { info } = target;
  try {
    await client.get(info, prefix);
    return undefined;
  } catch (error) {
    if (!isMissing(error)) throw error;
    const objects = await client.list(info);
    const begun = objects.filter(object => object.metadata.name.startsWith(prefix));
    return begun.length === 0 ? undefined : begun.map(object => ({ info, object }));
  }
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const longestAnnotation = 140;
/** What the head of a description says already. */
const saidAbove: ReadonlySet<string> = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
]);

/** The description of one object. */
export function describeObject(object: AnyObject): string {
  const { metadata } = object;
  const text = [
    `Name:\t${metadata.name}\n`,
    `Namespace:\t${typeof metadata['namespace'] === 'string' ? metadata['namespace'] : ''}\n`,
    labelsText(textMap(metadata['labels'])),
    annotationsText(textMap(metadata['annotations'])),
    fieldsText(object, '', ''),
  ].join('');
  return alignText(text, describeAlignment);
}

function textMap(value: Plain | undefined): Readonly<Record<string, string>> {
  return isMap(value) ? (value as Record<string, string>) : {};
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const lines = Object.keys(labels)
    .sort()
    .map(name => `${name}=${labels[name]}`);
  return `Labels:\t${lines.length === 0 ? '<none>' : lines.join('\n\t')}\n`;
}

function annotationsText(annotations: Readonly<Record<string, string>>): string {
  const names = Object.keys(annotations)
    .filter(name => name !== lastApplied)
    .sort();
  if (names.length === 0) return 'Annotations:\t<none>\n';
  return `Annotations:\t${names.map(name => annotationText(name, annotations[name]!.replace(/\n$/, ''))).join('\t')}`;
}

function annotationText(name: string, value: string): string {
  if (name.length + value.length + 2 <= longestAnnotation && !value.includes('\n')) return `${name}: ${value}\n`;
  const lines = value.split('\n').map(line => `\t  ${shortened(line, longestAnnotation - 2)}\n`);
  return `${name}:\n${lines.join('')}`;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

function fieldsText(map: PlainMap, path: string, indent: string): string {
  const keys = Object.keys(map).sort();
  return keys.map(key => fieldText(key, map[key]!, { path: `${path}.${key}`, indent })).join('');
}

function fieldText(
  key: string,
  value: Plain,
  { path, indent }: { readonly path: string; readonly indent: string },
): string {
  if (saidAbove.has(path)) return '';
  const inner = `${indent}  `;
  const head = `${indent}${fieldTitle(key)}:`;
  if (isMap(value)) return `${head}\n${fieldsText(value, path, inner)}`;
  if (!Array.isArray(value)) return `${head}\t${showValue(value as Parameters<typeof showValue>[0])}\n`;
  const items = value.map(item =>
    isMap(item) ? fieldsText(item, path, inner) : `${inner}${showValue(item as Parameters<typeof showValue>[0])}\n`,
  );
  return `${head}\n${items.join('')}`;
}

const acronyms: ReadonlySet<string> = new Set(['API', 'URL', 'UID', 'OSB', 'GUID']);

/** `creationTimestamp` as `Creation Timestamp`, `resultYAML` as `Result YAML`. */
export function fieldTitle(field: string): string {
  if (!/^[\p{L}-]*$/u.test(field)) return field;
  const words = field.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lu}/gu) ?? [];
  return words
    .map(word => (acronyms.has(word.toUpperCase()) ? word.toUpperCase() : word[0]!.toUpperCase() + word.slice(1)))
    .join(' ');
}
