// Pods say by a label which template they were made from, so that pods of an older deploy are told from those of the
// newest (reference 4.9, 4.10).
import { createHash } from 'node:crypto';
import { getKey, isMap, type Plain, type PlainMap, setKey } from '../yaml/plain.ts';
import { type Entity, partsOfType } from './entity.ts';
import { structType, type TypeExpr, typeIndexByName } from './types.ts';

export const podTemplateHashLabel = 'tilt.dev/pod-template-hash';

/** 20 hex digits over the template as Kubernetes' own types write it. */
export function hashPodTemplate(template: PlainMap): string {
  const text = typedJson({ is: 'struct', index: typeIndexByName('PodTemplateSpec') }, template);
  return createHash('sha1').update(text).digest('hex').slice(0, 20);
}

/** Labels every pod template of the object with its hash, in place; last of all changes, for the hash covers them. */
export function labelPodTemplates(entity: Entity): void {
  for (const template of partsOfType(entity, 'PodTemplateSpec')) {
    const hash = hashPodTemplate(template);
    const metadata = getKey(template, 'metadata');
    const meta: PlainMap = isMap(metadata) ? metadata : {};
    if (meta !== metadata) setKey(template, 'metadata', meta);
    const labels = getKey(meta, 'labels');
    setKey(meta, 'labels', { ...(isMap(labels) ? labels : {}), [podTemplateHashLabel]: hash });
  }
}

/** The hashes that the object's templates carry. */
export function podTemplateHashes(entity: Entity): string[] {
  return partsOfType(entity, 'PodTemplateSpec').flatMap(template => {
    const metadata = getKey(template, 'metadata');
    const labels = isMap(metadata) ? getKey(metadata, 'labels') : undefined;
    const hash = isMap(labels) ? getKey(labels, podTemplateHashLabel) : undefined;
    return typeof hash === 'string' ? [hash] : [];
  });
}

/** JSON as a typed Go client writes it: fields of types in their order, keys of maps sorted, `<`, `>` and `&` escaped. */
function typedJson(type: TypeExpr, value: Plain): string {
  if (value === null) return 'null';
  if (type.is === 'pointer') return typedJson(type.of, value);
  if (type.is === 'list' && Array.isArray(value)) return `[${value.map(item => typedJson(type.of, item)).join(',')}]`;
  if (type.is === 'struct' && isMap(value)) {
    const { fields } = structType(type.index);
    const parts: string[] = [];
    for (const field of fields.values()) {
      const item = getKey(value, field.name);
      // A time that is not set is written all the same; with it the hash is the one that Tilt gives.
      if (field.name === 'creationTimestamp' && item === undefined) parts.push('"creationTimestamp":null');
      if (field.type && item !== undefined) parts.push(`${quoted(field.name)}:${typedJson(field.type, item)}`);
    }
    return `{${parts.join(',')}}`;
  }
  if (isMap(value)) {
    const of: TypeExpr = type.is === 'map' ? type.of : { is: 'scalar', of: 'R' };
    const keys = Object.keys(value).sort();
    return `{${keys.map(key => `${quoted(key)}:${typedJson(of, value[key]!)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(item => typedJson({ is: 'scalar', of: 'R' }, item)).join(',')}]`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
