// Waits for objects to leave the cluster. One watch per kind and namespace, whatever the number of objects; where the
// right to watch is missing, each object is asked for in turns.
import { isNotFound, type KubeClient, KubeError, type KubeObject, type ObjectRef } from '../../adapters/kube/port.ts';
import { makeDeferred, onAbort } from '../../base/abort.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { Scope } from '../../base/disposable.ts';

/** An object that was told to go. A later object of its name is another one. */
export interface Leaving {
  readonly ref: ObjectRef;
  readonly uid: string;
}

export interface WaitOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called with what is left, first with all, each time something went or changed; for progress. */
  readonly onLeft?: (left: readonly LeftObject[]) => void;
}

export interface LeftObject extends Leaving {
  /** What the cluster says of it, when it said something. */
  readonly object?: KubeObject;
}

const pollMs = 500;

/** Resolves when all are gone; rejects with the signal's reason. */
export async function waitUntilGone(
  client: KubeClient,
  leaving: readonly Leaving[],
  options: WaitOptions,
): Promise<void> {
  const left = new Map<string, LeftObject>(leaving.map(item => [item.uid, item]));
  if (left.size === 0) return;
  using(options.signal);
  const done = makeDeferred<void>();
  const scope = new Scope();
  const settle = (): void => {
    options.onLeft?.([...left.values()]);
    if (left.size === 0) done.resolve();
  };
  for (const group of groups(leaving)) scope.add(watchGroup(client, group, { left, settle, options }));
  scope.add(onAbort(options.signal, reason => done.reject(reason)));
  options.onLeft?.([...left.values()]);
  try {
    await done.promise;
  } finally {
    scope.dispose();
  }
}

function using(signal: AbortSignal): void {
  signal.throwIfAborted();
}

interface Waiting {
  readonly left: Map<string, LeftObject>;
  readonly settle: () => void;
  readonly options: WaitOptions;
}

function groups(leaving: readonly Leaving[]): Leaving[][] {
  const byPlace = new Map<string, Leaving[]>();
  for (const item of leaving) {
    const { apiVersion, kind, namespace } = item.ref;
    const place = `${apiVersion} ${kind} ${namespace ?? ''}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), item]);
  }
  return [...byPlace.values()];
}

function watchGroup(client: KubeClient, group: readonly Leaving[], waiting: Waiting): Scope {
  const { left, settle, options } = waiting;
  const { apiVersion, kind, namespace, name } = group[0]!.ref;
  const scope = new Scope();
  const wanted = new Set(group.map(item => item.uid));
  const seen = new Set<string>();
  const forget = (uid: string): void => {
    if (left.delete(uid)) settle();
  };
  const watch = client.watch(
    {
      apiVersion,
      kind,
      ...(namespace ? { namespace } : {}),
      ...(group.length === 1 ? { fieldSelector: `metadata.name=${name}` } : {}),
    },
    {
      onObject(object) {
        const uid = object.metadata.uid ?? '';
        if (!wanted.has(uid)) return;
        seen.add(uid);
        const known = left.get(uid);
        if (known) left.set(uid, { ...known, object });
      },
      onDeleted: object => forget(object.metadata.uid ?? ''),
      onSynced() {
        for (const uid of wanted) if (!seen.has(uid)) forget(uid);
      },
      onProblem(problem) {
        if (problem?.code === 404) for (const uid of wanted) forget(uid);
        else if (problem?.code === 403 || problem?.code === 405) {
          watch.dispose();
          for (const item of group) void poll(client, item, { waiting, scope, forget });
        }
      },
    },
  );
  scope.add(watch);
  scope.add(tellLeft(options, settle));
  return scope;
}

/** What is left may change its look (a grace period runs down) without anything going. */
function tellLeft({ clock }: WaitOptions, settle: () => void): { dispose(): void } {
  let timer = clock.after(pollMs, again);
  function again(): void {
    settle();
    timer = clock.after(pollMs, again);
  }
  return { dispose: () => timer.dispose() };
}

async function poll(
  client: KubeClient,
  item: Leaving,
  { waiting, scope, forget }: { waiting: Waiting; scope: Scope; forget: (uid: string) => void },
): Promise<void> {
  const { clock, signal } = waiting.options;
  while (!scope.isDisposed && waiting.left.has(item.uid)) {
    try {
      const object = await client.get(item.ref, { signal });
      if (object.metadata.uid !== item.uid) forget(item.uid);
      await sleep(clock, pollMs, signal);
    } catch (error) {
      if (isNotFound(error)) forget(item.uid);
      else if (signal.aborted) return;
      else if (error instanceof KubeError && error.code === 403) return;
      else await sleep(clock, pollMs, signal).catch(() => {});
    }
  }
}
