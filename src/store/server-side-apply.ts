// Server-side apply: a manager says which fields it wants; it gets them unless another one set them to something else.
// Works on plain objects; the caller writes the result with the managed fields it comes with.
import type { Kind } from '../api/kinds.ts';
import { type ApiObject, apiVersion, group, type ManagedFieldsEntry } from '../api/meta.ts';
import { kindInfo } from '../api/scheme.ts';
import { StatusError } from '../api/status-error.ts';
import { deepEqual } from './deep.ts';
import {
  type FieldSet,
  fieldValues,
  fromFieldsV1,
  isEntryOf,
  makeEntry,
  pathText,
  type Writer,
  withoutFields,
} from './field-ownership.ts';

export interface Applied {
  readonly object: ApiObject;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

const joint = '\u0000';

/**
 * Brings what `wanted` says into `current`. Fields that the manager wanted before and no longer wants go, unless somebody
 * else owns them too. Throws StatusError Conflict, naming fields and owners, unless `force`.
 */
export function applyFields(
  kind: Kind,
  current: ApiObject,
  wanted: ApiObject,
  { writer, force }: { readonly writer: Writer; readonly force: boolean },
): Applied {
  const values = fieldValues(kind, wanted, writer.part);
  const live = fieldValues(kind, current, writer.part);
  const entries = current.metadata.managedFields ?? [];
  const own = entries.find(entry => isEntryOf(entry, writer));
  const others = entries.filter(entry => entry !== own);
  const changed = new Set(
    [...values]
      .filter(([path, value]) => !path.endsWith('.') && !deepEqual(live.get(path), value))
      .map(([path]) => path),
  );
  const conflicts = findConflicts(others, changed);
  if (conflicts.length > 0 && !force) throw conflictError(kind, current, conflicts);
  const kept = others.flatMap(entry => withoutFields(entry, changed));
  const before = own ? fromFieldsV1(own.fieldsV1) : new Set<string>();
  const dropped = [...before].filter(path => !values.has(path) && !isOwned(kept, path));
  const object = removeFields(setFields(current, values), dropped);
  const fields = new Set(values.keys());
  const isSame = own !== undefined && isSameSet(before, fields);
  return { object, managedFields: [...kept, ...(isSame ? [own] : makeEntry(writer, fields))] };
}

interface Conflict {
  readonly entry: ManagedFieldsEntry;
  readonly path: string;
}

function findConflicts(others: readonly ManagedFieldsEntry[], changed: FieldSet): Conflict[] {
  return others.flatMap(entry =>
    [...fromFieldsV1(entry.fieldsV1)].filter(path => changed.has(path)).map(path => ({ entry, path })),
  );
}

function isOwned(entries: readonly ManagedFieldsEntry[], path: string): boolean {
  return entries.some(entry => fromFieldsV1(entry.fieldsV1).has(path));
}

function isSameSet(a: FieldSet, b: FieldSet): boolean {
  return a.size === b.size && [...a].every(path => b.has(path));
}

function managerText({ manager, operation, subresource, time }: ManagedFieldsEntry): string {
  const part = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  const at = operation === 'Update' ? ` at ${time}` : '';
  return `${JSON.stringify(manager)}${part} using ${apiVersion}${at}`;
}

function conflictError(kind: Kind, { metadata }: ApiObject, conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ entry, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${managerText(entry)}`,
    field: pathText(path),
  }));
  const [first, ...more] = conflicts as [Conflict, ...Conflict[]];
  const text =
    more.length === 0
      ? `1 conflict: conflict with ${managerText(first.entry)}: ${pathText(first.path)}`
      : `${conflicts.length} conflicts: ${byManager(conflicts).join('\n')}`;
  const { name } = metadata;
  const details = { name, group, kind: kindInfo(kind).plural, causes };
  return new StatusError('Conflict', `Apply failed with ${text}`, details);
}

function byManager(conflicts: readonly Conflict[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { entry, path } of conflicts) {
    const manager = managerText(entry);
    groups.set(manager, [...(groups.get(manager) ?? []), `- ${pathText(path)}`]);
  }
  return [...groups].map(([manager, paths]) => `conflicts with ${manager}:\n${paths.join('\n')}`);
}

type Json = Readonly<Record<string, unknown>>;

function setFields(object: ApiObject, values: ReadonlyMap<string, unknown>): ApiObject {
  let result: unknown = object;
  // Parts come after the lists and maps they belong to, so a marker only makes what is missing.
  for (const [path, value] of values) result = setField(result, path.split(joint), value);
  return result as ApiObject;
}

function setField(node: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return isEmptyStruct(value) && node !== undefined ? node : value;
  // A marker says that the map or list is there, also when nothing is in it.
  if (key === '.') return node;
  if (key.startsWith('f:')) {
    const object = (node ?? {}) as Json;
    const name = key.slice(2);
    const inner = Object.hasOwn(object, name) ? object[name] : undefined;
    return withEntry(object, name, setField(inner ?? emptyFor(name, rest), rest, value));
  }
  const list = Array.isArray(node) ? node : [];
  const at = indexOfItem(list, key);
  return at < 0 ? [...list, value] : list.with(at, value);
}

/** `spec: {}` says that there is one, not that it is to be emptied. */
function isEmptyStruct(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

function emptyFor(name: string, rest: readonly string[]): unknown {
  if (rest.length === 0) return undefined;
  return isListName(name) ? [] : {};
}

function isListName(name: string): boolean {
  return name === 'finalizers' || name === 'ownerReferences';
}

function indexOfItem(list: readonly unknown[], key: string): number {
  const wanted = JSON.parse(key.slice(2)) as unknown;
  if (key.startsWith('v:')) return list.findIndex(item => deepEqual(item, wanted));
  const { uid } = wanted as { uid?: unknown };
  return list.findIndex(item => (item as Json | null)?.['uid'] === uid);
}

function withEntry(object: Json, key: string, value: unknown): Json {
  return Object.fromEntries([...Object.entries(object).filter(([k]) => k !== key), [key, value]]);
}

function removeFields(object: ApiObject, paths: readonly string[]): ApiObject {
  let result: unknown = object;
  for (const path of paths) {
    const keys = path.split(joint);
    if (keys.at(-1) !== '.') result = removeField(result, keys);
  }
  return result as ApiObject;
}

function removeField(node: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined || node === undefined || node === null) return node;
  if (key.startsWith('f:')) {
    const object = node as Json;
    const name = key.slice(2);
    if (!Object.hasOwn(object, name)) return node;
    if (rest.length > 0) return withEntry(object, name, removeField(object[name], rest));
    const { [name]: _gone, ...others } = object;
    return others;
  }
  if (!Array.isArray(node)) return node;
  const at = indexOfItem(node, key);
  return at < 0 ? node : node.toSpliced(at, 1);
}
