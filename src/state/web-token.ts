// The token that web endpoints ask for: one UUID per user, shared by all sessions and by Tilt (reference 1.3).
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';
import { readFileIfAny } from './read-file.ts';

/** The token in the state directory; made when there is none, `fresh` if it is given. */
export function readOrMakeWebToken(stateDirectory: string, fresh: string = randomUUID()): string {
  const known = readWebToken(stateDirectory);
  if (known) return known;
  const file = webTokenFile(stateDirectory);
  const own = `${file}.${randomUUID()}`;
  makeFolder(stateDirectory, 0o755);
  fs.writeFileSync(own, fresh, { mode: 0o600 });
  try {
    // Fails when another session was faster; its token is then everybody's. An empty file is replaced.
    if (readFileIfAny(file) === '') fs.rmSync(file, { force: true });
    fs.linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    fs.rmSync(own, { force: true });
  }
  return readWebToken(stateDirectory) ?? '';
}

/** Where it is. */
export function webTokenFile(stateDirectory: string): string {
  return path.join(stateDirectory, 'token');
}

/** The token, or undefined when no session ever ran. */
export function readWebToken(stateDirectory: string): string | undefined {
  return readFileIfAny(webTokenFile(stateDirectory))?.trim() || undefined;
}
