// Reads the settings again when one of their files is saved, also one that did not exist before.
import { makeFileWatcher } from '../adapters/files/index.ts';
import { systemClock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';
import type { ScreenSettings } from './screen-settings.ts';

/** Nobody changes settings in the first moments, and the first resources are to be seen before, in ms. */
const startAfterMs = 1500;
/** A save is several changes; the file is read when it is whole. */
const quietMs = 60;

export interface SettingsReader {
  /** Never rejects. */
  readonly read: () => Promise<ScreenSettings>;
  readonly use: (settings: ScreenSettings) => void;
}

/** Watches until disposed. */
export function watchSettings(files: readonly string[], { read, use }: SettingsReader): Disposable {
  const watcher = makeFileWatcher();
  let watched: readonly string[] = files;
  let isDisposed = false;
  let work = Promise.resolve();
  let waiting: Disposable = systemClock.after(startAfterMs, () => void watch());
  let watching: Disposable = toDisposable(() => {});

  function watch(): Promise<void> {
    watching.dispose();
    const subscription = watcher.watch({ paths: watched, ignores: [] }, { onChange: changed, onError: () => {} });
    watching = subscription;
    return subscription.ready;
  }

  function changed(): void {
    waiting.dispose();
    waiting = systemClock.after(quietMs, () => {
      work = work.then(reread);
    });
  }

  /** Other files may count now; what changed before they were watched is read once more. */
  async function reread(): Promise<void> {
    let settings = await read();
    for (let tries = 0; tries < 3 && !isDisposed && settings.files.join('\n') !== watched.join('\n'); tries++) {
      watched = settings.files;
      await watch();
      settings = await read();
    }
    if (!isDisposed) use(settings);
  }

  return toDisposable(() => {
    isDisposed = true;
    waiting.dispose();
    watching.dispose();
    watcher.dispose();
  });
}
