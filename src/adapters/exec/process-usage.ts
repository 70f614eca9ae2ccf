// CPU time and memory of processes with everything below them, for whoever shows it now and then. Linux tells by /proc,
// a few small files a process; other systems by one `ps`.
// Does not: remember, or turn CPU time into a share; two samples and the time between them do.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface TreeUsage {
  /** CPU time since each process of the tree began, in ms. */
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly processes: number;
}

/** Trees of more processes than that are looked at in part. */
const maxProcesses = 400;
/** Units of /proc: clock ticks a second and bytes a page are these on every Linux that Node runs on. */
const tickMs = 10;
const pageBytes = 4096;

/** What the trees below these processes use; those that are gone are left out. */
export async function readTreeUsage(pids: readonly number[]): Promise<ReadonlyMap<number, TreeUsage>> {
  if (pids.length === 0) return new Map();
  const isLinux = await readFile('/proc/self/stat').then(
    () => true,
    () => false,
  );
  return isLinux ? fromProc(pids) : fromPs(pids);
}

async function fromProc(pids: readonly number[]): Promise<Map<number, TreeUsage>> {
  const found = new Map<number, TreeUsage>();
  for (const pid of pids) {
    const usage = await treeFromProc(pid);
    if (usage.processes > 0) found.set(pid, usage);
  }
  return found;
}

async function treeFromProc(root: number): Promise<TreeUsage> {
  let [cpuMs, residentBytes, processes] = [0, 0, 0];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined && processes < maxProcesses; pid = waiting.pop()) {
    const [stat, children] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
      readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => ''),
    ]);
    // The name of a program stands in parentheses and may hold any character.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.length < 22) continue;
    processes++;
    cpuMs += (Number(fields[11]) + Number(fields[12])) * tickMs;
    residentBytes += Number(fields[21]) * pageBytes;
    for (const child of children.trim().split(' ').filter(Boolean)) waiting.push(Number(child));
  }
  return { cpuMs, residentBytes, processes };
}

interface PsRow {
  readonly parent: number;
  readonly cpuMs: number;
  readonly residentBytes: number;
}

async function fromPs(pids: readonly number[]): Promise<Map<number, TreeUsage>> {
  const text = await new Promise<string>(resolve => {
    const args = ['-A', '-o', 'pid=,ppid=,time=,rss='];
    execFile('ps', args, { maxBuffer: 2 ** 24 }, (error, stdout) => resolve(error ? '' : stdout));
  });
  return treesOf(parsePs(text), pids);
}

/** Reads `pid ppid time rss`, time as `[[dd-]hh:]mm:ss[.ss]` and memory in KiB. */
export function parsePs(text: string): ReadonlyMap<number, PsRow> {
  const rows = new Map<number, PsRow>();
  for (const line of text.split('\n')) {
    const [, pid, parent, time = '', kib] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)/.exec(line) ?? [];
    if (pid === undefined) continue;
    rows.set(Number(pid), { parent: Number(parent), cpuMs: cpuTimeMs(time), residentBytes: Number(kib) * 1024 });
  }
  return rows;
}

function cpuTimeMs(time: string): number {
  const [, days = '0', rest = time] = /^(\d+)-(.*)$/.exec(time) ?? [];
  const seconds = rest.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}

function treesOf(rows: ReadonlyMap<number, PsRow>, pids: readonly number[]): Map<number, TreeUsage> {
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of rows) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found = new Map<number, TreeUsage>();
  for (const root of pids) {
    let usage: TreeUsage = { cpuMs: 0, residentBytes: 0, processes: 0 };
    const waiting = [root];
    for (let pid = waiting.pop(); pid !== undefined && usage.processes < maxProcesses; pid = waiting.pop()) {
      const row = rows.get(pid);
      if (!row) continue;
      usage = {
        cpuMs: usage.cpuMs + row.cpuMs,
        residentBytes: usage.residentBytes + row.residentBytes,
        processes: usage.processes + 1,
      };
      waiting.push(...(children.get(pid) ?? []));
    }
    if (usage.processes > 0) found.set(root, usage);
  }
  return found;
}
