// Brings one object of the cluster to what the YAML says: as kubectl's client-side apply does, or the server's own.
// A change goes out as the difference to what is there, bound to the version it was worked out from, so that nothing is
// sent when nothing differs and nobody else's change is lost (reference 4.9).
import { isNotFound, type KubeClient, KubeError, type KubeObject, type ObjectRef } from '../../adapters/kube/port.ts';
import { anySignal, makeAbortController } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Entity } from '../../domain/kubernetes/entity.ts';
import { mergeRules } from '../../domain/kubernetes/merge-rules.ts';
import { threeWayMergePatch } from '../../domain/merge/three-way.ts';
import { threeWayApply } from '../../domain/merge/three-way-strategic.ts';
import type { Creations } from './creations.ts';
import { readLastApplied, wasWrittenWhole, withLastApplied } from './last-applied.ts';
import { waitUntilGone } from './wait-until-gone.ts';

export interface ApplyDeps {
  readonly client: KubeClient;
  readonly clock: Clock;
  readonly creations: Creations;
  /** For a line of the build's log, without its end. */
  readonly log: (line: string) => void;
  /** Kinds, as `group/kind`, that CustomResourceDefinitions of this session define: the server may need a moment to serve them. */
  readonly newKinds: Set<string>;
}

export interface ApplyOptions {
  readonly resource: string;
  readonly serverSide: boolean;
  /** The object is too big for the annotation of what was applied last. */
  readonly isTooBig?: boolean;
  /** Told what stood in the way each time that the apply is tried again. */
  readonly onProblem?: (error: Error) => void;
  readonly signal: AbortSignal;
}

const fieldManager = 'tilt';
/** Of what others do at the same time; a server that is away is waited for as long as there is time. */
const maxTries = 6;
const firstAwayMs = 200;
const mostAwayMs = 2000;
const beingDeletedMs = 60_000;

/** The object as the YAML has it. */
export function wantedObject(entity: Entity): KubeObject {
  return entity.object as unknown as KubeObject;
}

/** The object with what was applied last, in which kubectl always names the namespace. */
function annotated(entity: Entity, namespace: string | undefined): KubeObject {
  const wanted = wantedObject(entity);
  if (!namespace || entity.namespace !== '') return withLastApplied(wanted);
  return withLastApplied({ ...wanted, metadata: { ...wanted.metadata, namespace } });
}

export function refOf({ apiVersion, kind, name, namespace }: Entity): ObjectRef {
  return { apiVersion, kind, name, ...(namespace === '' ? {} : { namespace }) };
}

/** The object after the apply. Rejects with KubeError, or with the signal's reason. */
export async function applyObject(deps: ApplyDeps, entity: Entity, options: ApplyOptions): Promise<KubeObject> {
  if (entity.name === '') {
    const prefix = (entity.object['metadata'] as { generateName?: string } | undefined)?.generateName ?? '';
    throw new Error(`from ${prefix}: cannot use generate name with apply`);
  }
  let unanswered: Settle | undefined;
  let told = '';
  for (let attempt = 1, away = 0, conflicts = 0; ; attempt++) {
    let hasVanished = false;
    try {
      const live = await getIfAny(deps.client, refOf(entity), options.signal);
      if (live?.metadata.deletionTimestamp) await waitForDeletion(deps, entity, live, options);
      else if (live) {
        hasVanished = true;
        // The create that nobody answered did succeed.
        if (unanswered) await unanswered(live);
        return await update(deps, entity, { ...options, live });
      }
      await unanswered?.(undefined);
      unanswered = undefined;
      const onUnanswered = (settle: Settle): void => {
        unanswered = settle;
      };
      return await create(deps, entity, { ...options, onUnanswered });
    } catch (error) {
      if (isAway(error) || isNamespaceLeaving(error)) {
        if (away++ === 0) deps.log(`${(error as Error).message}. Trying again...`);
        options.onProblem?.(error as Error);
        await sleep(deps.clock, awayMs(error as KubeError, away), options.signal);
        continue;
      }
      if (isConflict(error)) {
        conflicts++;
        if (conflicts >= toldConflicts) {
          const problem = conflictError(error, entity);
          if (conflicts === toldConflicts) deps.log(`${problem.message}. Trying again...`);
          options.onProblem?.(problem);
        }
        await sleep(deps.clock, conflictMs(error, conflicts), options.signal);
        continue;
      }
      // Not found is worth another try only where something was there a moment ago.
      if (attempt >= maxTries || !isWorthAnotherTry(error) || (isNotFound(error) && !hasVanished)) throw error;
      if (isNotFound(error)) deps.log(`Resource ${entity.name} was not found during apply. Retrying...`);
      else if ((error as KubeError).code >= 500 && (error as Error).message !== told) {
        told = (error as Error).message;
        deps.log(`${told}. Trying again...`);
      }
      await sleep(deps.clock, waitMs(error, attempt), options.signal);
    }
  }
}

/** True where somebody else was faster with a change: what is there is read again, for as long as there is time. */
function isConflict(error: unknown): error is KubeError {
  return error instanceof KubeError && error.code === 409 && error.reason !== 'AlreadyExists';
}

/** One that comes so often is no chance any more. */
const toldConflicts = 5;
const firstConflictMs = 20;

function conflictMs({ retryAfterMs }: KubeError, conflicts: number): number {
  return retryAfterMs ?? Math.min(mostAwayMs, firstConflictMs * 2 ** (conflicts - 1));
}

function conflictError({ message }: KubeError, { kind, name }: Entity): Error {
  return new Error(`the cluster answers a change of ${kind}/${name} with 409 Conflict: ${message}`);
}

type Settle = (made: KubeObject | undefined) => Promise<void>;

/** Answers of a server that has no time, or of what stands before it: they say nothing of the object. */
const busy: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Nobody answered, or nobody was asked because a login has run out, or the server is busy: it may be over in a moment,
 * and is waited for as long as there is time.
 */
function isAway(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return (
    error.code === 401 ||
    busy.has(error.code) ||
    (error.code === 0 && (error.reason === '' || error.reason === 'Credentials'))
  );
}

export async function getIfAny(
  client: KubeClient,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return await client.get(ref, { signal });
  } catch (error) {
    if (isNotFound(error) && (error as KubeError).reason !== 'NoKindMatch') return undefined;
    throw error;
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return error.reason !== 'NoKindMatch' && passing.has(error.code);
}

/** Answers that another try may change: somebody was faster, one of the server's webhooks starts up. */
const passing: ReadonlySet<number> = new Set([404, 409, 500]);

/** The namespace goes; what comes of it shows when it is gone. */
function isNamespaceLeaving(error: unknown): boolean {
  return error instanceof KubeError && error.code === 403 && error.message.includes('because it is being terminated');
}

function awayMs({ retryAfterMs }: KubeError, away: number): number {
  return retryAfterMs ?? Math.min(mostAwayMs, firstAwayMs * 2 ** away);
}

function waitMs(error: unknown, attempt: number): number {
  const { code, retryAfterMs } = error as KubeError;
  if (retryAfterMs !== undefined) return retryAfterMs;
  return code === 409 ? 10 * 2 ** attempt : 100 * 2 ** attempt;
}

async function waitForDeletion(
  deps: ApplyDeps,
  entity: Entity,
  live: KubeObject,
  { signal, onProblem }: ApplyOptions,
): Promise<void> {
  deps.log(`Resource ${entity.name} is currently being deleted. Waiting 1m for deletion before retrying...`);
  const { finalizers = [] } = live.metadata;
  if (finalizers.length > 0) {
    onProblem?.(new Error(`${entity.kind}/${entity.name} is being deleted, and held by ${finalizers.join(', ')}`));
  }
  await waitGone(deps, { ref: refOf(entity), uid: live.metadata.uid! }, { signal, timeoutMs: beingDeletedMs });
}

/** Waits for one object. Rejects when it is still there after the time. */
export async function waitGone(
  { client, clock }: Pick<ApplyDeps, 'client' | 'clock'>,
  leaving: { readonly ref: ObjectRef; readonly uid: string },
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<void> {
  const timeUp = makeAbortController();
  const timer = clock.after(timeoutMs, () =>
    timeUp.abort(new KubeError(`timeout waiting for delete: ${leaving.ref.name}`, { code: 0, reason: 'Timeout' })),
  );
  try {
    await waitUntilGone(client, [leaving], { clock, signal: anySignal(signal, timeUp.signal) });
  } finally {
    timer.dispose();
  }
}

/** Makes the object, with a record of it first. */
export async function create(
  deps: ApplyDeps,
  entity: Entity,
  options: ApplyOptions & { readonly onUnanswered?: (settle: Settle) => void },
): Promise<KubeObject> {
  const { client } = deps;
  const { signal } = options;
  const { isNamespaced } = await client.resourceType(entity.apiVersion, entity.kind, { signal });
  const settle = await deps.creations.willCreate(refOf(entity), options.resource);
  const wanted = wantedObject(entity);
  try {
    const made = options.serverSide
      ? await client.patch(refOf(entity), wanted, { type: 'apply', force: true, fieldManager, signal })
      : await client.create(options.isTooBig ? wanted : annotated(entity, isNamespaced ? client.namespace : ''), {
          fieldManager,
          signal,
        });
    await settle(made);
    return made;
  } catch (error) {
    // Without an answer it may exist: the record stays open.
    if (error instanceof KubeError && (error.code !== 0 || error.reason === 'Credentials')) await settle(undefined);
    else options.onUnanswered?.(settle);
    throw error;
  }
}

async function update(
  deps: ApplyDeps,
  entity: Entity,
  { live, resource, serverSide, signal }: ApplyOptions & { readonly live: KubeObject },
): Promise<KubeObject> {
  const { client } = deps;
  deps.creations.found(live, resource);
  const ref = refOf(entity);
  if (serverSide) return client.patch(ref, wantedObject(entity), { type: 'apply', force: true, fieldManager, signal });
  if (wasWrittenWhole(live)) {
    const next = annotated(entity, live.metadata.namespace);
    const { resourceVersion } = live.metadata;
    const metadata = { ...next.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    return client.replace({ ...next, metadata }, { fieldManager, signal });
  }
  const patch = clientSidePatch(entity, live);
  if (!patch) return live;
  return client.patch(ref, patch, { type: 'merge', fieldManager, signal });
}

/** The merge patch from what is there to what it should be; undefined when there is nothing to do. */
export function clientSidePatch(entity: Entity, live: KubeObject): Record<string, unknown> | undefined {
  const modified = annotated(entity, live.metadata.namespace);
  const merged = threeWayApply(
    { original: readLastApplied(live), modified, current: live },
    mergeRules(entity.typeIndex),
  );
  if (merged === live) return undefined;
  const patch = threeWayMergePatch(live, merged, live);
  if (Object.keys(patch).length === 0) return undefined;
  const metadata = (patch['metadata'] ?? {}) as Record<string, unknown>;
  return { ...patch, metadata: { ...metadata, resourceVersion: live.metadata.resourceVersion } };
}
