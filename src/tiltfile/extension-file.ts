// Where the Tiltfile of an extension is in its repository (reference 2.9).
import path from 'node:path';
import type { Disk } from '../adapters/disk/port.ts';
import type { RepoSpec } from './extension-repo.ts';

/** Spec of an Extension. */
export interface ExtensionSpec {
  readonly repoName?: string;
  readonly repoPath?: string;
  readonly args?: readonly string[];
}

/** Value of tilt.dev/managed-by on an extension that a Tiltfile loaded: it does not run as a Tiltfile of its own. */
export const loaderManager = 'tiltfile.loader';

export interface ExtensionFileInput {
  readonly repoSpec: RepoSpec;
  readonly repoPath: string;
  readonly disk: Disk;
}

/** The Tiltfile's path, or in Tilt's words why there is none. `folder` is the repository's. */
export function extensionFile(
  folder: string,
  { repoSpec, repoPath, disk }: ExtensionFileInput,
): { readonly file: string } | { readonly error: string } {
  const file = path.join(folder, repoSpec.gitSubpath ?? '', repoPath, 'Tiltfile');
  if (!file.startsWith(`${path.normalize(folder).replace(/\/$/, '')}/`))
    return { error: `invalid repo path: ${repoPath}` };
  let isFile: boolean;
  try {
    isFile = disk.stat(file)?.isFile ?? false;
  } catch {
    isFile = false;
  }
  return isFile ? { file } : { error: `no extension tiltfile found at ${file}` };
}
