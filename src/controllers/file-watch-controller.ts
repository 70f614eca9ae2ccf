// FileWatch objects: watches what they name, and writes what changed into their status, one event per burst (reference 3.9).
// When a burst ends is decided by adapters/files; an error of the watcher is tried again with backoff.

import { isDeepStrictEqual } from 'node:util';
import { type Coalescer, makeCoalescer } from '../adapters/files/coalesce.ts';
import type { FileSubscription, FileWatcher } from '../adapters/files/port.ts';
import type { FileEvent, FileWatch, FileWatchStatus } from '../api/kinds-local.ts';
import { annotations, formatMicroTime, formatTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import { isInside, makeIgnoreMatcher } from '../domain/ignore.ts';
import { disablement } from '../engine/disable-status.ts';
import type { Store } from '../store/port.ts';
import type { Controller } from './runtime/controller.ts';

export interface FileWatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly files: FileWatcher;
  /** The watcher cannot see everything: one clear line for people. */
  readonly onProblem: (text: string, resource: string) => void;
  /** From when on changes of what a watch names count, in ms since 1970, where that is before the watch was made. */
  readonly changesCountFromMs?: (watch: string) => number | undefined;
}

const maxEvents = 20;

interface Track {
  readonly spec: FileWatch['spec'];
  /** The newest is the one that counts; older ones stay until it sees everything. */
  readonly subscriptions: FileSubscription[];
  readonly coalescer: Coalescer;
  readonly monitorStartTime: string;
  /** Whether a change that an older subscription saw counts. */
  wants(path: string): boolean;
  /** Of the burst that goes on. */
  lastChangeMs: number;
  error?: string;
  /** A limit of the system that the error is about. */
  limit?: string;
}

const limits = ['ENOSPC', 'EMFILE', 'ENFILE'];

export function makeFileWatchController(deps: FileWatchDeps): Controller {
  const { store, clock, files } = deps;
  const tracks = new Map<string, Track>();
  const byConfigMap = new Map<string, Set<string>>();

  function close(name: string): void {
    const track = tracks.get(name);
    for (const subscription of track?.subscriptions ?? []) subscription.dispose();
    track?.coalescer.dispose();
    tracks.delete(name);
  }

  /** Watches what is named. What was watched before goes on until then: a save in between must not be lost. */
  function open(watch: FileWatch, before: Track | undefined): void {
    const { name } = watch.metadata;
    const { watchedPaths = [], ignores = [] } = watch.spec ?? {};
    const matcher = makeIgnoreMatcher(ignores);
    const track: Track = {
      spec: watch.spec,
      subscriptions: [...(before?.subscriptions ?? [])],
      coalescer: before?.coalescer ?? makeCoalescer({ clock, onBurst: paths => record(name, paths) }),
      monitorStartTime: formatMicroTime(clock.now()),
      wants: path =>
        watchedPaths.some(root => isInside(root.replace(/(?<=.)\/+$/, ''), path)) && !matcher.ignores(path),
      lastChangeMs: before?.lastChangeMs ?? 0,
    };
    tracks.set(name, track);
    const isNew = (path: string): boolean => !before?.wants(path.replace(/(?<=.)\/+$/, ''));
    const sinceMs = deps.changesCountFromMs?.(name) ?? clock.now();
    const subscription = files.watch(
      { paths: watchedPaths, ignores, changedSince: path => (isNew(path) ? sinceMs : undefined) },
      { onChange: paths => changed(name, subscription, paths), onError: error => fail(name, error) },
    );
    track.subscriptions.push(subscription);
    void subscription.ready.then(() => {
      const older = track.subscriptions.splice(0, track.subscriptions.indexOf(subscription));
      for (const old of older) old.dispose();
    });
  }

  // A burst is told when it is over, with the time of its last change: builds compare it with their beginning.
  function changed(name: string, from: FileSubscription, paths: readonly string[]): void {
    const track = tracks.get(name);
    if (!track) return;
    const isOld = from !== track.subscriptions.at(-1);
    const wanted = isOld ? paths.filter(path => track.wants(path)) : paths;
    if (wanted.length === 0) return;
    track.lastChangeMs = clock.now();
    track.coalescer.add(wanted);
  }

  function record(name: string, paths: readonly string[]): void {
    const watch = store.get('FileWatch', name);
    const track = tracks.get(name);
    if (!watch || !track) return;
    const time = formatMicroTime(track.lastChangeMs);
    const event: FileEvent = { time, seenFiles: paths };
    const fileEvents = [...(watch.status?.fileEvents ?? []), event].slice(-maxEvents);
    store.setStatus('FileWatch', name, { ...watch.status, lastEventTime: time, fileEvents });
  }

  function fail(name: string, { message: error, cause }: Error): void {
    const track = tracks.get(name);
    const watch = store.get('FileWatch', name);
    if (!track || !watch || track.error === error) return;
    const limit = limits.find(code => code === (cause as NodeJS.ErrnoException | undefined)?.code);
    // A limit is the machine's: who else meets it needs no telling.
    const isTold = limit !== undefined && [...tracks.values()].some(other => other.limit === limit);
    track.error = error;
    if (limit !== undefined) track.limit = limit;
    store.setStatus('FileWatch', name, { ...watch.status, error });
    if (!isTold)
      deps.onProblem(error, limit === undefined ? (watch.metadata.annotations?.[annotations.resource] ?? '') : '');
  }

  function reconcile(name: string): undefined {
    const watch = store.get('FileWatch', name);
    if (!watch || watch.metadata.deletionTimestamp) {
      close(name);
      return undefined;
    }
    const source = watch.spec?.disableSource;
    for (const map of [source?.configMap, ...(source?.everyConfigMap ?? [])]) {
      if (map) byConfigMap.set(map.name, (byConfigMap.get(map.name) ?? new Set()).add(name));
    }
    const off = disablement(source, map => store.get('ConfigMap', map));
    const track = tracks.get(name);
    const isStale = track !== undefined && !isDeepStrictEqual(track.spec, watch.spec);
    if (off.disabled) close(name);
    else if (track === undefined || isStale) open(watch, track);
    // Events of what was watched before say nothing about what is watched now.
    writeStatus(watch, tracks.get(name), isStale);
    return undefined;
  }

  function writeStatus(watch: FileWatch, track: Track | undefined, forgetEvents: boolean): void {
    const { disabled, state, reason } = disablement(watch.spec?.disableSource, map => store.get('ConfigMap', map));
    const old = watch.status;
    const isSame = old?.disableStatus?.state === state && old.disableStatus.reason === reason;
    const status: FileWatchStatus = {
      ...(track ? { monitorStartTime: track.monitorStartTime } : {}),
      ...(track && !forgetEvents && old?.lastEventTime ? { lastEventTime: old.lastEventTime } : {}),
      ...(track && !forgetEvents && old?.fileEvents ? { fileEvents: old.fileEvents } : {}),
      ...(track?.error ? { error: track.error } : {}),
      disableStatus: isSame
        ? old!.disableStatus!
        : { disabled, state, reason, lastUpdateTime: formatTime(clock.now()) },
    };
    store.setStatus('FileWatch', watch.metadata.name, status);
  }

  return {
    name: 'file-watch',
    watches: { FileWatch: name => [name], ConfigMap: name => byConfigMap.get(name) ?? [] },
    reconcile,
  };
}
