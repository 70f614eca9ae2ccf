// Finds and ends what carries a session's TILT_SESSION wherever it went: processes that left their group.
// Never by name: the only mark is the value we put into their environment.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { type Clock, sleep, systemClock } from '../../base/clock.ts';
import type { ProcOptions } from './process-identity.ts';

const run = promisify(execFile);
const pollMs = 30;

/** Pids whose environment says TILT_SESSION=`sessionId`, without our own. What belongs to other users is not seen. */
export async function findBySession(sessionId: string, options: ProcOptions): Promise<number[]> {
  const pids = options.useProc ? findInProc(sessionId) : await findWithPs(sessionId);
  return pids.filter(pid => pid !== process.pid);
}

export interface SweepOptions extends ProcOptions {
  /** From SIGTERM to SIGKILL; 0 kills at once. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** SIGTERM to everything of the session, SIGKILL to what is left after the grace time. Returns how many there were. */
export async function sweepSession(sessionId: string, options: SweepOptions): Promise<number> {
  const clock = options.clock ?? systemClock;
  const found = new Set<number>();
  const termUntil = clock.monotonic() + options.graceMs;
  // What survives SIGKILL is stuck in the kernel; nothing more can be done about it.
  const giveUpAt = termUntil + 2000;
  for (;;) {
    const pids = await findIfPossible(sessionId, options);
    const nowMs = clock.monotonic();
    if (pids?.length === 0 || nowMs > giveUpAt) return found.size;
    for (const pid of pids ?? []) {
      if (nowMs >= termUntil) send(pid, 'SIGKILL');
      else if (!found.has(pid)) send(pid, 'SIGTERM');
      found.add(pid);
    }
    await sleep(clock, nowMs < termUntil ? Math.min(pollMs, termUntil - nowMs) : pollMs, options.signal);
  }
}

/** Undefined while this process may open no more files: those that it closes now make room for another look. */
async function findIfPossible(sessionId: string, options: SweepOptions): Promise<readonly number[] | undefined> {
  try {
    return await findBySession(sessionId, options);
  } catch (error) {
    if (isOutOfFiles(error)) return undefined;
    throw error;
  }
}

function isOutOfFiles(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE';
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended meanwhile
  }
}

function findInProc(sessionId: string): number[] {
  const wanted = Buffer.from(`\0TILT_SESSION=${sessionId}\0`);
  const pids: number[] = [];
  for (const name of fs.readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const environ = fs.readFileSync(`/proc/${name}/environ`);
      if (Buffer.concat([Buffer.from('\0'), environ, Buffer.from('\0')]).includes(wanted)) pids.push(pid);
    } catch (error) {
      // Ended, or somebody else's; but what cannot be looked at for want of files may be ours.
      if (isOutOfFiles(error)) throw error;
    }
  }
  return pids;
}

async function findWithPs(sessionId: string): Promise<number[]> {
  const answer = await listWithEnvironment();
  const pids: number[] = [];
  for (const line of answer.split('\n')) {
    const match = /^\s*(\d+)\s(.*)$/.exec(line);
    if (match && ` ${match[2]} `.includes(` TILT_SESSION=${sessionId} `)) pids.push(Number(match[1]));
  }
  return pids;
}

/** Lines of pid, command and environment. macOS calls the environment E and means all processes by e; others have no E. */
async function listWithEnvironment(): Promise<string> {
  for (const flags of ['-axEww', 'axeww']) {
    try {
      return (await run('ps', [flags, '-o', 'pid=,command='], { maxBuffer: 256 << 20 })).stdout;
    } catch {
      // the other way, or nothing can be found here
    }
  }
  return '';
}
