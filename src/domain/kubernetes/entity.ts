// One object of a Kubernetes YAML file.
import { getKey, isMap, type Plain, type PlainMap } from '../yaml/plain.ts';
import { structType, type TypeExpr, typesHolding } from './types.ts';

export interface Entity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** '' when the object does not say. */
  readonly namespace: string;
  readonly object: PlainMap;
  /** Place in the table of types; undefined for objects that are only data. */
  readonly typeIndex: number | undefined;
}

const text = (map: PlainMap | undefined, key: string): string => {
  const value = map && getKey(map, key);
  return typeof value === 'string' ? value : '';
};

/** The entity around an object's data. */
export function makeEntity(object: PlainMap, typeIndex: number | undefined): Entity {
  const metadata = getKey(object, 'metadata');
  const meta = isMap(metadata) ? metadata : undefined;
  return {
    apiVersion: text(object, 'apiVersion'),
    kind: text(object, 'kind'),
    name: text(meta, 'name'),
    namespace: text(meta, 'namespace'),
    object,
    typeIndex,
  };
}

/** The namespace that an object is taken to be in when it does not say. */
export function namespaceOf(entity: Entity): string {
  return entity.namespace || 'default';
}

/** The part of apiVersion before the slash; '' for the core group. */
export function groupOf(entity: Pick<Entity, 'apiVersion'>): string {
  const slash = entity.apiVersion.indexOf('/');
  return slash < 0 ? '' : entity.apiVersion.slice(0, slash);
}

export function labelsOf(entity: Entity): Readonly<Record<string, Plain>> {
  const metadata = getKey(entity.object, 'metadata');
  const labels = isMap(metadata) ? getKey(metadata, 'labels') : undefined;
  return isMap(labels) ? labels : {};
}

/**
 * All parts of the object that are of the type with that name, in the order of the type's fields. Untyped objects have
 * none. Parts of the type `except` are not looked into.
 */
export function partsOfType(entity: Entity, typeName: string, except = ''): PlainMap[] {
  if (entity.typeIndex === undefined) return [];
  const holding = typesHolding(typeName);
  if (!holding.has(entity.typeIndex)) return [];
  const found: PlainMap[] = [];
  const walk = (type: TypeExpr, value: Plain | undefined): void => {
    if (value === undefined || value === null || type.is === 'scalar' || type.is === 'choice') return;
    if (type.is === 'map') return;
    if (type.is !== 'struct') {
      if (type.is === 'pointer') walk(type.of, value);
      else if (Array.isArray(value)) for (const item of value) walk(type.of, item);
      return;
    }
    if (!holding.has(type.index) || !isMap(value)) return;
    const struct = structType(type.index);
    if (struct.name === except) return;
    if (struct.name === typeName) {
      found.push(value);
      return;
    }
    for (const field of struct.list) if (field.type) walk(field.type, getKey(value, field.name));
  };
  walk({ is: 'struct', index: entity.typeIndex }, entity.object);
  return found;
}

/** `name:kind:namespace` with colons inside names escaped. */
export function joinSelector(parts: readonly string[]): string {
  return parts.map(part => part.replace(/[\\:]/g, char => `\\${char}`)).join(':');
}

/** The parts of a fragment, `\` before a colon taking its meaning away. Throws for a `\` that escapes nothing. */
export function splitSelector(fragment: string): string[] {
  const parts = [''];
  for (let i = 0; i < fragment.length; i++) {
    const char = fragment[i]!;
    if (char === ':') parts.push('');
    else if (char !== '\\') parts[parts.length - 1] += char;
    else {
      const next = fragment[++i];
      if (next === undefined) throw new Error("invalid escape sequence '\\' at end of string");
      if (next !== ':' && next !== '\\') throw new Error(`invalid escape sequence '\\${next}'`);
      parts[parts.length - 1] += next;
    }
  }
  return parts;
}

/** How people see an object in messages: `name:Kind:namespace`. */
export function fullName(entity: Entity): string {
  return joinSelector([entity.name, entity.kind, namespaceOf(entity)]);
}

/** Names that may stand for the object, shortest first, in lower case. */
export function potentialNames(entity: Entity): string[] {
  const parts = [entity.name, entity.kind, namespaceOf(entity), groupOf(entity) || 'core'];
  return parts.map((_part, i) => joinSelector(parts.slice(0, i + 1)).toLowerCase());
}

/**
 * For each object the shortest name that no other wants, of at least `minParts` parts; equal objects get their place in
 * the list behind it.
 */
export function uniqueNames(entities: readonly Entity[], minParts = 1): string[] {
  const counts = new Map<string, number>();
  const wanted = entities.map(entity => potentialNames(entity).slice(minParts - 1));
  for (const names of wanted) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return wanted.map((names, i) => {
    // An object that the cluster will name has nothing short to be called by.
    const unique = entities[i]!.name === '' ? undefined : names.find(name => counts.get(name) === 1);
    return unique ?? `${names.at(-1)}:${i}`;
  });
}
