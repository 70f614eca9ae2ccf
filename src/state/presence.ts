// Other commands find a session by a few small files in the state directory. Somebody may remove them while it runs (a
// cleared home directory, `rm -rf ~/.tilt-dev`): then they are written again, and that is said.
import fs from 'node:fs';
import type { Clock } from '../base/clock.ts';
import { type Disposable, toDisposable } from '../base/disposable.ts';

export interface PresenceOptions {
  readonly clock: Clock;
  /** Absolute; all of them are there while the session can be found. */
  readonly files: readonly string[];
  /** Writes what is missing. */
  readonly restore: () => Promise<void>;
  /** Called when files went missing and are there again; with an error, once, when they cannot be written. */
  readonly onLost: (error: Error | undefined) => void;
  /** They could not be written before, and that was said. */
  readonly isFailing?: boolean;
}

const lookMs = 2000;

/** Looks every two seconds, until disposed. */
export function keepPresence(options: PresenceOptions): Disposable {
  const { clock, files, restore, onLost } = options;
  let isRestoring = false;
  let isFailing = options.isFailing ?? false;
  let isDisposed = false;
  const isThere = (): boolean => files.every(file => fs.existsSync(file));
  const look = async (): Promise<void> => {
    // What could not be written may be there half or from before.
    if (isRestoring || (!isFailing && isThere())) return;
    isRestoring = true;
    const error = await restore().then(
      () => (isThere() ? undefined : new Error('they are gone again')),
      (failure: Error) => failure,
    );
    isRestoring = false;
    if (!isDisposed && !(error && isFailing)) onLost(error);
    isFailing = error !== undefined;
  };
  const timer = clock.every(lookMs, () => void look());
  return toDisposable(() => {
    isDisposed = true;
    timer.dispose();
  });
}
