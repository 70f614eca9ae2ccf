// `tilt down`: what a Tiltfile deploys to its cluster is deleted, and what earlier sessions of the project created there
// and left behind (reference 4.12; design: what we own).
import type { Exec } from '../adapters/exec/port.ts';
import type { KubeConnection } from '../adapters/kube/port.ts';
import type { KubernetesApplySpec } from '../api/kinds-kubernetes.ts';
import type { Clock } from '../base/clock.ts';
import { type ApplyCommand, runDeleteCommand } from '../build/kubernetes/apply-command.ts';
import { type Doomed, deleteObjects, doomedName } from '../build/kubernetes/delete-objects.ts';
import { applyTimeoutMs, objectsOfSpec } from '../build/kubernetes/deploy.ts';
import { downPolicyAnnotation } from '../build/kubernetes/keep.ts';
import type { Leaving } from '../build/kubernetes/wait-until-gone.ts';
import { addressOf, deleteOrder, parallelBatches } from '../domain/kubernetes/apply-order.ts';
import { type Entity, makeEntity } from '../domain/kubernetes/entity.ts';
import { deletionOrder } from '../engine/deletion-order.ts';
import type { LedgerRecord } from '../state/ledger.ts';
import type { TiltfileResult } from '../tiltfile/result.ts';
import { clusterTarget } from './cluster-ledger.ts';
import { followPods } from './follow-pods.ts';

export interface TakeDownDeps {
  readonly connection: KubeConnection;
  readonly clock: Clock;
  readonly exec: () => Exec;
  /** Path of the connection's frozen kubeconfig; written when a command needs it. */
  readonly kubeconfig: () => Promise<string>;
  readonly childEnv: () => Record<string, string>;
  readonly dir: string;
  /** Open records of the project's sessions. */
  readonly records: readonly LedgerRecord[];
  /** Closes a record: the object is gone. */
  readonly forget: (record: LedgerRecord) => Promise<void>;
  /** A line for people, without its end. */
  readonly say: (line: string) => void;
}

export interface TakeDownOptions {
  readonly deleteNamespaces: boolean;
  /** Only what runs pods goes; services, configuration and data stay. */
  readonly onlyWorkloads?: boolean;
  /** Only what sessions of the project made, as the very objects that they made; what they found there stays. */
  readonly onlyMade?: boolean;
  /** Pods of what goes are among what is left. */
  readonly followsPods?: boolean;
  readonly signal: AbortSignal;
}

const maxLooksAtOnce = 4;

/** What to take away: objects in batches, then commands. */
interface Plan {
  readonly batches: readonly (readonly Doomed[])[];
  readonly leftovers: ReadonlyMap<Doomed, LedgerRecord>;
  readonly commands: readonly { readonly spec: KubernetesApplySpec; readonly command: ApplyCommand }[];
  /** Names of namespaces that stay. */
  readonly keptNamespaces: readonly string[];
}

/** Resolves with what the cluster has not let go of yet; rejects with what went wrong, after everything was tried. */
export async function takeDown(
  deps: TakeDownDeps,
  result: TiltfileResult,
  options: TakeDownOptions,
): Promise<readonly Leaving[]> {
  const plan = planOf(deps, await wishesOf(deps, result, options.signal), options);
  if (plan.keptNamespaces.length > 0 && !options.onlyWorkloads) {
    deps.say(`Not deleting namespaces: ${plan.keptNamespaces.join(', ')}`);
    deps.say('Run with --delete-namespaces to delete namespaces as well.');
  }
  const problems: string[] = [];
  const leaving: Leaving[] = [];
  const tried = (what: string, work: Promise<void>): Promise<void> =>
    work.catch(error => {
      options.signal.throwIfAborted();
      problems.push(`${what}: ${(error as Error).message}`);
    });
  if (plan.batches.length > 0) await tried('Deleting k8s entities', deletePlanned(deps, plan, { ...options, leaving }));
  for (const { spec, command } of plan.commands) {
    const run = runDeleteCommand({ ...deps, exec: deps.exec(), log: deps.say }, command, {
      kubeconfig: await deps.kubeconfig(),
      timeoutMs: applyTimeoutMs(spec),
      signal: options.signal,
    });
    await tried(`Deleting k8s entities for cmd: ${command.args.join(' ')}`, run);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return leaving;
}

async function deletePlanned(
  { connection: { client }, say, forget }: TakeDownDeps,
  { batches, leftovers }: Plan,
  { signal, leaving, followsPods = false }: TakeDownOptions & { readonly leaving: Leaving[] },
): Promise<void> {
  const forgotten: Promise<void>[] = [];
  const deleted = new Set<string>();
  const refs = followsPods ? batches.flat().map(({ ref }) => ref) : [];
  const podsOf = await followPods(client, refs, { signal, say });
  const onDeleted = (doomed: Doomed, deletion: { readonly uid: string; readonly isGone: boolean }): void => {
    if (!deletion.isGone) leaving.push({ ref: doomed.ref, uid: deletion.uid });
    if (deletion.uid !== '') deleted.add(deletion.uid);
    const record = leftovers.get(doomed);
    if (record) forgotten.push(forget(record));
  };
  await deleteObjects({ client, log: say, onDeleted }, batches, { signal });
  await Promise.all(forgotten);
  leaving.push(...(await podsOf(deleted)));
}

/** What is meant: by the Tiltfile, and by the records of what sessions made. */
interface Wishes {
  readonly entities: readonly Entity[];
  readonly commands: Plan['commands'];
  readonly records: readonly LedgerRecord[];
  /** Those of the records that the Tiltfile does not name. */
  readonly leftovers: readonly LedgerRecord[];
}

async function wishesOf(deps: TakeDownDeps, result: TiltfileResult, signal: AbortSignal): Promise<Wishes> {
  const enabled = new Set(result.enabled);
  const entities: Entity[] = [];
  const commands: Plan['commands'][number][] = [];
  for (const { name, spec } of deletionOrder(result.resources)) {
    if (!enabled.has(name) || spec.target.kind !== 'k8s') continue;
    const { apply } = spec.target;
    if (apply.deleteCmd) commands.push({ spec: apply, command: apply.deleteCmd });
    else entities.push(...objectsOfSpec(apply));
  }
  const records = openRecords(deps, result, entities);
  const named = new Set(entities.map(entity => addressOf(inNamespace(entity, deps))));
  const unnamed = records.filter(record => !named.has(addressOf(entityOf(record))));
  const leftovers: LedgerRecord[] = [];
  for (let i = 0; i < unnamed.length; i += maxLooksAtOnce) {
    const some = unnamed.slice(i, i + maxLooksAtOnce);
    const kept = await Promise.all(some.map(record => isKeptThere(deps, record, signal)));
    leftovers.push(...some.filter((_, at) => !kept[at]));
  }
  return { entities, commands, records, leftovers };
}

/** No YAML says any more whether it is to be kept: the object itself does. */
async function isKeptThere(deps: TakeDownDeps, record: LedgerRecord, signal: AbortSignal): Promise<boolean> {
  try {
    const { ref } = doomedOf(entityOf(record));
    const { metadata } = await deps.connection.client.get(ref, { signal });
    return metadata.annotations?.[downPolicyAnnotation] === 'keep';
  } catch {
    signal.throwIfAborted();
    // What cannot be read is told when it cannot be deleted.
    return false;
  }
}

function planOf(
  deps: TakeDownDeps,
  { entities, commands, records, leftovers }: Wishes,
  { deleteNamespaces, onlyWorkloads = false, onlyMade = false }: TakeDownOptions,
): Plan {
  const byAddress = new Map(records.map(record => [addressOf(entityOf(record)), record]));
  const recordFor = (entity: Entity): LedgerRecord | undefined => byAddress.get(addressOf(inNamespace(entity, deps)));
  const keep = (entity: Entity): boolean =>
    (isNamespace(entity) && !deleteNamespaces) || (onlyWorkloads && !isWorkload(entity.kind));
  const isMeant = (entity: Entity): boolean => !onlyMade || recordFor(entity) !== undefined;
  const wanted = entities.filter(entity => !isKept(entity) && !keep(entity) && isMeant(entity));
  const extra = leftovers.filter(record => !keep(entityOf(record)));
  const recordOf = new Map<Doomed, LedgerRecord>();
  const batches = [
    ...parallelBatches(wanted).map(batch =>
      batch.map(entity => {
        const record = recordFor(entity);
        const doomed = { ...doomedOf(entity), ...(onlyMade ? { uid: record!.uid! } : {}) };
        if (record) recordOf.set(doomed, record);
        return doomed;
      }),
    ),
    ...parallelBatches(deleteOrder(extra.map(entityOf))).map(batch =>
      batch.map(entity => {
        const record = byAddress.get(addressOf(entity))!;
        // What no Tiltfile names goes only as the very object that was made.
        const doomed = { ...doomedOf(entity), uid: record.uid! };
        recordOf.set(doomed, record);
        return doomed;
      }),
    ),
  ];
  const keptNamespaces = [...entities, ...leftovers.map(entityOf)]
    .filter(entity => isNamespace(entity) && keep(entity))
    .map(({ name }) => name);
  // What a command deletes nobody knows.
  const ownCommands = onlyWorkloads ? [] : commands;
  return { batches, leftovers: recordOf, commands: ownCommands, keptNamespaces: [...new Set(keptNamespaces)] };
}

/**
 * Objects that sessions made in this cluster, but for those of resources that are not meant now, and of namespaces that
 * are not: another session may have deployed the same Tiltfile elsewhere.
 */
function openRecords(
  { records, connection: { facts, client } }: TakeDownDeps,
  result: TiltfileResult,
  entities: readonly Entity[],
): LedgerRecord[] {
  const namespaces = new Set([client.namespace, ...entities.map(({ namespace }) => namespace)]);
  const enabled = new Set(result.enabled);
  const notMeant = new Set(result.resources.map(({ name }) => name).filter(name => !enabled.has(name)));
  return records.filter(
    ({ target, state, uid }) =>
      target.kind === clusterTarget &&
      state === 'done' &&
      uid !== undefined &&
      target.at['context'] === facts.context &&
      target.at['server'] === facts.server &&
      namespaces.has(target.at['namespace'] ?? '') &&
      !notMeant.has(target.resource ?? ''),
  );
}

function entityOf({ target: { at } }: LedgerRecord): Entity {
  const { apiVersion, kind, name, namespace } = at;
  return makeEntity(
    {
      apiVersion: apiVersion ?? '',
      kind: kind ?? '',
      metadata: { name: name ?? '', ...(namespace ? { namespace } : {}) },
    },
    undefined,
  );
}

function inNamespace(entity: Entity, { connection }: TakeDownDeps): Entity {
  return entity.namespace === '' ? { ...entity, namespace: connection.client.namespace } : entity;
}

const workloads: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Pod',
]);

/** Kinds of objects that run pods and hold nothing else; what they are made of comes back with the next start. */
export function isWorkload(kind: string): boolean {
  return workloads.has(kind);
}

function isNamespace({ kind, apiVersion }: Entity): boolean {
  return kind === 'Namespace' && apiVersion === 'v1';
}

function isKept({ object }: Entity): boolean {
  const metadata = object['metadata'] as { annotations?: Record<string, string> } | undefined;
  return metadata?.annotations?.[downPolicyAnnotation] === 'keep';
}

function doomedOf({ apiVersion, kind, name, namespace }: Entity): Doomed {
  return { ref: { apiVersion, kind, name, ...(namespace === '' ? {} : { namespace }) } };
}

/** `Namespace/shop`, as it is called in messages. */
export function leavingName({ ref }: Leaving): string {
  return doomedName({ ref });
}
