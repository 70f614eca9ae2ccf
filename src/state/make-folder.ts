// Making a folder with its parents, and removing one.
import fs from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the folder and what is missing above it, with `mode`. Not mkdir's own `recursive`: Node goes on for ever where a
 * file system says ENOENT to every mkdir (/proc, some automounts).
 */
export function makeFolder(folder: string, mode: number): void {
  if (makeOne(folder, mode)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent, mode);
  if (!makeOne(folder, mode)) fs.mkdirSync(folder, { mode });
}

/** False when the parent is missing. */
function makeOne(folder: string, mode: number): boolean {
  try {
    fs.mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return true;
    throw error;
  }
}

/** Removes a folder and all in it; one that is not there is fine. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
