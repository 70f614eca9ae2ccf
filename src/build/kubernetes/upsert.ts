// Brings all objects of a deploy into the cluster: in their order, side by side where they may be, and for each from the
// gentlest way to the hardest: apply, replace, delete and create anew (reference 4.9).
import { isNotFound, KubeError, type KubeObject, NoKindMatchError } from '../../adapters/kube/port.ts';
import { anySignal, makeAbortController } from '../../base/abort.ts';
import { sleep } from '../../base/clock.ts';
import { formatGoDuration } from '../../base/go-duration.ts';
import { parallelBatches } from '../../domain/kubernetes/apply-order.ts';
import { type Entity, groupOf } from '../../domain/kubernetes/entity.ts';
import {
  type ApplyDeps,
  type ApplyOptions,
  applyObject,
  create,
  getIfAny,
  refOf,
  waitGone,
  wantedObject,
} from './apply-object.ts';
import { keepReason } from './keep.ts';
import { refusalOf } from './refusal.ts';

export interface UpsertOptions extends ApplyOptions {
  /** For each object. */
  readonly timeoutMs: number;
}

const maxAtOnce = 10;
const recreateWaitMs = 30_000;

/** The objects as the cluster has them afterwards, in the order of their apply. Rejects with a sentence. */
export async function upsert(
  deps: ApplyDeps,
  entities: readonly Entity[],
  options: UpsertOptions,
): Promise<readonly KubeObject[]> {
  const applied: KubeObject[] = [];
  for (const batch of parallelBatches(entities)) {
    applied.push(...(await sideBySide(batch, entity => upsertOne(deps, entity, options), options.signal)));
  }
  return applied;
}

/** At most ten at once; the first that fails ends the batch when those that run are done. */
async function sideBySide<T, R>(items: readonly T[], work: (item: T) => Promise<R>, signal: AbortSignal): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  async function lane(): Promise<void> {
    while (next < items.length && !failure && !signal.aborted) {
      const at = next++;
      try {
        results[at] = await work(items[at]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, items.length) }, lane));
  if (failure) throw failure.error;
  signal.throwIfAborted();
  return results;
}

async function upsertOne(deps: ApplyDeps, entity: Entity, options: UpsertOptions): Promise<KubeObject> {
  const timeUp = makeAbortController();
  const timer = deps.clock.after(options.timeoutMs, () => timeUp.abort(timeoutError(options.timeoutMs, entity)));
  let last: Error | undefined;
  const limited = {
    ...options,
    onProblem: (error: Error) => {
      last = error;
    },
    signal: anySignal(options.signal, timeUp.signal),
  };
  try {
    const made = await withNewKind(deps, entity, limited, () => escalate(deps, entity, limited));
    await settleDefinition(deps, entity, limited);
    return made;
  } catch (error) {
    options.signal.throwIfAborted();
    if (timeUp.signal.aborted) {
      const { message } = timeUp.signal.reason as Error;
      throw new Error(last ? `${message}\n${last.message}` : message);
    }
    throw error;
  } finally {
    timer.dispose();
  }
}

function timeoutError(timeoutMs: number, entity: Entity): Error {
  return new Error(
    `Killed kubectl. Hit timeout of ${formatGoDuration(timeoutMs)} applying ${entity.kind}/${entity.name}.`,
  );
}

async function escalate(deps: ApplyDeps, entity: Entity, options: ApplyOptions): Promise<KubeObject> {
  let made: KubeObject;
  try {
    return await applyObject(deps, entity, options);
  } catch (error) {
    options.signal.throwIfAborted();
    if (isTooLarge(error)) made = await replaceWhole(deps, entity, { ...options, why: (error as Error).message });
    else if (isImmutable(error)) made = await recreate(deps, entity, { ...options, why: (error as Error).message });
    else throw inWords(error, entity);
  }
  deps.log(`Updating ${JSON.stringify(entity.name)} succeeded!`);
  return made;
}

function inWords(error: unknown, entity: Entity): unknown {
  if (!(error instanceof KubeError) || error.message.includes(entity.name)) return error;
  return new KubeError(`${entity.kind}/${entity.name}: ${error.message}`, {
    code: error.code,
    reason: error.reason,
    cause: error,
  });
}

function isTooLarge(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return error.code === 413 || /metadata\.annotations: Too long: .*\d+ bytes/.test(error.message);
}

/** Words for what cannot change: Tilt's two, then those of a Service's address and of a binding's role. */
const immutableWords = ['field is immutable', 'Forbidden:', 'may not change once set', 'cannot change roleRef'];

/** A guess by the words; it errs on the side of yes, for nothing is deleted that could not be made anew. */
function isImmutable(error: unknown): boolean {
  if (!(error instanceof KubeError) || error.code !== 422) return false;
  return immutableWords.some(words => error.message.includes(words));
}

type Failed = ApplyOptions & { readonly why: string };

/** The first line, without the whole object that the server shows in place of the field that cannot change. */
function reasonIn(text: string): string {
  return text.split('\n', 1)[0]!.replace(/Invalid value: \{.{200,}\}(?=: )/, 'Invalid value: {…}');
}

/** Too big for the annotation: written as a whole, without it. */
async function replaceWhole(deps: ApplyDeps, entity: Entity, options: Failed): Promise<KubeObject> {
  deps.log(`Updating ${JSON.stringify(entity.name)} failed: ${reasonIn(options.why)}`);
  deps.log('Attempting to create or replace');
  const { client } = deps;
  const { signal } = options;
  const live = await getIfAny(client, refOf(entity), signal);
  if (!live) return create(deps, entity, { ...options, isTooBig: true });
  const wanted = wantedObject(entity);
  const { resourceVersion } = live.metadata;
  try {
    const metadata = { ...wanted.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) };
    return await client.replace({ ...wanted, metadata }, { fieldManager: 'tilt', signal });
  } catch (error) {
    if (isImmutable(error)) return recreate(deps, entity, { ...options, why: (error as Error).message });
    throw inWords(error, entity);
  }
}

/** Some fields cannot change while the object lives. */
async function recreate(deps: ApplyDeps, entity: Entity, options: Failed): Promise<KubeObject> {
  const { client } = deps;
  const { signal } = options;
  deps.log(`Updating ${JSON.stringify(entity.name)} failed: ${reasonIn(options.why)}`);
  const live = await getIfAny(client, refOf(entity), signal);
  const kept = live && keepReason(live);
  if (kept) {
    throw new Error(
      `${entity.kind}/${entity.name} cannot be changed in place: ${reasonIn(options.why)}\nIt is not deleted and created anew, because ${kept}.`,
    );
  }
  const refusal = live && (await refusalOf(client, wantedObject(entity), { signal }));
  if (refusal) {
    throw new Error(
      `${reasonIn(refusal)}\n${entity.kind}/${entity.name} stays as it was: the change needs it deleted and created anew, and the server would refuse that.`,
    );
  }
  deps.log('Attempting to delete and re-create');
  if (live) {
    const uid = live.metadata.uid!;
    await client.delete(refOf(entity), { uid, signal }).catch(ignoreNotFound);
    await waitGone(deps, { ref: refOf(entity), uid }, { signal, timeoutMs: recreateWaitMs });
    deps.creations.gone(uid);
  }
  return create(deps, entity, options);
}

function ignoreNotFound(error: unknown): void {
  if (!isNotFound(error)) throw error;
}

const definitionKind = 'CustomResourceDefinition';

/** A definition counts as applied when the server serves its kind: objects of it may be next. */
async function settleDefinition(deps: ApplyDeps, entity: Entity, options: ApplyOptions): Promise<void> {
  if (entity.kind !== definitionKind) return;
  const spec = entity.object['spec'] as { group?: string; names?: { kind?: string } } | undefined;
  deps.newKinds.add(`${spec?.group ?? ''}/${spec?.names?.kind ?? ''}`);
  deps.client.forgetTypes();
  for (;;) {
    const live = await deps.client.get(refOf(entity), { signal: options.signal });
    const status = live['status'] as { conditions?: readonly { type: string; status: string; message?: string }[] };
    const of = (type: string): { status: string; message?: string } | undefined =>
      status?.conditions?.find(condition => condition.type === type);
    if (of('Established')?.status === 'True') return;
    const names = of('NamesAccepted');
    if (names?.status === 'False')
      throw new Error(`${definitionKind}/${entity.name}: ${names.message ?? 'its names are taken'}`);
    await sleep(deps.clock, 100, options.signal);
  }
}

/** Objects of a kind that was defined a moment ago wait for the server to serve it. */
async function withNewKind<T>(
  deps: ApplyDeps,
  entity: Entity,
  { signal }: ApplyOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const isNew = deps.newKinds.has(`${groupOf(entity)}/${entity.kind}`);
      const isMissing = error instanceof NoKindMatchError || (error instanceof KubeError && error.code === 404);
      if (!isNew || !isMissing) throw error;
      deps.client.forgetTypes();
      await sleep(deps.clock, 100, signal);
    }
  }
}
