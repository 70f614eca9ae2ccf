// Values of Kubernetes Secrets, which no log may show (reference 2.8, secret scrubbing).
import { Buffer } from 'node:buffer';
import type { Entity } from '../domain/kubernetes/entity.ts';
import { getKey, isMap } from '../domain/yaml/plain.ts';
import type { Evaluation } from './evaluation.ts';
import type { SecretValue } from './result.ts';

/** Every value of every Secret in the YAML that was loaded; none when the Tiltfile wants no scrubbing. */
export function secretsOf(evaluation: Evaluation): SecretValue[] {
  if (!evaluation.settings.scrubSecrets) return [];
  const { deployment } = evaluation;
  const entities = [...deployment.unresourced, ...deployment.kubernetes.flatMap(resource => resource.entities)];
  const byValue = new Map<string, SecretValue>();
  for (const entity of entities) {
    if (entity.kind !== 'Secret' || entity.apiVersion !== 'v1') continue;
    for (const secret of valuesOf(entity)) byValue.set(secret.value, secret);
  }
  return [...byValue.values()];
}

function valuesOf(entity: Entity): SecretValue[] {
  const found: SecretValue[] = [];
  const data = getKey(entity.object, 'data');
  if (isMap(data)) {
    for (const [key, value] of Object.entries(data))
      if (typeof value === 'string') found.push(ofBytes(entity.name, key, Buffer.from(value, 'base64')));
  }
  const texts = getKey(entity.object, 'stringData');
  if (isMap(texts)) {
    for (const [key, value] of Object.entries(texts))
      if (typeof value === 'string') found.push({ name: entity.name, key, value });
  }
  return found;
}

/** A value that is no text keeps its bytes beside what a text makes of them. */
function ofBytes(name: string, key: string, bytes: Buffer): SecretValue {
  const value = bytes.toString('utf8');
  return { name, key, value, ...(Buffer.from(value).equals(bytes) ? {} : { base64: bytes.toString('base64') }) };
}
