// Who owns what in one cluster, up to the root: pod, ReplicaSet, Deployment. Only metadata is asked for, each owner once;
// the first of a kind in a namespace brings all of that kind, for a session's pods come in numbers.
// Does not: fail. What may not be read ends the chain with what the reference itself says.
import { type KubeClient, KubeError, type KubeObject, type KubeOwner } from '../../adapters/kube/port.ts';

interface Node {
  readonly createdAt: string | undefined;
  readonly owners: readonly KubeOwner[];
  readonly isUnknown?: boolean;
}

export interface OwnerChain {
  /** Of the object itself, then of everything above it, nearest first. */
  readonly uids: readonly string[];
  /** When its nearest owner was made; undefined when there is none or nobody may know. */
  readonly ownerCreatedAt: string | undefined;
  /** Somewhere above it is an owner that may not be read. */
  readonly isBroken: boolean;
}

const unknown: Node = { createdAt: undefined, owners: [], isUnknown: true };
/** It was deleted, and what it owned is on its way out. */
const gone: Node = { createdAt: undefined, owners: [] };
/** Chains are short; a longer one is a ring. */
const maxDepth = 20;

export class OwnerTrees {
  readonly #client: KubeClient;
  readonly #signal: AbortSignal;
  readonly #nodes = new Map<string, Node>();
  /** Questions that run, by kind and namespace, and by uid. */
  readonly #asking = new Map<string, Promise<boolean>>();
  readonly #listed = new Set<string>();

  readonly #onDenied: (error: KubeError) => void;

  /** `onDenied` is told each time that owners may not be read. */
  constructor(client: KubeClient, signal: AbortSignal, onDenied: (error: KubeError) => void) {
    this.#client = client;
    this.#signal = signal;
    this.#onDenied = onDenied;
  }

  /** The chain when all of it is known already; else a promise of it. */
  chainOf(uid: string, owners: readonly KubeOwner[], namespace: string): OwnerChain | Promise<OwnerChain> {
    const known = this.#known(uid, owners);
    return known ?? this.#ask(uid, owners, namespace);
  }

  /** The chain of an object that is only named. */
  async chainOfRef(ref: KubeOwner, namespace: string): Promise<OwnerChain> {
    await this.#fetch(ref, namespace);
    return this.chainOf(ref.uid, this.#nodes.get(ref.uid)?.owners ?? [], namespace);
  }

  /** What is known of an object anyway need not be asked for. */
  learn({ metadata }: KubeObject): void {
    const { uid, creationTimestamp, ownerReferences = [] } = metadata;
    if (uid !== undefined) this.#nodes.set(uid, { createdAt: creationTimestamp, owners: ownerReferences });
  }

  forget(uid: string): void {
    this.#nodes.delete(uid);
  }

  #known(uid: string, owners: readonly KubeOwner[]): OwnerChain | undefined {
    const uids = [uid];
    let level = owners;
    let isBroken = false;
    for (let depth = 0; level.length > 0 && depth < maxDepth; depth++) {
      const next: KubeOwner[] = [];
      for (const owner of level) {
        if (uids.includes(owner.uid)) continue;
        uids.push(owner.uid);
        const node = this.#nodes.get(owner.uid);
        if (!node) return undefined;
        isBroken ||= node.isUnknown ?? false;
        next.push(...node.owners);
      }
      level = next;
    }
    const first = owners[0];
    return { uids, ownerCreatedAt: first && this.#nodes.get(first.uid)?.createdAt, isBroken };
  }

  async #ask(uid: string, owners: readonly KubeOwner[], namespace: string): Promise<OwnerChain> {
    let level = owners;
    for (let depth = 0; level.length > 0 && depth < maxDepth; depth++) {
      await Promise.all(level.map(owner => this.#fetch(owner, namespace)));
      level = level.flatMap(owner => this.#nodes.get(owner.uid)?.owners ?? []);
    }
    return this.#known(uid, owners) ?? { uids: [uid], ownerCreatedAt: undefined, isBroken: true };
  }

  async #fetch(owner: KubeOwner, namespace: string): Promise<void> {
    if (this.#nodes.has(owner.uid)) return;
    const place = `${owner.apiVersion} ${owner.kind} ${namespace}`;
    await this.#asking.get(place);
    if (this.#nodes.has(owner.uid)) return;
    const isFirst = !this.#listed.has(place);
    this.#listed.add(place);
    const isAnswered = await this.#once(isFirst ? place : owner.uid, () => this.#list(owner, namespace, isFirst));
    if (!this.#nodes.has(owner.uid)) this.#nodes.set(owner.uid, isAnswered ? gone : unknown);
  }

  #once(key: string, work: () => Promise<boolean>): Promise<boolean> {
    const running = this.#asking.get(key);
    if (running) return running;
    const asked = work().finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  /** All objects of the owner's kind, or that one alone. False when the cluster did not say. */
  async #list(owner: KubeOwner, namespace: string, all: boolean): Promise<boolean> {
    const options = {
      metadataOnly: true,
      signal: this.#signal,
      ...(namespace === '' ? {} : { namespace }),
      ...(all ? {} : { fieldSelector: `metadata.name=${owner.name}` }),
    };
    try {
      for (const object of await this.#client.list(owner.apiVersion, owner.kind, options)) this.learn(object);
      return true;
    } catch (error) {
      // Where owners may not be read, pods are known by the owners that they name.
      if (error instanceof KubeError && error.code === 403) this.#onDenied(error);
      return false;
    }
  }
}
