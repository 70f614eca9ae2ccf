// Which objects of a controller are concerned by a change of others that they name: maps that switch them off, what
// restarts them, the cluster they go to.
import type { Kind } from '../../api/kinds.ts';
import type { DisableSource, RestartOn } from '../../api/shared-types.ts';

export interface Named {
  readonly kind: Kind;
  readonly name: string;
}

export class Dependents {
  /** Names of dependents by what they depend on, `Kind name`. */
  readonly #byKey = new Map<string, Set<string>>();
  readonly #keysOf = new Map<string, ReadonlySet<string>>();

  /** For `watches`: the dependents of an object of that kind. */
  of(kind: Kind): (name: string) => Iterable<string> {
    return name => this.#byKey.get(`${kind} ${name}`) ?? [];
  }

  /** What `dependent` depends on now; nothing, when it is gone. Costs what changed. */
  set(dependent: string, on: readonly Named[]): void {
    const wanted = new Set(on.map(({ kind, name }) => `${kind} ${name}`));
    for (const key of this.#keysOf.get(dependent) ?? []) if (!wanted.has(key)) this.#remove(key, dependent);
    for (const key of wanted) {
      const names = this.#byKey.get(key);
      if (names) names.add(dependent);
      else this.#byKey.set(key, new Set([dependent]));
    }
    if (wanted.size > 0) this.#keysOf.set(dependent, wanted);
    else this.#keysOf.delete(dependent);
  }

  #remove(key: string, dependent: string): void {
    const names = this.#byKey.get(key);
    names?.delete(dependent);
    if (names?.size === 0) this.#byKey.delete(key);
  }
}

/** The maps that switch an object off. */
export function switchesOf(source: DisableSource | undefined): Named[] {
  const maps = [source?.configMap, ...(source?.everyConfigMap ?? [])];
  return maps.flatMap(map => (map ? [{ kind: 'ConfigMap' as const, name: map.name }] : []));
}

/** What restarts an object. */
export function restartersOf(restartOn: RestartOn | undefined): Named[] {
  return [
    ...(restartOn?.fileWatches ?? []).map(name => ({ kind: 'FileWatch' as const, name })),
    ...(restartOn?.uiButtons ?? []).map(name => ({ kind: 'UIButton' as const, name })),
  ];
}
