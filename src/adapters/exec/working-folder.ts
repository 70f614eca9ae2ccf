// The folder that this process itself is in. Children are told theirs; this one is what is left of a folder that was
// deleted while we run, and Node starts no thread from a folder that is gone.

/** Goes into `folder` by its name, which may be there again under another inode; where there is none, to the root. */
export function enterFolder(folder: string): void {
  try {
    process.chdir(folder);
  } catch {
    process.chdir('/');
  }
}
