// The life of BuildState: files change, builds begin and end, definitions change. Each step is a pure function.
import type { BuildRecord, BuildStateStatus } from '../api/kinds-internal.ts';
import { buildReason } from '../api/kinds-internal.ts';

const historyLimit = 2;

/** State of a resource that was never built; also what re-enabling goes back to (reference 4.14). */
export const neverBuilt: BuildStateStatus = Object.freeze({ history: [], pendingFiles: {}, hasEverBeenReady: false });

export interface FileChange {
  readonly path: string;
  /** ms, when the change was made. */
  readonly atMs: number;
}

/**
 * Files changed. What changed before the newest build began is in that build, however late we hear of it: changes are told
 * when a burst is over, and a build that follows a command that wrote files would otherwise run twice.
 */
export function withFileChanges(state: BuildStateStatus, changes: readonly FileChange[]): BuildStateStatus {
  const { current } = state;
  const takenUpMs = current?.startedAtMs ?? state.history[0]?.startedAtMs ?? Number.NEGATIVE_INFINITY;
  const news = changes.filter(change => change.atMs > takenUpMs);
  if (news.length === 0) return state;
  const pendingFiles: Record<string, number> = { ...state.pendingFiles };
  for (const { path, atMs } of news) {
    pendingFiles[path] = atMs;
  }
  return { ...state, pendingFiles };
}

/** As long as Tilt waits after each local update, so that a loop is as slow as there. */
const loopPauseMs = 250;

/**
 * How long, in ms, the next build of a resource waits whose command writes files that it depends on; else 0. Such a loop
 * would take a whole core and flood the log. Recognised when files asked for the last build, it began as the one before
 * ended, and what is pending changed while it ran; a person who saved meanwhile waits that pause at most.
 */
export function pauseOfLoop({ history, pendingFiles, ...pending }: BuildStateStatus, nowMs: number): number {
  const [last, before] = history;
  if (!last?.finishedAtMs || !before?.finishedAtMs) return 0;
  if (pending.pendingManifestSinceMs !== undefined || pending.pendingDepsSinceMs !== undefined) return 0;
  if (last.reasons !== buildReason.changedFiles || last.startedAtMs - before.finishedAtMs > 2 * loopPauseMs) return 0;
  for (const path in pendingFiles) if (pendingFiles[path]! > last.finishedAtMs) return 0;
  const leftMs = last.finishedAtMs + loopPauseMs - nowMs;
  // A wall clock that was set back would make it long.
  return leftMs > loopPauseMs ? 0 : Math.max(0, leftMs);
}

export interface ManifestChange {
  readonly atMs: number;
  readonly reasons: number;
  /** Tiltfiles, and files they read, that were saved. */
  readonly configFiles: readonly string[];
}

/** The definition changed in a way that needs a build. */
export function withManifestChange(state: BuildStateStatus, change: ManifestChange): BuildStateStatus {
  return {
    ...state,
    // A build that runs was started for the old definition, so the change must outlive it.
    pendingManifestSinceMs: state.current
      ? Math.max(change.atMs, state.current.startedAtMs + 1)
      : (state.pendingManifestSinceMs ?? change.atMs),
    pendingReasons: (state.pendingReasons ?? 0) | change.reasons,
    pendingConfigFiles: [...new Set([...(state.pendingConfigFiles ?? []), ...change.configFiles])],
  };
}

/** A build begins: it takes up everything that is pending. */
export function withBuildStarted(state: BuildStateStatus, record: Omit<BuildRecord, 'files'>): BuildStateStatus {
  const files = Object.entries(state.pendingFiles)
    .sort((a, b) => a[1] - b[1])
    .map(([path]) => path);
  return { ...state, current: { ...record, files: [...(state.pendingConfigFiles ?? []), ...files] } };
}

export interface BuildEnd {
  readonly finishedAtMs: number;
  readonly error?: string;
  readonly canceled?: boolean;
  readonly warnings?: readonly string[];
  /** The inputs it was made from, kept when it succeeded. */
  readonly builtHash: string;
  /** Success of the build alone makes the resource ready (a local resource without server). */
  readonly readyOnSuccess: boolean;
}

/** The build ended. Changes up to its start are done with, also when it failed: the next change tries again. */
export function withBuildEnded(state: BuildStateStatus, end: BuildEnd): BuildStateStatus {
  const { current } = state;
  if (!current) return state;
  const record: BuildRecord = {
    ...current,
    finishedAtMs: end.finishedAtMs,
    ...(end.error === undefined ? {} : { error: end.error }),
    ...(end.canceled ? { canceled: true } : {}),
    ...(end.warnings && end.warnings.length > 0 ? { warnings: end.warnings } : {}),
  };
  const pendingFiles: Record<string, number> = {};
  for (const path in state.pendingFiles) {
    if (state.pendingFiles[path]! > current.startedAtMs) pendingFiles[path] = state.pendingFiles[path]!;
  }
  const later = (ms: number | undefined): boolean => ms !== undefined && ms > current.startedAtMs;
  const succeeded = end.error === undefined;
  const { pendingManifestSinceMs, pendingDepsSinceMs } = state;
  return {
    history: [record, ...state.history].slice(0, historyLimit),
    pendingFiles,
    ...(later(pendingManifestSinceMs) ? { pendingManifestSinceMs: pendingManifestSinceMs! } : {}),
    ...(later(pendingDepsSinceMs) ? { pendingDepsSinceMs: pendingDepsSinceMs! } : {}),
    ...(later(pendingManifestSinceMs) ? keepConfigChange(state) : {}),
    hasEverBeenReady: state.hasEverBeenReady || (succeeded && end.readyOnSuccess),
    ...(succeeded ? { lastSuccessMs: end.finishedAtMs } : keep('lastSuccessMs', state.lastSuccessMs)),
    builtHash: end.builtHash,
  };
}

function keepConfigChange(state: BuildStateStatus): Pick<BuildStateStatus, 'pendingReasons' | 'pendingConfigFiles'> {
  return {
    ...(state.pendingReasons ? { pendingReasons: state.pendingReasons } : {}),
    ...(state.pendingConfigFiles ? { pendingConfigFiles: state.pendingConfigFiles } : {}),
  };
}

function keep<K extends string>(key: K, value: number | undefined): { readonly [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: number });
}

/** Reason bits that a new definition brings along. */
export function reasonsOfReload(hasChangedArgs: boolean): number {
  return buildReason.config | (hasChangedArgs ? buildReason.tiltfileArgs : 0);
}
