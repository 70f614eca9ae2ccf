// What the server serves, asked per group and version and remembered.
import { makeDeferred, orAborted } from '../../base/abort.ts';
import { type CallOptions, KubeError, NoKindMatchError, type ResourceType } from './port.ts';
import { groupOf, groupVersionPath } from './resource-path.ts';
import type { Rest } from './rest.ts';

type Kinds = ReadonlyMap<string, ResourceType>;

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs?: readonly string[];
}

export class ResourceTypes {
  readonly #rest: Rest;
  readonly #known = new Map<string, Kinds>();
  readonly #asking = new Map<string, Promise<Kinds>>();

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** How the kind is served; what is not known is asked for, each time. Throws NoKindMatchError. */
  async find(apiVersion: string, kind: string, options: CallOptions): Promise<ResourceType> {
    const known = this.#known.get(apiVersion)?.get(kind);
    if (known) return known;
    const found = (await this.#ask(apiVersion, options)).get(kind);
    if (!found) throw new NoKindMatchError(apiVersion, kind);
    return found;
  }

  forget(): void {
    this.#known.clear();
    // Answers on their way may be of the time before.
    this.#asking.clear();
  }

  /** Many ask for the same at once, and the first one's signal must not end it for the others. */
  async #ask(apiVersion: string, options: CallOptions): Promise<Kinds> {
    const under = this.#asking.get(apiVersion);
    if (under) {
      const shared = await orAborted(
        under.catch(() => undefined),
        options.signal,
      );
      if (shared) return shared;
    }
    const asking = makeDeferred<Kinds>();
    asking.promise.catch(() => {});
    this.#asking.set(apiVersion, asking.promise);
    try {
      const kinds = await this.#fetch(apiVersion, options);
      if (this.#asking.get(apiVersion) === asking.promise) this.#known.set(apiVersion, kinds);
      asking.resolve(kinds);
      return kinds;
    } catch (error) {
      asking.reject(error);
      throw error;
    } finally {
      if (this.#asking.get(apiVersion) === asking.promise) this.#asking.delete(apiVersion);
    }
  }

  async #fetch(apiVersion: string, options: CallOptions): Promise<Kinds> {
    const group = groupOf(apiVersion);
    const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
    try {
      const { resources = [] } = (await this.#rest.json(groupVersionPath(apiVersion), options)) as {
        readonly resources?: readonly ApiResource[];
      };
      const kinds = new Map<string, ResourceType>();
      for (const { name, kind, namespaced, verbs = [] } of resources) {
        const isSubresource = name.includes('/');
        if (!isSubresource && !kinds.has(kind))
          kinds.set(kind, { group, version, kind, plural: name, isNamespaced: namespaced, verbs });
      }
      return kinds;
    } catch (error) {
      if (error instanceof KubeError && error.code === 404) return new Map();
      throw error;
    }
  }
}
