// Which KubernetesApply has which objects in the cluster, and which of them nobody wants any more. An object that moved
// from one apply to another is wanted: only what no apply has may go (reference 4.9, garbage collection).
import type { KubeConnection, KubeObject, ObjectRef } from '../adapters/kube/port.ts';
import { isKept } from '../build/kubernetes/keep.ts';
import { makeEntity } from '../domain/kubernetes/entity.ts';
import { podTemplateHashes } from '../domain/kubernetes/pod-template-hash.ts';
import { typeOfKind } from '../domain/kubernetes/types.ts';
import type { PlainMap } from '../domain/yaml/plain.ts';

export interface AppliedObject {
  readonly ref: ObjectRef;
  readonly uid: string;
  /** `tilt.dev/down-policy: keep`. */
  readonly isKept: boolean;
  /** Hashes of its pod templates. */
  readonly podTemplateHashes: readonly string[];
  /** `replicas: 0`. */
  readonly isScaledToZero?: boolean;
}

/** Of an object as the cluster has it after its apply. */
export function appliedObject(object: KubeObject, { client }: KubeConnection): AppliedObject {
  const { apiVersion, kind, metadata } = object;
  const namespace = metadata.namespace ?? (metadata.uid === undefined ? client.namespace : '');
  return {
    ref: { apiVersion, kind, name: metadata.name, ...(namespace === '' ? {} : { namespace }) },
    uid: metadata.uid ?? '',
    isKept: isKept(object),
    isScaledToZero: (object['spec'] as { readonly replicas?: unknown } | undefined)?.replicas === 0,
    podTemplateHashes: podTemplateHashes(makeEntity(object as unknown as PlainMap, typeOfKind(apiVersion, kind))),
  };
}

/** Identity of an object; the version of its API is no part of it. */
function addressOf({ ref: { apiVersion, kind, namespace, name } }: AppliedObject): string {
  const slash = apiVersion.indexOf('/');
  return [slash < 0 ? '' : apiVersion.slice(0, slash), kind, namespace ?? '', name].join('/');
}

interface Owner {
  applied: Map<string, AppliedObject>;
  /** Had once, and not in the newest apply. */
  dangling: Map<string, AppliedObject>;
}

export class AppliedObjects {
  #owners = new Map<string, Owner>();
  /** Number of applies that have the object. */
  #counts = new Map<string, number>();

  /** What an apply has now; what it had before dangles. Gives what was made anew under the same name, as it was before. */
  set(owner: string, objects: readonly AppliedObject[]): AppliedObject[] {
    const known = this.#owners.get(owner) ?? { applied: new Map(), dangling: new Map() };
    this.#owners.set(owner, known);
    const before = known.applied;
    for (const [address, object] of before) {
      known.dangling.set(address, object);
      this.#count(address, -1);
    }
    known.applied = new Map(objects.map(object => [addressOf(object), object]));
    for (const address of known.applied.keys()) this.#count(address, 1);
    return [...before].flatMap(([address, object]) => {
      const now = known.applied.get(address);
      return now && now.uid !== object.uid ? [object] : [];
    });
  }

  /**
   * What an apply made anew and others have too is theirs as it is now. Gives the names of those others: what they had is
   * gone, and this session knows what stands in its place.
   */
  share(owner: string): string[] {
    const changed = new Set<string>();
    for (const [address, object] of this.#owners.get(owner)?.applied ?? []) {
      for (const [name, { applied }] of this.#owners) {
        const theirs = applied.get(address);
        if (name === owner || !theirs || object.uid === '' || theirs.uid === object.uid) continue;
        applied.set(address, { ...object, isKept: theirs.isKept });
        changed.add(name);
      }
    }
    return [...changed];
  }

  /** What an apply has now, in the order of its apply. */
  of(owner: string): readonly AppliedObject[] {
    return [...(this.#owners.get(owner)?.applied.values() ?? [])];
  }

  /** The other applies that have the object, in the order in which they came. */
  othersWith(owner: string, object: AppliedObject): string[] {
    const address = addressOf(object);
    return [...this.#owners].flatMap(([name, { applied }]) => (name !== owner && applied.has(address) ? [name] : []));
  }

  /** Whether the apply has anything, or had something that has not been taken care of. */
  knows(owner: string): boolean {
    const known = this.#owners.get(owner);
    return known !== undefined && known.applied.size + known.dangling.size > 0;
  }

  /**
   * What may be deleted; it is forgotten by this. Newest order of apply turned round. `isWanted`: another apply will have
   * the object, though it has not been applied yet.
   */
  takeDangling(owner: string, isWanted: (object: AppliedObject) => boolean): AppliedObject[] {
    const known = this.#owners.get(owner);
    if (!known) return [];
    const taken = [...known.dangling].filter(
      ([address, object]) => !this.#counts.has(address) && !object.isKept && !isWanted(object),
    );
    known.dangling.clear();
    return taken.map(([, object]) => object).reverse();
  }

  /** What dangles is somebody else's care (a delete command). Gives what that was. */
  dropDangling(owner: string): AppliedObject[] {
    const { dangling } = this.#owners.get(owner) ?? {};
    const dropped = [...(dangling?.values() ?? [])];
    dangling?.clear();
    return dropped;
  }

  forget(owner: string): void {
    this.set(owner, []);
    this.#owners.delete(owner);
  }

  #count(address: string, by: number): void {
    const count = (this.#counts.get(address) ?? 0) + by;
    if (count === 0) this.#counts.delete(address);
    else this.#counts.set(address, count);
  }
}
