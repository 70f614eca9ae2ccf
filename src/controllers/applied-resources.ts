// What a Tiltfile's resources were made into, so that a reload works only for those whose definition changed.

import { isDeepStrictEqual } from 'node:util';
import type { Kind } from '../api/kinds.ts';
import type { Store } from '../store/port.ts';
import type { ResourceDefinition } from '../tiltfile/result.ts';
import type { DesiredObject } from './desired-object.ts';
import { globalIgnores } from './global-ignores.ts';
import { type DesiredInput, resourceObjects } from './tiltfile-objects.ts';

interface Applied {
  readonly definition: ResourceDefinition;
  readonly order: number;
  /** What the objects were made of besides the definition. */
  readonly around: string;
  readonly objects: readonly DesiredObject[];
}

/** The objects of one resource. */
export interface ResourceObjects {
  readonly objects: readonly DesiredObject[];
  /** Made anew, and hashed again: the definition, its place or its Tiltfile changed. */
  readonly isNew: boolean;
}

export class AppliedResources {
  readonly #byTiltfile = new Map<string, Map<string, Applied>>();
  /** Objects made with v1alpha1.*, whether the Tiltfile has them or another one does. */
  readonly #extras = new Map<string, readonly DesiredObject[]>();
  /** What the store had of each object when it was last written, by kind and name. */
  readonly #stored = new Map<string, object>();

  /** The objects of a resource, those of the last time when nothing of it changed. */
  objectsOf(input: DesiredInput, definition: ResourceDefinition, order: number): ResourceObjects {
    const { tiltfile } = input;
    const around = aroundOf(input);
    const old = this.#byTiltfile.get(tiltfile)?.get(definition.name);
    const isSame = old && old.order === order && old.around === around && isDeepStrictEqual(old.definition, definition);
    if (isSame) return { objects: old.objects, isNew: false };
    return { objects: resourceObjects(input, definition, order), isNew: true };
  }

  /** Keeps what a run made of its resources; those that it did not name are forgotten. */
  keep(input: DesiredInput, made: ReadonlyMap<ResourceDefinition, { readonly order: number } & ResourceObjects>): void {
    const around = aroundOf(input);
    const applied = new Map<string, Applied>();
    for (const [definition, { order, objects }] of made)
      applied.set(definition.name, { definition, order, around, objects });
    this.#byTiltfile.set(input.tiltfile, applied);
  }

  /** Keeps what else a Tiltfile names; gives what it named before and no longer does, as another Tiltfile names it. */
  keepExtras(tiltfile: string, extras: readonly DesiredObject[]): DesiredObject[] {
    const before = this.#extras.get(tiltfile) ?? [];
    this.#extras.set(tiltfile, extras);
    const now = new Set(extras.map(keyOf));
    return before.filter(item => !now.has(keyOf(item))).flatMap(item => this.#namedElsewhere(item, tiltfile));
  }

  /** Forgets a Tiltfile; gives what others name of what it named. */
  forget(tiltfile: string): DesiredObject[] {
    const successors = this.keepExtras(tiltfile, []);
    this.#extras.delete(tiltfile);
    this.#byTiltfile.delete(tiltfile);
    return successors;
  }

  #namedElsewhere(item: DesiredObject, tiltfile: string): DesiredObject[] {
    for (const [other, extras] of this.#extras) {
      const same = other === tiltfile ? undefined : extras.find(extra => keyOf(extra) === keyOf(item));
      if (same) return [same];
    }
    return [];
  }

  /** Whether the store still has what was written: then there is nothing to compare or write. */
  isInPlace(store: Store, kind: Kind, name: string): boolean {
    const stored = this.#stored.get(`${kind} ${name}`);
    const now = store.get(kind, name);
    if (!stored || !now) return false;
    const { metadata } = stored as typeof now;
    return (
      now.metadata.generation === metadata.generation &&
      now.metadata.uid === metadata.uid &&
      now.metadata.labels === metadata.labels &&
      now.metadata.annotations === metadata.annotations &&
      now.metadata.ownerReferences === metadata.ownerReferences
    );
  }

  /** The store has this object now. */
  wrote(kind: Kind, name: string, stored: object): void {
    this.#stored.set(`${kind} ${name}`, stored);
  }

  /** The object is gone. */
  removed(kind: Kind, name: string): void {
    this.#stored.delete(`${kind} ${name}`);
  }
}

function keyOf({ kind, object }: DesiredObject): string {
  return `${kind} ${object.metadata.name}`;
}

function aroundOf({ tiltfilePath, owner, labels, result, kubernetes }: DesiredInput): string {
  return JSON.stringify([tiltfilePath, owner.uid, labels, globalIgnores(result), kubernetes]);
}
