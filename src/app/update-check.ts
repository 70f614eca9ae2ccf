// Whether a newer version exists (reference 5.8): asked of the npm registry through the person's own npm, so that its
// settings and proxies hold; once an hour while a session runs on a screen, never in `ci`, never when the Tiltfile says
// check_updates=False. Nothing but the package's name is sent. Silent when it fails.
import semver from 'semver';
import type { Exec } from '../adapters/exec/port.ts';
import { isCanceled } from '../base/abort.ts';
import { type Clock, sleep } from '../base/clock.ts';
import { version } from '../base/version.ts';

export interface UpdateCheckDeps {
  readonly exec: Exec;
  readonly clock: Clock;
  readonly childEnv: () => Record<string, string>;
  readonly dir: string;
  readonly isWanted: () => boolean;
  /** A newer version than this one is there. */
  readonly onNewer: (version: string) => void;
}

const packageName = 'tilt-terminal';
const firstDelayMs = 30_000;
const periodMs = 60 * 60_000;
const retryMs = 5 * 60_000;

/** Looks until the signal aborts. */
export async function checkForUpdates(deps: UpdateCheckDeps, signal: AbortSignal): Promise<void> {
  try {
    await sleep(deps.clock, firstDelayMs, signal);
    for (;;) {
      const newest = deps.isWanted() ? await newestVersion(deps, signal) : undefined;
      if (newest && semver.gt(newest, version)) deps.onNewer(newest);
      await sleep(deps.clock, newest ? periodMs : retryMs, signal);
    }
  } catch (error) {
    if (!isCanceled(error) && !signal.aborted) throw error;
  }
}

async function newestVersion(deps: UpdateCheckDeps, signal: AbortSignal): Promise<string | undefined> {
  let output = '';
  const child = deps.exec.start(
    {
      args: ['npm', 'view', packageName, 'version', '--silent'],
      dir: deps.dir,
      env: deps.childEnv(),
      outputs: 'separate',
      graceMs: 1000,
    },
    {
      signal,
      onOutput(chunk, stream) {
        if (stream === 'stdout') output += chunk.toString('utf8');
      },
    },
  );
  const { exitCode } = await child.exited;
  return exitCode === 0 ? (semver.valid(output.trim()) ?? undefined) : undefined;
}
