// The project's ledger as deploys use it: what they make in a cluster is noted before it exists, and what they found
// there is noted as somebody else's (design: what we own).
import type { KubeConnection, KubeObject, ObjectRef } from '../adapters/kube/port.ts';
import type { Creations } from '../build/kubernetes/creations.ts';
import { managedByLabel } from '../domain/kubernetes/managed-label.ts';
import type { Ledger, LedgerRecord, LedgerTarget } from '../state/ledger.ts';

/** `LedgerTarget.kind` of objects in a cluster. */
export const clusterTarget = 'kubernetes';

/** True where the YAML named the namespace; else the object went where the session's connection pointed. */
export function isNamespaceNamed({ at }: LedgerTarget): boolean {
  return at['namespaceOf'] === 'yaml';
}

/** A ledger that cannot be written is told once; deploys go on. */
export class ClusterLedger {
  readonly #open: () => Promise<Ledger>;
  readonly #known: () => readonly LedgerRecord[];
  readonly #onProblem: (text: string) => void;
  #ledger: Promise<Ledger | undefined> | undefined;
  /** Ids of open records by uid. */
  #ids: Map<string, string> | undefined;
  /** Uids by what names the object. */
  readonly #uids = new Map<string, string>();
  #adopted = new Set<string>();

  constructor(deps: {
    readonly open: () => Promise<Ledger>;
    /** Open records of sessions before this one. */
    readonly known: () => readonly LedgerRecord[];
    readonly onProblem: (text: string) => void;
  }) {
    this.#open = deps.open;
    this.#known = deps.known;
    this.#onProblem = deps.onProblem;
  }

  /** What deploys to that cluster tell. */
  in(connection: KubeConnection): Creations {
    return {
      willCreate: (ref, resource) => this.#willCreate(targetOf(connection, ref, resource)),
      found: (object, resource) => void this.#found(object, targetOf(connection, refOf(object), resource)),
      isFound: uid => {
        this.#byUid();
        return this.#adopted.has(uid);
      },
      gone: uid => void this.#gone(uid),
    };
  }

  /** True for an object that sessions of this project made, and false for what they found. */
  hasMade(uid: string): boolean {
    return this.#byUid().has(uid);
  }

  /** Waits for what was written. */
  async close(): Promise<void> {
    const ledger = await this.#ledger;
    await ledger?.close();
  }

  async #willCreate(target: LedgerTarget): Promise<(made: KubeObject | undefined) => Promise<void>> {
    const ledger = await this.#writable();
    // What had the name before is gone, for else it would not be made now.
    const before = this.#uids.get(addressOf(target));
    if (before !== undefined) void this.#gone(before);
    const id = await this.#tried(ledger?.willCreate(target));
    return async made => {
      if (id === undefined) return;
      const uid = made?.metadata.uid;
      if (uid === undefined) {
        await this.#tried(ledger!.gone(id));
        return;
      }
      this.#byUid().set(uid, id);
      this.#uids.set(addressOf(target), uid);
      await this.#tried(ledger!.created(id, uid));
    };
  }

  async #found({ metadata: { uid, labels } }: KubeObject, target: LedgerTarget): Promise<void> {
    if (uid === undefined || this.#byUid().has(uid) || this.#adopted.has(uid)) return;
    // Made by Tilt, or by a session whose ledger is gone.
    if (labels?.[managedByLabel.key] === managedByLabel.value) return;
    this.#adopted.add(uid);
    const ledger = await this.#writable();
    await this.#tried(ledger?.adopt(target, uid));
  }

  async #gone(uid: string): Promise<void> {
    const id = this.#byUid().get(uid);
    if (id === undefined) return;
    this.#ids!.delete(uid);
    const ledger = await this.#writable();
    await this.#tried(ledger?.gone(id));
  }

  #byUid(): Map<string, string> {
    if (this.#ids) return this.#ids;
    this.#ids = new Map();
    for (const { id, uid, state, target } of this.#known()) {
      if (uid === undefined) continue;
      if (state === 'adopted') {
        this.#adopted.add(uid);
        continue;
      }
      this.#ids.set(uid, id);
      this.#uids.set(addressOf(target), uid);
    }
    return this.#ids;
  }

  #writable(): Promise<Ledger | undefined> {
    this.#byUid();
    this.#ledger ??= this.#tried(this.#open());
    return this.#ledger;
  }

  async #tried<T>(work: Promise<T> | undefined): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.#onProblem(`what is deployed cannot be noted, so leaving cannot clear it up: ${(error as Error).message}`);
      return undefined;
    }
  }
}

function addressOf({ at }: LedgerTarget): string {
  return JSON.stringify([at['server'], at['apiVersion'], at['kind'], at['namespace'], at['name']]);
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function targetOf({ facts, client }: KubeConnection, ref: ObjectRef, resource: string): LedgerTarget {
  const { apiVersion, kind, name, namespace } = ref;
  const { context, server } = facts;
  const named = namespace === undefined ? {} : { namespaceOf: 'yaml' };
  const at = { context, server, apiVersion, kind, namespace: namespace ?? client.namespace, name, ...named };
  return { kind: clusterTarget, at, resource };
}
