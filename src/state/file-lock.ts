// One writer at a time for a file that several programs share.
// The lock is a file with its owner's identity, put there by link(), which fails when the name is taken. A lock whose
// owner is dead is taken over. Tilt locks the same file with flock() and leaves it behind empty: an empty one is nobody's.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { type Clock, sleep } from '../base/clock.ts';
import { makeFolder } from './make-folder.ts';
import { type ProcessCensus, readIdentity } from './process-identity.ts';

export interface LockOptions {
  readonly census: ProcessCensus;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long to wait for another living owner, in ms. */
  readonly patienceMs?: number;
}

/** Another living process holds the lock and does not let go. */
export class LockedError extends Error {
  override name = 'LockedError';
}

/** Runs `run` while holding the lock `file`. Throws LockedError when it is not free within `patienceMs` (5 s). */
export async function withFileLock<T>(file: string, options: LockOptions, run: () => T | Promise<T>): Promise<T> {
  const nonce = await acquire(file, options);
  try {
    return await run();
  } finally {
    release(file, nonce);
  }
}

async function acquire(file: string, { census, clock, signal, patienceMs = 5_000 }: LockOptions): Promise<string> {
  const nonce = randomUUID();
  const own = `${file}.${nonce}`;
  makeFolder(path.dirname(file), 0o755);
  const deadline = clock.monotonic() + patienceMs;
  try {
    // A full disk leaves an empty file behind; that one goes, too.
    fs.writeFileSync(own, JSON.stringify({ ...census.own, nonce }), { mode: 0o600 });
    for (;;) {
      if (tryLink(own, file)) return nonce;
      const holder = readHolder(file);
      if (holder !== undefined && (await isAbandoned(holder, census))) {
        setAside(file, holder, nonce);
        continue;
      }
      if (clock.monotonic() >= deadline) throw new LockedError(`${file} is held by ${describe(holder)}`);
      await sleep(clock, 5 + Math.random() * 20, signal);
    }
  } finally {
    fs.rmSync(own, { force: true });
  }
}

function tryLink(own: string, file: string): boolean {
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The text of the lock, or undefined when it is gone by now. */
function readHolder(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function isAbandoned(holder: string, census: ProcessCensus): Promise<boolean> {
  if (holder.trim() === '') return true;
  const identity = readIdentity(parse(holder));
  // What cannot be read was not written by us and says nothing of its owner.
  return identity === undefined || !(await census.isAlive(identity));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Moves an abandoned lock out of the way. If another process was faster, its fresh lock is put back. */
function setAside(file: string, holder: string, nonce: string): void {
  const aside = `${file}.${nonce}.stale`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (fs.readFileSync(aside, 'utf8') !== holder) tryLink(aside, file);
  fs.rmSync(aside, { force: true });
}

function release(file: string, nonce: string): void {
  const holder = parse(readHolder(file) ?? '');
  if ((holder as { nonce?: unknown } | undefined)?.nonce === nonce) fs.rmSync(file, { force: true });
}

function describe(holder: string | undefined): string {
  const identity = readIdentity(parse(holder ?? ''));
  return identity ? `process ${identity.pid}, which still runs` : 'another process';
}
