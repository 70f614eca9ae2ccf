// What a plain write (not an apply) does to managedFields: the writer owns what it changed, nobody owns what is gone.
import type { Kind } from '../api/kinds.ts';
import type { ApiObject, ManagedFieldsEntry } from '../api/meta.ts';
import { deepEqual } from './deep.ts';
import { fieldValues, fromFieldsV1, isEntryOf, makeEntry, type Writer, withoutFields } from './field-ownership.ts';

/** The entries after a write that turned `before` (undefined for a creation) into `after`. */
export function trackWrite(
  kind: Kind,
  before: ApiObject | undefined,
  after: ApiObject,
  writer: Writer,
): readonly ManagedFieldsEntry[] {
  const old = before ? fieldValues(kind, before, writer.part) : new Map<string, unknown>();
  const now = fieldValues(kind, after, writer.part);
  const gone = [...old.keys()].filter(path => !now.has(path));
  const changed = [...now]
    .filter(([path, value]) => !old.has(path) || !deepEqual(old.get(path), value))
    .map(([p]) => p);
  const entries = before?.metadata.managedFields ?? [];
  const own = entries.find(entry => isEntryOf(entry, writer));
  const goneSet = new Set(gone);
  // A marker that a map or list exists is shared by all who set parts of it.
  const taken = new Set([...gone, ...changed.filter(path => !path.endsWith('.'))]);
  const others = entries.filter(entry => entry !== own).flatMap(entry => withoutFields(entry, taken));
  const kept = own ? [...fromFieldsV1(own.fieldsV1)].filter(path => !goneSet.has(path)) : [];
  if (own && changed.length === 0 && gone.length === 0) return entries;
  return [...others, ...makeEntry(writer, new Set([...kept, ...changed]))];
}
