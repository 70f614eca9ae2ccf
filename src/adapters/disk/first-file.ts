// Which of several files there is.
import { stat } from 'node:fs/promises';

/** The first of these paths that is a file; undefined where none is. */
export async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return path;
  }
  return undefined;
}
