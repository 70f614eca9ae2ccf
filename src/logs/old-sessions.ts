// The folders of a project's earlier sessions, and which of them to give up when the logs grow too big.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

export interface StoredSession {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Folders of sessions other than `own`, oldest first. A folder that does not exist has none. */
export async function listSessions(directory: string, own: string): Promise<StoredSession[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const names = entries.filter(e => e.isDirectory() && e.name !== own).map(e => e.name);
  const sessions = await Promise.all(
    names.sort().map(async name => ({ name, sizeBytes: await sizeOf(path.join(directory, name)) })),
  );
  return sessions;
}

/** Which sessions to remove so that `neededBytes` become free: finished ones, oldest first. */
export function sessionsToDrop(
  sessions: readonly StoredSession[],
  neededBytes: number,
  isLive: (name: string) => boolean,
): StoredSession[] {
  const dropped: StoredSession[] = [];
  let free = 0;
  for (const session of sessions) {
    if (free >= neededBytes) break;
    if (isLive(session.name)) continue;
    dropped.push(session);
    free += session.sizeBytes;
  }
  return dropped;
}

export async function removeSession(directory: string, name: string): Promise<void> {
  await rm(path.join(directory, name), { recursive: true, force: true });
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map(name =>
      stat(path.join(folder, name)).then(
        s => s.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
