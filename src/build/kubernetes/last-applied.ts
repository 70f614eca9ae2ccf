// What was applied last stands in an annotation of the object, as kubectl keeps it, so that both can work on one object.
import type { KubeObject } from '../../adapters/kube/port.ts';
import { writeCompactJson } from '../../domain/json/write-json.ts';
import { managedByLabel } from '../../domain/kubernetes/managed-label.ts';
import type { Plain } from '../../domain/yaml/plain.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** The server's limit for all annotations of an object. */
const mostAnnotationBytes = 262_144;

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

/**
 * True for an object that we wrote as a whole since it is too big for the annotation. Nobody knows what of it was applied
 * last, so a difference to it would leave there what the YAML no longer has.
 */
export function wasWrittenWhole(live: KubeObject): boolean {
  const { managedFields: _fields, ...metadata } = live.metadata;
  const isOurs = metadata.labels?.[managedByLabel.key] === managedByLabel.value;
  if (!isOurs || metadata.annotations?.[lastAppliedAnnotation] !== undefined) return false;
  const { status: _status, ...rest } = live;
  const text = writeCompactJson({ ...rest, metadata } as unknown as Plain);
  return Buffer.byteLength(text) > mostAnnotationBytes;
}
