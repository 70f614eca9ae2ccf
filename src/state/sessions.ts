// Which sessions run on this machine, and which died without clearing up: one file each, named by their API server.
import fs from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from './atomic-file.ts';
import { makeFolder } from './make-folder.ts';
import { type ProcessCensus, type ProcessIdentity, readIdentity } from './process-identity.ts';
import { readJsonIfAny } from './read-file.ts';

export interface SessionRecord extends ProcessIdentity {
  readonly apiServer: string;
  /** 0: no web server. */
  readonly webPort: number;
  readonly webHost: string;
  readonly apiPort: number;
  /** Real path of the Tiltfile. */
  readonly project: string;
  /** TILT_SESSION of everything the session started. */
  readonly sessionId: string;
  /** True once it goes on without a screen. */
  readonly detached: boolean;
  readonly startedAtMs: number;
}

export interface ListedSession {
  readonly record: SessionRecord;
  readonly isAlive: boolean;
}

const directoryOf = (stateDirectory: string): string => path.join(stateDirectory, 'sessions');
/** The file of the session whose API server has that name. */
export function sessionFile(stateDirectory: string, name: string): string {
  return path.join(directoryOf(stateDirectory), `${name}.json`);
}

/** Bytes of a socket's path that every system takes. */
const maxSocketPathBytes = 100;

/** Where the session of that name has its socket, in a folder that is there; undefined where the path is too long for one. */
export function makeSocketPlace(stateDirectory: string, name: string): string | undefined {
  const file = path.join(directoryOf(stateDirectory), `${name}.sock`);
  if (Buffer.byteLength(file) > maxSocketPathBytes) return undefined;
  makeFolder(path.dirname(file), 0o700);
  return file;
}

/** Writes a session's record (0600, in a directory 0700). */
export function writeSession(stateDirectory: string, record: SessionRecord): void {
  writeFileAtomic(sessionFile(stateDirectory, record.apiServer), `${JSON.stringify(record)}\n`);
}

/** Removes a session's record, unless it belongs to another process by now. */
export function removeSession(stateDirectory: string, record: SessionRecord): void {
  const file = sessionFile(stateDirectory, record.apiServer);
  const found = readIdentity(readJsonIfAny(file));
  if (found && (found.pid !== record.pid || found.startTime !== record.startTime)) return;
  fs.rmSync(file, { force: true });
}

/** All records, by name, with whether their process still runs. Unreadable files are left out. */
export async function listSessions(stateDirectory: string, census: ProcessCensus): Promise<readonly ListedSession[]> {
  const listed: ListedSession[] = [];
  for (const name of fileNames(directoryOf(stateDirectory))) {
    const record = readRecord(sessionFile(stateDirectory, name));
    if (record) listed.push({ record, isAlive: await census.isAlive(record) });
  }
  return listed;
}

function fileNames(directory: string): readonly string[] {
  try {
    return fs
      .readdirSync(directory)
      .filter(file => file.endsWith('.json'))
      .map(file => file.slice(0, -'.json'.length))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readRecord(file: string): SessionRecord | undefined {
  const value = readJsonIfAny(file);
  const identity = readIdentity(value);
  if (!identity) return undefined;
  const given = value as Record<string, unknown>;
  const text = (key: string): string => (typeof given[key] === 'string' ? given[key] : '');
  const count = (key: string): number => (typeof given[key] === 'number' ? given[key] : 0);
  return {
    ...identity,
    apiServer: path.basename(file, '.json'),
    webPort: count('webPort'),
    webHost: text('webHost'),
    apiPort: count('apiPort'),
    project: text('project'),
    sessionId: text('sessionId'),
    detached: given['detached'] === true,
    startedAtMs: count('startedAtMs'),
  };
}
