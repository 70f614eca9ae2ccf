// Looking at what is there. What we may not look at counts as missing: that is told where it is watched.
import fs from 'node:fs';

/** What the path leads to, links followed; undefined for nothing. */
export function statOf(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What stands at the path itself; undefined for nothing. */
export function lstatOf(path: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
