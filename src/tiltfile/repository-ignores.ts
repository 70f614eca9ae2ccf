// Changes inside a repository's own folder never ask for anything.
import path from 'node:path';
import { isFolder } from '../adapters/disk/is-folder.ts';
import type { Disk } from '../adapters/disk/port.ts';
import type { IgnoreDef } from '../api/shared-types.ts';

/** What is known of folders, for calls after the first: whether each is there, and the .git folder that it has. */
export interface KnownFolders {
  readonly isThere: Map<string, boolean>;
  /** '' for none. */
  readonly repositories: Map<string, string>;
}

/** Nothing is known yet. */
export function makeKnownFolders(): KnownFolders {
  return { isThere: new Map(), repositories: new Map() };
}

/**
 * The .git folder of each path that is the top of a repository. An empty path stands for the folder that the program runs
 * in, whose repository is named as Tilt names it, `.git`.
 */
export function repositoryIgnores(disk: Disk, paths: readonly string[], known = makeKnownFolders()): IgnoreDef[] {
  const found: string[] = [];
  for (const folder of paths) {
    let git = known.repositories.get(folder);
    if (git === undefined) {
      git = repositoryOf(disk, folder, known.isThere);
      known.repositories.set(folder, git);
    }
    if (git !== '' && !found.includes(git)) found.push(git);
  }
  return found.map(basePath => ({ basePath }));
}

/** Many paths have one parent, and in what is not there nothing is. */
function repositoryOf(disk: Disk, folder: string, isThere: Map<string, boolean>): string {
  const parent = path.dirname(folder);
  let hasParent = isThere.get(parent);
  if (hasParent === undefined) {
    hasParent = isFolder(disk, parent);
    isThere.set(parent, hasParent);
  }
  if (!hasParent) return '';
  const git = path.join(folder, '.git');
  return isFolder(disk, git) ? git : '';
}
