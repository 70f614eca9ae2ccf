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
import type { Entity } from '../domain/kubernetes/entity.ts';
import { deletionOrder } from '../engine/deletion-order.ts';
import type { LedgerRecord } from '../state/ledger.ts';
import type { TiltfileResult } from '../tiltfile/result.ts';
import { followPods } from './follow-pods.ts';
import { elsewhereLines, entityOf, lookAt, scopeRecords } from './left-records.ts';

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
  /** Ids of the records of what earlier sessions left that may go; left out: all. */
  readonly shown?: ReadonlySet<string>;
  /** What earlier sessions left goes only where the connection or the Tiltfile points; the rest is spoken of. */
  readonly isLimited?: boolean;
  /** Pods of what goes are among what is left. */
  readonly followsPods?: boolean;
  readonly signal: AbortSignal;
}

/** For each object of which only a word is said. */
const lookMs = 5000;

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
  const wishes = await wishesOf(deps, result, options);
  const plan = planOf(deps, wishes, options);
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
  await sayElsewhere(deps, wishes.elsewhere, options);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return leaving;
}

/** What is there, and stays because of where it is, must not be forgotten without a word. */
async function sayElsewhere(
  { connection, say, forget }: TakeDownDeps,
  records: readonly LedgerRecord[],
  options: TakeDownOptions,
): Promise<void> {
  const meant = records.filter(record => !stays(entityOf(record), options));
  const findings = await lookAt(connection, meant, { ...options, timeoutMs: lookMs });
  for (const line of elsewhereLines(meant.filter((_, at) => findings[at] === 'there'))) say(line);
  await Promise.all(meant.filter((_, at) => findings[at] === 'gone').map(forget));
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
  /** Those of namespaces that are not meant. */
  readonly elsewhere: readonly LedgerRecord[];
}

async function wishesOf(deps: TakeDownDeps, result: TiltfileResult, options: TakeDownOptions): Promise<Wishes> {
  const { connection } = deps;
  const enabled = new Set(result.enabled);
  const entities: Entity[] = [];
  const commands: Plan['commands'][number][] = [];
  for (const { name, spec } of deletionOrder(result.resources)) {
    if (!enabled.has(name) || spec.target.kind !== 'k8s') continue;
    const { apply } = spec.target;
    if (apply.deleteCmd) commands.push({ spec: apply, command: apply.deleteCmd });
    else entities.push(...objectsOfSpec(apply));
  }
  const { here, elsewhere } = scopeRecords(deps.records, connection, {
    namespaces: new Set([connection.client.namespace, ...entities.map(({ namespace }) => namespace)]),
    notMeant: new Set(result.resources.map(({ name }) => name).filter(name => !enabled.has(name))),
    isLimited: options.isLimited ?? false,
  });
  const named = new Set(entities.map(entity => addressOf(inNamespace(entity, deps))));
  const isShown = ({ id }: LedgerRecord): boolean => options.shown?.has(id) ?? true;
  const unnamed = here.filter(record => isShown(record) && !named.has(addressOf(entityOf(record))));
  // What cannot be read is told when it cannot be deleted.
  const findings = await lookAt(connection, unnamed, { signal: options.signal });
  const leftovers = unnamed.filter((_, at) => findings[at] !== 'kept');
  return { entities, commands, records: here, leftovers, elsewhere };
}

function planOf(
  deps: TakeDownDeps,
  { entities, commands, records, leftovers }: Wishes,
  options: TakeDownOptions,
): Plan {
  const { onlyWorkloads = false, onlyMade = false } = options;
  const byAddress = new Map(records.map(record => [addressOf(entityOf(record)), record]));
  const recordFor = (entity: Entity): LedgerRecord | undefined => byAddress.get(addressOf(inNamespace(entity, deps)));
  const keep = (entity: Entity): boolean => stays(entity, options);
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

/** Of a kind that is not meant. */
function stays(entity: Entity, { deleteNamespaces, onlyWorkloads = false }: TakeDownOptions): boolean {
  return (isNamespace(entity) && !deleteNamespaces) || (onlyWorkloads && !isWorkload(entity.kind));
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
