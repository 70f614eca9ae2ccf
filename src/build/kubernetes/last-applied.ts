// What was applied last stands in an annotation of the object, as kubectl keeps it, so that both can work on one object.
import type { KubeObject } from '../../adapters/kube/port.ts';
import { writeCompactJson } from '../../domain/json/write-json.ts';
import type { Plain } from '../../domain/yaml/plain.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with the annotation that says what it is. */
export function withLastApplied(object: KubeObject): KubeObject {
  const { [lastAppliedAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
  const plain = { ...object, metadata: { ...object.metadata, annotations } };
  const text = `${writeCompactJson(plain as unknown as Plain)}\n`;
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, [lastAppliedAnnotation]: text } },
  };
}

/** What was applied last; undefined when nobody applied it, or the annotation cannot be read. */
export function readLastApplied(object: KubeObject): unknown {
  const text = object.metadata.annotations?.[lastAppliedAnnotation];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
