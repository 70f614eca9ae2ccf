// Changes inside a repository's own folder never ask for anything.
import path from 'node:path';
import { isFolder } from '../adapters/disk/is-folder.ts';
import type { Disk } from '../adapters/disk/port.ts';
import type { IgnoreDef } from '../api/shared-types.ts';

/**
 * The .git folder of each path that is the top of a repository. An empty path stands for the folder that the program runs
 * in, whose repository is named as Tilt names it, `.git`. `known` keeps
 * which folders are there for calls after this one.
 */
export function repositoryIgnores(
  disk: Disk,
  paths: readonly string[],
  known = new Map<string, boolean>(),
): IgnoreDef[] {
  const repositories = new Set<string>();
  for (const folder of paths) {
    const git = path.join(folder, '.git');
    let isThere = known.get(git);
    if (isThere === undefined) {
      // Many paths have one parent, and in what is not there nothing is.
      const parent = path.dirname(folder);
      const hasParent = known.get(parent) ?? isFolder(disk, parent);
      known.set(parent, hasParent);
      isThere = hasParent && isFolder(disk, git);
      known.set(git, isThere);
    }
    if (isThere) repositories.add(git);
  }
  return [...repositories].map(basePath => ({ basePath }));
}
