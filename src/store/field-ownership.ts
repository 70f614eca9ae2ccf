// Who set which field (managedFields). A set of fields is a set of paths; a path is the keys of FieldsV1 from the top,
// joined by a character that no key holds. Which lists have parts of their own, the tables of fields say.
import type { Kind } from '../api/kinds.ts';
import { type ApiObject, apiVersion, type ManagedFieldsEntry } from '../api/meta.ts';
import { type Field, type FieldType, fieldsOf, fieldsOfKind } from '../api/schema.ts';

export type FieldSet = ReadonlySet<string>;

const joint = '\u0000';
type Json = Readonly<Record<string, unknown>>;

/** Fields of the metadata that writers own. */
const ownedMetadata: ReadonlySet<string> = new Set(['labels', 'annotations', 'finalizers', 'ownerReferences']);

/** What a write is about: the object, or its status alone. */
export type Part = 'main' | 'status';

/** Every field that the part of the object sets, with its value. */
export function fieldValues(kind: Kind, object: ApiObject, part: Part): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [key, field] of fieldsOfKind(kind)) {
    const value = (object as unknown as Json)[key];
    if (key === 'apiVersion' || key === 'kind' || value === undefined) continue;
    if ((key === 'status') !== (part === 'status')) continue;
    if (key === 'metadata') collectMetadata(value as Json, values);
    else collect(field.type, value, `f:${key}`, values);
  }
  return values;
}

function collectMetadata(metadata: Json, values: Map<string, unknown>): void {
  for (const [key, field] of fieldsOf('ObjectMeta')) {
    const value = metadata[key];
    if (!ownedMetadata.has(key) || value === undefined) continue;
    const path = `f:metadata${joint}f:${key}`;
    if (field.type.is === 'list') collectItems(key, value as readonly unknown[], path, values);
    else collect(field.type, value, path, values);
  }
}

function collectItems(key: string, items: readonly unknown[], path: string, values: Map<string, unknown>): void {
  values.set(`${path}${joint}.`, true);
  for (const item of items) {
    const name =
      key === 'finalizers' ? `v:${JSON.stringify(item)}` : `k:${JSON.stringify({ uid: (item as Json)['uid'] })}`;
    values.set(`${path}${joint}${name}`, item);
  }
}

/** Lists of our kinds are owned as a whole; structs and maps field by field. */
function collect(type: FieldType, value: unknown, path: string, values: Map<string, unknown>): void {
  if (value === undefined) return;
  if (type.is === 'scalar' || type.is === 'list') {
    values.set(path, value);
    return;
  }
  const object = value as Json;
  if (type.is === 'map') {
    values.set(`${path}${joint}.`, true);
    for (const key of Object.keys(object)) values.set(`${path}${joint}f:${key}`, object[key]);
    return;
  }
  const fields: ReadonlyMap<string, Field> = fieldsOf(type.name);
  const keys = Object.keys(object).filter(key => object[key] !== undefined && fields.has(key));
  // An empty struct is a value of its own.
  if (keys.length === 0) values.set(path, {});
  for (const key of keys) collect(fields.get(key)!.type, object[key], `${path}${joint}f:${key}`, values);
}

/** The FieldsV1 tree of a set. */
export function toFieldsV1(fields: Iterable<string>): Json {
  const root = new Map<string, unknown>();
  for (const path of fields) {
    let at = root;
    for (const key of path.split(joint)) {
      const next = (at.get(key) as Map<string, unknown> | undefined) ?? new Map<string, unknown>();
      at.set(key, next);
      at = next;
    }
  }
  return toObject(root);
}

function toObject(tree: Map<string, unknown>): Json {
  const entries = [...tree].map(([key, child]) => [key, toObject(child as Map<string, unknown>)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The set of a FieldsV1 tree. */
export function fromFieldsV1(tree: unknown): Set<string> {
  const paths = new Set<string>();
  const visit = (node: Json, path: string): void => {
    const keys = Object.keys(node);
    if (keys.length === 0 && path !== '') paths.add(path);
    for (const key of keys) visit(node[key] as Json, path === '' ? key : `${path}${joint}${key}`);
  };
  if (typeof tree === 'object' && tree !== null) visit(tree as Json, '');
  return paths;
}

/** A path as people write it: `.spec.args`. */
export function pathText(path: string): string {
  return path
    .split(joint)
    .filter(key => key !== '.')
    .map(key => (key.startsWith('f:') ? `.${key.slice(2)}` : `[${key.slice(2)}]`))
    .join('');
}

export interface Writer {
  readonly manager: string;
  readonly operation: 'Update' | 'Apply';
  readonly part: Part;
  /** RFC 3339. */
  readonly time: string;
}

/** True for the entry that belongs to the writer. */
export function isEntryOf(entry: ManagedFieldsEntry, { manager, operation, part }: Omit<Writer, 'time'>): boolean {
  return (
    entry.manager === manager &&
    entry.operation === operation &&
    (entry.subresource ?? '') === (part === 'status' ? 'status' : '')
  );
}

/** An entry with these fields, or none when the set is empty. */
export function makeEntry(writer: Writer, fields: FieldSet): readonly ManagedFieldsEntry[] {
  if (fields.size === 0) return [];
  return [
    {
      manager: writer.manager,
      operation: writer.operation,
      apiVersion,
      time: writer.time,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(writer.part === 'status' ? { subresource: 'status' } : {}),
    },
  ];
}

/** The entry without some fields; gone when nothing is left. */
export function withoutFields(entry: ManagedFieldsEntry, taken: FieldSet): readonly ManagedFieldsEntry[] {
  const fields = fromFieldsV1(entry.fieldsV1);
  const left = new Set([...fields].filter(path => !taken.has(path)));
  if (left.size === fields.size) return [entry];
  return left.size === 0 ? [] : [{ ...entry, fieldsV1: toFieldsV1(left) }];
}
