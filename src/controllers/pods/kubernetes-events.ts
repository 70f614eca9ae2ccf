// Events of the cluster that concern what was deployed become lines of the resource's log (reference 4.10, events):
// warnings, and the pulling of images. One watch for each namespace that discoveries look at.
import type { KubeConnection, KubeObject, KubeOwner } from '../../adapters/kube/port.ts';
import { annotations } from '../../api/meta.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import {
  eventLine,
  isDeadlyProbe,
  isLoggedEvent,
  isRefusedPod,
  isVagueWarning,
  isVolumeWarning,
  type KubeEvent,
  missingPullSecrets,
  unboundClaimWords,
  warningOf,
} from '../../engine/kubernetes-event.ts';
import type { Store } from '../../store/port.ts';
import { type ClusterConnections, defaultCluster } from '../cluster-connections.ts';
import type { Controller } from '../runtime/controller.ts';
import type { LogSink } from '../runtime/span-log.ts';
import type { MissingRights } from './missing-rights.ts';
import type { OwnerTrees } from './owner-trees.ts';
import { PlaceWatches } from './place-watches.ts';

export interface KubernetesEventsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logs: LogSink;
  readonly connections: ClusterConnections;
  readonly ownersOf: (connection: KubeConnection) => OwnerTrees;
  readonly rights: MissingRights;
  readonly sessionStartMs: number;
  /** There is a newer warning about a resource. */
  readonly onWarning: (resource: string) => void;
}

/** What the cluster warned of last. */
export interface Warning {
  readonly text: string;
  /** Uid of what it is about. */
  readonly uid: string;
  /** A pod could not be made. */
  readonly isRefusal: boolean;
  /** 0: before the session. */
  readonly atMs: number;
}

/** The same event is told again after this time at the earliest. */
const repeatMs = 60_000;
/** Events that nobody has deployed anything for yet wait so long for a deploy to name them. */
const waitMs = 60_000;
const mostWaiting = 1000;

interface Heard {
  readonly event: KubeEvent;
  readonly uids: readonly string[];
  readonly atMs: number;
  /** False for one from before the session. */
  readonly isLogged: boolean;
}

export class KubernetesEvents implements Controller, Disposable {
  readonly name = 'kubernetes-events';
  readonly watches = { KubernetesDiscovery: (name: string) => [name], Cluster: () => this.#all() };
  readonly #deps: KubernetesEventsDeps;
  readonly #watches = new PlaceWatches(connection => ({
    onProblem: problem => {
      if (problem?.code === 403) this.#deps.rights.tell(problem, 'Events of the cluster are not shown.');
    },
    onObject: object => void this.#hear(connection, object),
    onDeleted: object => this.#told.delete(object.metadata.uid ?? ''),
  }));
  /** Resources by the uid of what they deployed. */
  readonly #resources = new Map<string, string>();
  readonly #uidsOf = new Map<string, readonly string[]>();
  /** When, and in which words, an event was told last; by its uid. */
  readonly #told = new Map<string, { readonly line: string; readonly atMs: number }>();
  /** Why claims are not bound, by namespace and name. */
  readonly #claims = new Map<string, string>();
  /** Names of missing pull secrets by the uid of a pod. */
  readonly #pullSecrets = new Map<string, string>();
  /** By resource. */
  readonly #warnings = new Map<string, Warning>();
  #waiting: Heard[] = [];

  constructor(deps: KubernetesEventsDeps) {
    this.#deps = deps;
  }

  dispose(): void {
    this.#watches.dispose();
  }

  /** The newest warning about what a resource deployed; undefined when there was none. */
  warning(resource: string): Warning | undefined {
    return this.#warnings.get(resource);
  }

  /** Why a volume claim is not bound; undefined when nobody said. */
  unboundClaim(namespace: string, claim: string): string | undefined {
    return this.#claims.get(`${namespace}/${claim}`);
  }

  /** Names of the pull secrets that a pod asks for in vain; undefined when there are none. */
  missingPullSecrets(podUid: string): string | undefined {
    return this.#pullSecrets.get(podUid);
  }

  reconcile(name: string): undefined {
    const { store, connections } = this.#deps;
    const discovery = store.get('KubernetesDiscovery', name);
    for (const uid of this.#uidsOf.get(name) ?? []) this.#resources.delete(uid);
    this.#uidsOf.delete(name);
    if (!discovery?.spec) return undefined;
    const resource = discovery.metadata.annotations?.[annotations.resource];
    const connection = connections.get(discovery.spec.cluster || defaultCluster);
    if (connection)
      for (const { namespace } of discovery.spec.watches)
        this.#watches.watch(connection, { apiVersion: 'v1', kind: 'Event', namespace });
    if (!resource) return undefined;
    const uids = discovery.spec.watches.flatMap(({ uid }) => (uid === undefined ? [] : [uid]));
    this.#uidsOf.set(name, uids);
    for (const uid of uids) this.#resources.set(uid, resource);
    this.#tellWaiting();
    return undefined;
  }

  #all(): string[] {
    return this.#deps.store.list('KubernetesDiscovery').map(({ metadata }) => metadata.name);
  }

  async #hear(connection: KubeConnection, object: KubeObject): Promise<void> {
    const { sessionStartMs, clock } = this.#deps;
    const event = object as unknown as KubeEvent;
    const { uid = '', namespace = '' } = event.involvedObject;
    const isLogged = isLoggedEvent(event, sessionStartMs);
    this.#note(event);
    // Of what was going on before the session only that counts which a pod cannot say of itself.
    const warning = warningOf(event) ?? '';
    if (!isLogged && !isDeadlyProbe(warning) && !isVolumeWarning(warning)) return;
    const ref = { ...event.involvedObject, uid } as KubeOwner;
    const chain = await this.#deps.ownersOf(connection).chainOfRef(ref, namespace);
    this.#tell({ event, uids: chain.uids, atMs: clock.now(), isLogged });
  }

  /** What explains other things that go wrong. */
  #note(event: KubeEvent): void {
    const { uid = '', namespace = '', name = '' } = event.involvedObject;
    const secrets = missingPullSecrets(event);
    if (secrets !== '') this.#pullSecrets.set(uid, secrets);
    const unbound = unboundClaimWords(event);
    const claim = `${namespace}/${name}`;
    if (unbound === undefined || this.#claims.get(claim) === unbound) return;
    this.#claims.set(claim, unbound);
    for (const resource of new Set(this.#resources.values())) this.#deps.onWarning(resource);
  }

  #tell(heard: Heard): void {
    const { event, uids, atMs, isLogged } = heard;
    const owner = uids.find(uid => this.#resources.has(uid));
    if (owner === undefined) {
      this.#waiting.push(heard);
      if (this.#waiting.length > mostWaiting) this.#waiting.shift();
      return;
    }
    const resource = this.#resources.get(owner)!;
    const text = warningOf(event);
    const known = this.#warnings.get(resource);
    const tellsLess = known?.uid === uids[0] && isVolumeWarning(known?.text ?? '') && isVagueWarning(text ?? '');
    if (text !== undefined && (isLogged || !known) && !tellsLess) {
      const saidMs = isLogged ? atMs : 0;
      this.#warnings.set(resource, { text, uid: uids[0] ?? '', isRefusal: isRefusedPod(event), atMs: saidMs });
      if (known?.text !== text) this.#deps.onWarning(resource);
    }
    if (!isLogged) return;
    const line = eventLine(event);
    const uid = event.metadata.uid ?? '';
    const before = this.#told.get(uid);
    if (before && before.line === line && atMs - before.atMs < repeatMs) return;
    this.#told.set(uid, { line, atMs });
    this.#deps.logs.span(`events:${resource}`, resource).write(`${line}\n`);
  }

  /** An event often comes before the deploy that it belongs to is known. */
  #tellWaiting(): void {
    const sinceMs = this.#deps.clock.now() - waitMs;
    const heard = this.#waiting.filter(({ atMs }) => atMs >= sinceMs);
    this.#waiting = [];
    for (const one of heard) this.#tell(one);
  }
}
