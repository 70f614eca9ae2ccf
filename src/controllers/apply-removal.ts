// Takes away from a cluster what an apply no longer wants: objects that left its YAML, all of them when it is gone or
// switched off, those that are to be made anew (reference 4.9). Which applies have what is noted in AppliedObjects.
import type { Deletion, KubeConnection, KubeObject } from '../adapters/kube/port.ts';
import type { KubernetesApplySpec } from '../api/kinds-kubernetes.ts';
import { type CommandDeps, runDeleteCommand } from '../build/kubernetes/apply-command.ts';
import type { Creations } from '../build/kubernetes/creations.ts';
import { type Doomed, deleteObjects } from '../build/kubernetes/delete-objects.ts';
import { applyTimeoutMs, objectsOfSpec } from '../build/kubernetes/deploy.ts';
import { survivesForcedUpdate } from '../build/kubernetes/keep.ts';
import { throwRefusal } from '../build/kubernetes/refusal.ts';
import type { Entity } from '../domain/kubernetes/entity.ts';
import type { Store } from '../store/port.ts';
import type { AppliedObject, AppliedObjects } from './applied-objects.ts';
import { type ClusterConnections, defaultCluster } from './cluster-connections.ts';
import type { LeavingObjects } from './pods/leaving-objects.ts';
import { wantedByAnother } from './wanted-by-another.ts';

/** Where a build of the resource writes, and what ends it. */
export interface ApplyRun {
  /** A line, without its end. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What was applied last, as far as it matters for taking it away. */
export interface Removable {
  readonly spec?: KubernetesApplySpec;
  /** The cluster that has the objects. */
  readonly connection?: KubeConnection;
  /** The apply command ran, so the delete command has something to do. */
  commandRan: boolean;
}

export interface RemovalDeps extends Omit<CommandDeps, 'log'> {
  readonly store: Store;
  readonly connections: ClusterConnections;
  readonly creationsIn: (connection: KubeConnection) => Creations;
  readonly leaving: LeavingObjects;
}

const reasons = {
  left: 'garbage collecting removed Kubernetes objects',
  gone: 'garbage collecting Kubernetes objects',
  disabled: 'deleting disabled Kubernetes objects',
} as const;

/** For a look at an object after a delete command. */
const lookMs = 5000;

export class ApplyRemoval {
  readonly #deps: RemovalDeps;
  readonly #objects: AppliedObjects;

  constructor(deps: RemovalDeps, objects: AppliedObjects) {
    this.#deps = deps;
    this.#objects = objects;
  }

  /**
   * Takes away what is no longer wanted, which is everything but for `left`. What goes wrong is a line of the log;
   * rejects when the signal aborts.
   */
  async collect(name: string, last: Removable, run: ApplyRun & { readonly why: keyof typeof reasons }): Promise<void> {
    const isAll = run.why !== 'left';
    const reason = reasons[run.why];
    if (isAll) this.#objects.set(name, []);
    const { connection, spec } = last;
    try {
      if (spec?.deleteCmd) {
        const dropped = this.#objects.dropDangling(name);
        if (!isAll || !last.commandRan) return;
        run.log(`Beginning ${reason}`);
        this.#warnOfShared(name, dropped, run);
        const isShared = (object: AppliedObject): boolean => this.#objects.othersWith(name, object).length > 0;
        // What others have too is missed when it is gone, and they are told who did it.
        const shared = dropped.filter(isShared);
        for (const { uid } of shared) this.#deps.leaving.takenBy(uid, `${name}'s delete command`);
        try {
          await this.#deleteByCommand(spec, last, run);
        } finally {
          await this.#clearOfBlame(connection, shared, run.signal);
        }
        this.note(dropped.filter(object => !isShared(object)));
      } else {
        const unwanted = this.#objects.takeDangling(name, object => wantedByAnother(this.#deps, name, object.ref));
        if (!connection) return;
        const doomed = this.#withoutOthers(connection, unwanted, run);
        if (doomed.length === 0) return;
        run.log(`Beginning ${reason}`);
        await this.#delete(connection, doomed, run);
      }
    } catch (error) {
      if (run.signal.aborted) throw error;
      run.log(`Error ${reason}: ${(error as Error).message}`);
    }
  }

  /** What the command left where it was, it will not have taken when that is gone one day. */
  async #clearOfBlame(
    connection: KubeConnection | undefined,
    shared: readonly AppliedObject[],
    signal: AbortSignal,
  ): Promise<void> {
    for (const { ref, uid } of shared) {
      const live = await connection?.client.get(ref, { signal, timeoutMs: lookMs }).catch(() => undefined);
      if (live?.metadata.uid === uid && !live.metadata.deletionTimestamp) this.#deps.leaving.takenBy(uid, undefined);
    }
  }

  /** A command knows nothing of who else has what it deletes. */
  #warnOfShared(name: string, objects: readonly AppliedObject[], { log }: ApplyRun): void {
    for (const object of objects) {
      const others = this.#objects.othersWith(name, object);
      if (others.length === 0) continue;
      const { kind, name: objectName } = object.ref;
      log(
        `${kind}/${objectName} is deployed by ${others.join(', ')} too: trigger that if the delete command takes it away`,
      );
    }
  }

  /** What may go: no namespace, with everything in it, and no object that others made, unless somebody asks for it. */
  #withoutOthers(
    connection: KubeConnection,
    unwanted: readonly AppliedObject[],
    { log, why }: ApplyRun & { readonly why: keyof typeof reasons },
  ): AppliedObject[] {
    const creations = this.#deps.creationsIn(connection);
    return unwanted.filter(({ ref: { apiVersion, kind, name }, uid }) => {
      const isNamespace = apiVersion === 'v1' && kind === 'Namespace';
      const isFound = why !== 'disabled' && creations.isFound(uid);
      if (isNamespace) log(`${kind}/${name} stays in the cluster: everything in it would go with it`);
      else if (isFound) log(`${kind}/${name} stays in the cluster: it was there before`);
      return !isNamespace && !isFound;
    });
  }

  /** Deletes what `spec` names and may be made anew. Rejects with a sentence, or when the signal aborts. */
  async force(
    name: string,
    last: Removable,
    request: ApplyRun & { readonly spec: KubernetesApplySpec; readonly connection: KubeConnection },
  ): Promise<void> {
    const { spec, connection, log } = request;
    log('Beginning force update');
    if (spec.yaml) {
      const doomed = objectsOfSpec(spec)
        .filter(({ object }) => !survivesForcedUpdate(object as unknown as KubeObject))
        .map(entity => doomedOf(entity, connection));
      await throwRefusal(connection.client, spec, request);
      if (doomed.length > 0) await this.#delete(connection, doomed, request);
    } else if (spec.deleteCmd) {
      await this.#deleteByCommand(spec, last, request);
      this.note(this.#objects.of(name));
    }
  }

  /** Somebody else has deleted them for this session. */
  note(objects: readonly AppliedObject[]): void {
    for (const { uid } of objects) if (uid !== '') this.#deps.leaving.add(uid);
  }

  async #delete(connection: KubeConnection, doomed: readonly Doomed[], { log, signal }: ApplyRun): Promise<void> {
    const { creationsIn, leaving } = this.#deps;
    const onDeleted = (_doomed: Doomed, { uid }: Deletion): void => {
      if (uid === '') return;
      creationsIn(connection).gone(uid);
      leaving.add(uid);
    };
    await deleteObjects({ client: connection.client, log, onDeleted }, [doomed], { signal });
  }

  async #deleteByCommand(spec: KubernetesApplySpec, last: Removable, { log, signal }: ApplyRun): Promise<void> {
    const cluster = this.#deps.store.get('Cluster', spec.cluster || defaultCluster);
    await runDeleteCommand({ ...this.#deps, log }, spec.deleteCmd!, {
      kubeconfig: cluster?.status?.connection?.kubernetes?.configPath ?? '',
      timeoutMs: applyTimeoutMs(spec),
      signal,
    });
    last.commandRan = false;
  }
}

function doomedOf({ apiVersion, kind, name, namespace }: Entity, { client }: KubeConnection): Doomed {
  return { ref: { apiVersion, kind, name, namespace: namespace || client.namespace } };
}
