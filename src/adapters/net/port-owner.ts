// Who listens on a local port, for the message that it is in use: /proc on Linux, lsof elsewhere.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import type { PortOwner } from './port.ts';

const run = promisify(execFile);
const listening = '0A';

export interface PortOwnerOptions {
  readonly useProc: boolean;
}

/** Undefined when nobody listens, or when it is another user's process and the system won't tell. */
export async function findPortOwner(port: number, options: PortOwnerOptions): Promise<PortOwner | undefined> {
  return options.useProc ? fromProc(port) : fromLsof(port);
}

function fromProc(port: number): PortOwner | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap(file => listeningInodes(file, port)));
  if (inodes.size === 0) return undefined;
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !holdsSocket(name, inodes)) continue;
    return { pid: Number(name), command: commandOf(name) };
  }
  return undefined;
}

/** Lines are `sl local_address rem_address st ... inode`, numbers in hexadecimal. */
function listeningInodes(file: string, port: number): string[] {
  let text: string;
  try {
    text = fs.readFileSync(file, 'latin1');
  } catch {
    return [];
  }
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[3] === listening && fields[1]?.endsWith(wanted))
    .map(fields => fields[9]!);
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    for (const fd of fs.readdirSync(`/proc/${pid}/fd`)) {
      const match = /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`/proc/${pid}/fd/${fd}`));
      if (match && inodes.has(match[1]!)) return true;
    }
  } catch {
    // ended, or somebody else's
  }
  return false;
}

function commandOf(pid: string): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

async function fromLsof(port: number): Promise<PortOwner | undefined> {
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const answer = await run('lsof', args, { timeout: 2000 }).catch(() => undefined);
  const pid = /^p(\d+)$/m.exec(answer?.stdout ?? '')?.[1];
  if (pid === undefined) return undefined;
  return { pid: Number(pid), command: /^c(.*)$/m.exec(answer!.stdout)?.[1] ?? '' };
}
