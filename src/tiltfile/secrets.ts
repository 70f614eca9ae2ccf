// Values of Kubernetes Secrets, which no log may show (reference 2.8, secret scrubbing).
import { Buffer } from 'node:buffer';
import type { Entity } from '../domain/kubernetes/entity.ts';
import { getKey, isMap } from '../domain/yaml/plain.ts';
import type { Evaluation } from './evaluation.ts';
import type { SecretValue } from './result.ts';

/** Shorter values would hide too much else. */
const shortestBytes = 5;

/** Every value of every Secret in the YAML that was loaded; none when the Tiltfile wants no scrubbing. */
export function secretsOf(evaluation: Evaluation): SecretValue[] {
  if (!evaluation.settings.scrubSecrets) return [];
  const { deployment } = evaluation;
  const entities = [...deployment.unresourced, ...deployment.kubernetes.flatMap(resource => resource.entities)];
  const byValue = new Map<string, SecretValue>();
  for (const entity of entities) {
    if (entity.kind !== 'Secret' || entity.apiVersion !== 'v1') continue;
    for (const secret of valuesOf(entity)) if (!byValue.has(secret.value)) byValue.set(secret.value, secret);
  }
  return [...byValue.values()];
}

function valuesOf(entity: Entity): SecretValue[] {
  const found: SecretValue[] = [];
  const add = (key: string, value: string): void => {
    if (Buffer.byteLength(value) >= shortestBytes) found.push({ name: entity.name, key, value });
  };
  const data = getKey(entity.object, 'data');
  if (isMap(data)) {
    for (const [key, value] of Object.entries(data))
      if (typeof value === 'string') add(key, Buffer.from(value, 'base64').toString('utf8'));
  }
  const texts = getKey(entity.object, 'stringData');
  if (isMap(texts)) for (const [key, value] of Object.entries(texts)) if (typeof value === 'string') add(key, value);
  return found;
}
