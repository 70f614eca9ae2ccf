import type { Disk } from './port.ts';

/** Whether a folder is there; false for what may not be looked at, which is told by whoever needs what is in it. */
export function isFolder(disk: Disk, path: string): boolean {
  try {
    return disk.stat(path)?.isDirectory ?? false;
  } catch {
    return false;
  }
}
