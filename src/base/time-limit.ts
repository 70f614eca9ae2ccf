// Ends work that takes too long, in the middle of it: a regular expression that tries all ways through a line cannot be
// stopped by anything that runs beside it in the same thread. `vm` can: it stops the whole thread's script.
import { cpuUsage } from 'node:process';
import vm from 'node:vm';

/** Where the script below finds its work. */
const place = Symbol.for('tilt.timeLimitedWork');
const script = new vm.Script('globalThis[Symbol.for("tilt.timeLimitedWork")]()');

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
  /** False when something else had the processor meanwhile: the work may take no time at all. */
  readonly wasBusy: boolean;

  constructor(message: string, wasBusy: boolean) {
    super(message);
    this.wasBusy = wasBusy;
  }
}

/** Part of the limit that the processor must have worked for us. */
const busyShare = 0.6;

let isLimited = false;

/** True within work that has a limit. */
export function hasTimeLimit(): boolean {
  return isLimited;
}

/**
 * Runs work and throws a TimeLimitError when it takes longer, wherever it is then: what it changes has to be right at every
 * point. A tenth of a millisecond goes into the watch, so many small pieces belong into one call. Within limited work the
 * outer limit counts.
 */
export function withTimeLimit(limitMs: number, work: () => void): void {
  if (isLimited) {
    work();
    return;
  }
  isLimited = true;
  Object.assign(globalThis, { [place]: work });
  const before = cpuUsage();
  try {
    script.runInThisContext({ timeout: limitMs });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    const { user, system } = cpuUsage(before);
    throw new TimeLimitError(`took longer than ${limitMs} ms`, (user + system) / 1000 >= limitMs * busyShare);
  } finally {
    isLimited = false;
    Object.assign(globalThis, { [place]: undefined });
  }
}
