// A state directory of its own for each test, and processes that live and die as the test says.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { neverAborted } from '../../src/base/abort.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { LockOptions } from '../../src/state/file-lock.ts';
import type { ProcessCensus } from '../../src/state/process-identity.ts';

export function tempDirectory(t: ExecutionContext): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'state-'));
  t.teardown(() => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Processes whose pid is in `alive` run; our own has pid 1. */
export function fakeCensus(alive: readonly number[] = [1]): ProcessCensus {
  return {
    own: { pid: 1, startTime: 's1', bootId: 'boot' },
    isAlive: async ({ pid, bootId }) => bootId === 'boot' && alive.includes(pid),
  };
}

export function lockOptions(alive?: readonly number[], patienceMs = 5_000): LockOptions {
  return { census: fakeCensus(alive), clock: systemClock, signal: neverAborted, patienceMs };
}

export const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8);
