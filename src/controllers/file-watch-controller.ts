// FileWatch objects: watches what they name, and writes what changed into their status, one event per burst (reference 3.9).
// When a burst ends is decided by adapters/files; an error of the watcher is tried again with backoff.

import { isDeepStrictEqual } from 'node:util';
import { makeCoalescer } from '../adapters/files/coalesce.ts';
import type { FileSubscription, FileWatcher } from '../adapters/files/port.ts';
import type { FileEvent, FileWatch, FileWatchStatus } from '../api/kinds-local.ts';
import { annotations, formatMicroTime, formatTime } from '../api/meta.ts';
import type { Clock } from '../base/clock.ts';
import type { Disposable } from '../base/disposable.ts';
import { disablement } from '../engine/disable-status.ts';
import type { Store } from '../store/port.ts';
import type { Controller } from './runtime/controller.ts';

export interface FileWatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly files: FileWatcher;
  /** The watcher cannot see everything: one clear line for people. */
  readonly onProblem: (text: string, resource: string) => void;
}

const maxEvents = 20;

interface Track {
  readonly spec: FileWatch['spec'];
  readonly subscription: FileSubscription;
  readonly coalescer: Disposable;
  readonly monitorStartTime: string;
  error?: string;
}

export function makeFileWatchController(deps: FileWatchDeps): Controller {
  const { store, clock, files } = deps;
  const tracks = new Map<string, Track>();
  const byConfigMap = new Map<string, Set<string>>();

  function close(name: string): void {
    const track = tracks.get(name);
    track?.subscription.dispose();
    track?.coalescer.dispose();
    tracks.delete(name);
  }

  function open(watch: FileWatch): Track {
    const { name } = watch.metadata;
    const { watchedPaths = [], ignores = [] } = watch.spec ?? {};
    // A burst is told when it is over, with the time of its last change: builds compare it with their beginning.
    let lastChangeMs = 0;
    const coalescer = makeCoalescer({ clock, onBurst: paths => record(name, paths, lastChangeMs) });
    const onChange = (paths: readonly string[]): void => {
      lastChangeMs = clock.now();
      coalescer.add(paths);
    };
    const subscription = files.watch(
      { paths: watchedPaths, ignores },
      { onChange, onError: error => fail(name, error.message) },
    );
    return { spec: watch.spec, subscription, coalescer, monitorStartTime: formatMicroTime(clock.now()) };
  }

  function record(name: string, paths: readonly string[], changedMs: number): void {
    const watch = store.get('FileWatch', name);
    if (!watch || !tracks.has(name)) return;
    const time = formatMicroTime(changedMs);
    const event: FileEvent = { time, seenFiles: paths };
    const fileEvents = [...(watch.status?.fileEvents ?? []), event].slice(-maxEvents);
    store.setStatus('FileWatch', name, { ...watch.status, lastEventTime: time, fileEvents });
  }

  function fail(name: string, error: string): void {
    const track = tracks.get(name);
    const watch = store.get('FileWatch', name);
    if (!track || !watch || track.error === error) return;
    track.error = error;
    store.setStatus('FileWatch', name, { ...watch.status, error });
    deps.onProblem(error, watch.metadata.annotations?.[annotations.resource] ?? '');
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
    let track = tracks.get(name);
    const isStale = track !== undefined && !isDeepStrictEqual(track.spec, watch.spec);
    if (off.disabled || isStale) {
      // Events of what was watched before say nothing about what is watched now.
      close(name);
      track = undefined;
    }
    const isNew = !off.disabled && track === undefined;
    if (isNew) {
      track = open(watch);
      tracks.set(name, track);
    }
    writeStatus(watch, track, isNew && isStale);
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
