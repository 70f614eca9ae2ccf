// What is never deleted on somebody's behalf to make room for a change: deleting it takes other people's data with it.
import type { KubeObject } from '../../adapters/kube/port.ts';

const withContents: Readonly<Record<string, string>> = {
  Namespace: 'everything in it would go with it',
  PersistentVolume: 'its data would be lost',
  PersistentVolumeClaim: 'its data would be lost',
  CustomResourceDefinition: 'every object of its kind would go with it',
};

type Known = Pick<KubeObject, 'kind' | 'metadata'>;

export const downPolicyAnnotation = 'tilt.dev/down-policy';

/** The Tiltfile's author wants it kept, whatever happens (reference 4.9, down-policy). */
export function isKept({ metadata }: Pick<KubeObject, 'metadata'>): boolean {
  return metadata.annotations?.[downPolicyAnnotation] === 'keep';
}

/** Why the object may not be deleted to be made anew; undefined when it may. */
export function keepReason(object: Known): string | undefined {
  if (isKept(object)) return `its annotation ${downPolicyAnnotation} says keep`;
  return withContents[object.kind];
}

/** Kinds that a forced update leaves alone: their contents are not part of the resource. */
export function survivesForcedUpdate(object: Known): boolean {
  return isKept(object) || object.kind in withContents || object.kind === 'ServiceAccount';
}
