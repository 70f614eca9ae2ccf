// `tilt down` from the Tiltfile's result to its end: connects, takes down, and waits until what was told to go is gone.
import path from 'node:path';
import { makeExec } from '../adapters/exec/index.ts';
import type { KubeConnection, KubeObject } from '../adapters/kube/port.ts';
import { anySignal, makeAbortController } from '../base/abort.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { type Leaving, type LeftObject, waitUntilGone } from '../build/kubernetes/wait-until-gone.ts';
import { loadYamlLibrary } from '../domain/yaml/library.ts';
import { writeFileAtomic } from '../state/atomic-file.ts';
import { readLedger } from '../state/ledger.ts';
import { removeFolder } from '../state/make-folder.ts';
import type { TiltfileResult } from '../tiltfile/result.ts';
import { childEnvironment } from './child-environment.ts';
import { clusterTarget } from './cluster-ledger.ts';
import { hasOtherSession, ledgerFile, openLedger } from './project-ledger.ts';
import type { SessionSurroundings } from './session-options.ts';
import { findStanding } from './standing.ts';
import { leavingName, takeDown } from './take-down.ts';

export interface DownOptions {
  readonly tiltfilePath: string;
  readonly kubeContext: string;
  readonly kubeNamespace: string;
  readonly webHost: string;
  readonly webPort: number;
  readonly deleteNamespaces: boolean;
  /** See TakeDownOptions. */
  readonly onlyWorkloads?: boolean;
  readonly onlyMade?: boolean;
  readonly shown?: ReadonlySet<string>;
  /** Somebody said which namespace is meant, so none but that and those that the Tiltfile names. */
  readonly isLimited: boolean;
  /** How long to wait until what was deleted is gone, in ms; 0: not at all. */
  readonly waitMs: number;
  /** Waits for the pods of what was deleted as well, which may take as long as their grace period. */
  readonly followsPods?: boolean;
  readonly surroundings: SessionSurroundings;
  /** A line for people, without its end. */
  readonly say: (line: string) => void;
  /** Stops the waiting; a second time everything. */
  readonly signal: AbortSignal;
}

/** Rejects with a sentence about what could not be deleted. Local resources have nothing to take down. */
export async function runDown(result: TiltfileResult, options: DownOptions): Promise<void> {
  const clock = systemClock;
  const standing = await findStanding(options.surroundings, options.tiltfilePath, clock.now());
  const records = readLedger(ledgerFile(standing, options.tiltfilePath));
  const hasRecords = records.some(({ target, state }) => target.kind === clusterTarget && state === 'done');
  const deploys = result.resources.some(
    ({ name, spec }) => spec.target.kind === 'k8s' && result.enabled.includes(name),
  );
  if (!deploys && !hasRecords) return;
  const connection = await connected(options, deploys);
  if (!connection) return;
  const { env, cwd } = options.surroundings;
  await loadYamlLibrary();
  const ledger = hasRecords ? await openLedger(standing, options.tiltfilePath, clock) : undefined;
  let exec: ReturnType<typeof makeExec> | undefined;
  try {
    const leaving = await takeDown(
      {
        connection,
        clock,
        exec: () => {
          exec ??= makeExec({ sessionId: standing.sessionId });
          return exec;
        },
        kubeconfig: async () => {
          const file = path.join(standing.folder, 'cluster', 'default.yml');
          writeFileAtomic(file, connection.frozenKubeconfig);
          return file;
        },
        childEnv: () => childEnvironment({ env, webHost: options.webHost, webPort: options.webPort, hasColor: false }),
        dir: cwd,
        records,
        forget: async record => ledger?.gone(record.id),
        say: options.say,
      },
      result,
      {
        ...options,
        // Whose it is that another session of the project deploys somewhere else, nobody knows.
        isLimited: options.isLimited || hasOtherSession(standing, options.tiltfilePath),
        followsPods: options.followsPods === true && options.waitMs > 0,
      },
    );
    await waitFor(connection, leaving, { ...options, clock });
  } finally {
    await exec?.dispose();
    await ledger?.close();
    await removeFolder(standing.folder);
    connection.client.dispose();
  }
}

/** Without a cluster there is nothing to do for a Tiltfile that deploys to none. */
async function connected(options: DownOptions, deploys: boolean): Promise<KubeConnection | undefined> {
  const { kubeContext, kubeNamespace, surroundings } = options;
  // Only those who deploy to a cluster load what speaks to one.
  const { connectKube } = await import('../adapters/kube/index.ts');
  try {
    const { env } = surroundings;
    const onLogin = (text: string): void => options.say(text.trimEnd());
    return await connectKube({ context: kubeContext, namespace: kubeNamespace, env, onLogin });
  } catch (error) {
    if (deploys) throw error;
    return undefined;
  }
}

const firstWordMs = 2000;
const nextWordMs = 10_000;

/** Says what is left, at first after two seconds; what is still there at the end is named with the reason it gives. */
async function waitFor(
  { client }: KubeConnection,
  leaving: readonly Leaving[],
  options: DownOptions & { readonly clock: Clock },
): Promise<void> {
  const { say, clock, waitMs } = options;
  if (leaving.length === 0 || waitMs === 0) return;
  const timeUp = makeAbortController();
  const timer = clock.after(waitMs, () => timeUp.abort());
  const signal = anySignal(options.signal, timeUp.signal);
  let left: readonly LeftObject[] = leaving;
  let nextWord = clock.monotonic() + firstWordMs;
  let spoke = false;
  const onLeft = (now: readonly LeftObject[]): void => {
    left = now;
    if (now.length === 0 || clock.monotonic() < nextWord) return;
    nextWord = clock.monotonic() + nextWordMs;
    say(`Waiting for ${now.length} of ${leaving.length} to be gone:`);
    for (const object of now) say(`  ${leavingName(object)}${reasonOf(object.object, clock.now())}`);
    spoke = true;
  };
  try {
    await waitUntilGone(client, leaving, { clock, signal, onLeft });
    if (spoke) say('All gone.');
  } catch (error) {
    if (!signal.aborted) throw error;
    say('Deleted, but not gone yet:');
    for (const object of left) say(`  ${leavingName(object)}${reasonOf(object.object, clock.now())}`);
    // Another `tilt down` finds no pods of what is gone.
    const onlyPods = left.every(({ ref }) => ref.kind === 'Pod');
    if (onlyPods) say('They go when their grace period is over, or what holds them lets go.');
    else say('They go when what holds them lets go. Run `tilt down` again to look.');
  } finally {
    timer.dispose();
  }
}

/** What holds an object, as it says itself. */
function reasonOf(object: KubeObject | undefined, nowMs: number): string {
  if (!object) return '';
  const { deletionTimestamp, finalizers = [] } = object.metadata;
  const parts: string[] = [];
  const leftMs = deletionTimestamp === undefined ? 0 : Date.parse(deletionTimestamp) - nowMs;
  if (leftMs > 0) parts.push(`grace period, ${Math.ceil(leftMs / 1000)}s left`);
  if (finalizers.length > 0) parts.push(`held by ${finalizers.join(', ')}`);
  if (object.kind === 'Namespace' && object.apiVersion === 'v1') parts.push('deleting what is in it');
  return parts.length === 0 ? '' : `  (${parts.join('; ')})`;
}
