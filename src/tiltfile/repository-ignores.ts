// Changes inside a repository's own folder never ask for anything.
import type { Disk } from '../adapters/disk/port.ts';
import type { IgnoreDef } from '../api/shared-types.ts';

/** The .git folder of each path that is the top of a repository. */
export function repositoryIgnores(disk: Disk, paths: readonly string[]): IgnoreDef[] {
  const repositories = new Set<string>();
  for (const path of paths) {
    const git = `${path}/.git`;
    if (disk.stat(git)?.isDirectory) repositories.add(git);
  }
  return [...repositories].map(basePath => ({ basePath }));
}
