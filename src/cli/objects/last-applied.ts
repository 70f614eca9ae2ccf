// The annotation in which `apply` keeps what it was given, so that the next one knows what was taken away.
import { writeCompactJson } from '../../domain/json/write-json.ts';
import { isMap, type PlainMap } from '../../domain/yaml/plain.ts';
import type { AnyObject } from './object-client.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** A copy that carries itself in the annotation. */
export function withLastApplied(object: AnyObject): AnyObject {
  const { metadata } = object;
  const { [lastAppliedAnnotation]: _, ...annotations } = isMap(metadata['annotations']) ? metadata['annotations'] : {};
  const plain = { ...object, metadata: { ...metadata, annotations } };
  const text = `${writeCompactJson(plain)}\n`;
  return { ...plain, metadata: { ...plain.metadata, annotations: { ...annotations, [lastAppliedAnnotation]: text } } };
}

/** What was applied last; undefined when nobody did. */
export function lastApplied(object: AnyObject): PlainMap | undefined {
  const annotations = object.metadata['annotations'];
  const text = isMap(annotations) ? annotations[lastAppliedAnnotation] : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const value = JSON.parse(text) as PlainMap;
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
