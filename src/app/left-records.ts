// Which of the project's records of what it made in a cluster are meant by those who take something away, and which are
// somewhere else and only spoken of (reference 4.12; design: what we own).
import { isNotFound, type KubeConnection, type KubeError, type KubeObject } from '../adapters/kube/port.ts';
import { anySignal, makeAbortController } from '../base/abort.ts';
import { systemClock } from '../base/clock.ts';
import { downPolicyAnnotation } from '../build/kubernetes/keep.ts';
import { type Entity, makeEntity } from '../domain/kubernetes/entity.ts';
import type { LedgerRecord } from '../state/ledger.ts';
import { clusterTarget, isNamespaceNamed } from './cluster-ledger.ts';

export interface RecordsScope {
  /** Namespaces of the connection and of the Tiltfile's objects. */
  readonly namespaces: ReadonlySet<string>;
  /** Resources that the Tiltfile has and that are not meant now. */
  readonly notMeant: ReadonlySet<string>;
  /** Nothing but `namespaces` is meant: somebody said so, or another session of the project is at work. */
  readonly isLimited: boolean;
}

export interface ScopedRecords {
  /** To be taken away. */
  readonly here: readonly LedgerRecord[];
  /** Of namespaces that are not meant: another session may have deployed the same Tiltfile there. */
  readonly elsewhere: readonly LedgerRecord[];
}

/**
 * Objects that sessions made in this cluster, but for those of resources that are not meant now. An object whose YAML
 * named its namespace is meant wherever that is; one that went where `--namespace` or the context said belongs to those
 * who say the same.
 */
export function scopeRecords(
  records: readonly LedgerRecord[],
  { facts }: Pick<KubeConnection, 'facts'>,
  { namespaces, notMeant, isLimited }: RecordsScope,
): ScopedRecords {
  const own = records.filter(
    ({ target, state, uid }) =>
      target.kind === clusterTarget &&
      state === 'done' &&
      uid !== undefined &&
      target.at['context'] === facts.context &&
      target.at['server'] === facts.server &&
      !notMeant.has(target.resource ?? ''),
  );
  const isHere = ({ target }: LedgerRecord): boolean =>
    namespaces.has(target.at['namespace'] ?? '') || (!isLimited && isNamespaceNamed(target));
  return { here: own.filter(isHere), elsewhere: own.filter(record => !isHere(record)) };
}

/** The object that a record is about, as far as it names it. */
export function entityOf({ target: { at } }: LedgerRecord): Entity {
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

const maxLooksAtOnce = 4;

export interface LookOptions {
  readonly signal: AbortSignal;
  /** For each object; left out: as long as the client waits. */
  readonly timeoutMs?: number;
}

/** What the cluster says of a record: `there`; `kept` where the object wants to stay; nobody knows; or it is gone. */
export type Finding = 'there' | 'kept' | 'unknown' | 'gone';

/** Looks at the objects of records, in their order. Rejects only when the signal aborts. */
export async function lookAt(
  { client }: Pick<KubeConnection, 'client'>,
  records: readonly LedgerRecord[],
  options: LookOptions,
): Promise<Finding[]> {
  const find = async (record: LedgerRecord): Promise<Finding> => {
    const { apiVersion, kind, name, namespace } = entityOf(record);
    try {
      const found = await client.get({ apiVersion, kind, name, ...(namespace === '' ? {} : { namespace }) }, options);
      return found.metadata.uid === record.uid ? (wantsToStay(found) ? 'kept' : 'there') : 'gone';
    } catch (error) {
      options.signal.throwIfAborted();
      return isNotFound(error) && (error as KubeError).reason !== 'NoKindMatch' ? 'gone' : 'unknown';
    }
  };
  const findings: Finding[] = [];
  for (let i = 0; i < records.length; i += maxLooksAtOnce)
    findings.push(...(await Promise.all(records.slice(i, i + maxLooksAtOnce).map(find))));
  return findings;
}

/** No YAML says any more whether it is to be kept: the object itself does. */
function wantsToStay({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[downPolicyAnnotation] === 'keep';
}

/** For a look before somebody is asked. */
const promptMs = 2000;

/** What of them is there now for certain. Does not wait for a cluster that is away. */
export async function thatAreThere(
  connection: Pick<KubeConnection, 'client'>,
  records: readonly LedgerRecord[],
  signal: AbortSignal,
): Promise<readonly LedgerRecord[]> {
  const timeUp = makeAbortController();
  const timer = systemClock.after(promptMs, () => timeUp.abort());
  try {
    const findings = await lookAt(connection, records, { signal: anySignal(signal, timeUp.signal) });
    return records.filter((_, at) => findings[at] === 'there');
  } catch {
    return [];
  } finally {
    timer.dispose();
  }
}

const maxNamed = 3;

/** `Left in namespace b: Deployment/web, Service/web; ...`, one line for each namespace. */
export function elsewhereLines(records: readonly LedgerRecord[]): string[] {
  const byNamespace = new Map<string, string[]>();
  for (const record of records) {
    const { kind, name, namespace } = entityOf(record);
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), `${kind}/${name}`]);
  }
  return [...byNamespace].map(([namespace, names]) => {
    const named = names.slice(0, maxNamed).join(', ');
    const more = names.length > maxNamed ? ` and ${names.length - maxNamed} more` : '';
    const count = names.length === 1 ? '1 object' : `${names.length} objects`;
    return `Left in namespace ${namespace}: ${count} that this project made there (${named}${more}). To delete: tilt down --namespace ${namespace}`;
  });
}
