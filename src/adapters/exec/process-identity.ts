// Telling processes apart for longer than they live: pid, start time, boot.
// /proc first; `ps` and `sysctl` where there is none, or where `useProc` is false (a test's wish).
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import type { ProcessIdentity } from './port.ts';

const run = promisify(execFile);

export interface ProcOptions {
  readonly useProc: boolean;
}

/** Whether this system has /proc, unless TILT_TEST_NO_PROC says to do without. */
export function systemProcOptions(): ProcOptions {
  return { useProc: process.env['TILT_TEST_NO_PROC'] !== '1' && fs.existsSync('/proc/self/stat') };
}

/** Whether a process with this pid exists; true also for one that belongs to somebody else. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** As isAlive, but a process that has ended and was not asked for (a zombie) counts as ended. Needs /proc. */
export function isRunning(pid: number): boolean {
  return startTimeFromProc(pid) !== undefined;
}

/** The identity of a running process; undefined when there is none with this pid. */
export async function processIdentity(pid: number, options: ProcOptions): Promise<ProcessIdentity | undefined> {
  const startTime = options.useProc ? startTimeFromProc(pid) : await startTimeFromPs(pid);
  if (startTime === undefined) return undefined;
  return { pid, startTime, bootId: await bootId() };
}

/** Whether the process that was recorded is the one that runs under its pid now. */
export async function isSameProcess(recorded: ProcessIdentity, options: ProcOptions): Promise<boolean> {
  if (!isAlive(recorded.pid)) return false;
  const now = await processIdentity(recorded.pid, options);
  return now !== undefined && now.startTime === recorded.startTime && now.bootId === recorded.bootId;
}

/** Names the boot: the kernel's random id on Linux, the boot time elsewhere. */
export async function bootId(): Promise<string> {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    const answer = await run('sysctl', ['-n', 'kern.boottime']).catch(() => undefined);
    return /sec = (\d+)/.exec(answer?.stdout ?? '')?.[1] ?? 'unknown';
  }
}

/** What the process does at this moment: whether it is over, runs (or would, had the machine time), or waits. */
export function processLook(pid: number, options: ProcOptions): 'gone' | 'busy' | 'resting' {
  if (!options.useProc) return isAlive(pid) ? 'resting' : 'gone';
  const state = runningStat(pid)?.[0];
  if (state === undefined) return 'gone';
  return state === 'R' || state === 'D' ? 'busy' : 'resting';
}

function startTimeFromProc(pid: number): string | undefined {
  return runningStat(pid)?.[19];
}

/** The fields of /proc/PID/stat from the state on; undefined for a process that is over. */
function runningStat(pid: number): readonly string[] | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is over; only its parent has not asked yet.
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields;
  } catch {
    return undefined;
  }
}

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const answer = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env }).catch(() => undefined);
  const match = /^\s*(\S+)\s+(.*\S)\s*$/.exec(answer?.stdout ?? '');
  return match && !match[1]!.startsWith('Z') ? match[2] : undefined;
}
