// Where the sessions of one project, a Tiltfile, keep what outlives them, under the state directory.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Paths of one project, a Tiltfile, under the state directory. The directory is made on first use, 0700. */
export interface ProjectPaths {
  readonly directory: string;
  /** What its sessions created outside (ledger.ts). */
  readonly ledger: string;
  /** What the screen remembers of the project. */
  readonly ui: string;
  readonly logs: string;
}

/** Where a Tiltfile's project keeps its files: named by the Tiltfile's real path, so that links lead to one place. */
export function projectPaths(stateDirectory: string, tiltfilePath: string): ProjectPaths {
  const id = createHash('sha256').update(realPath(tiltfilePath)).digest('hex').slice(0, 16);
  const directory = path.join(stateDirectory, 'projects', id);
  return {
    directory,
    ledger: path.join(directory, 'ledger.jsonl'),
    ui: path.join(directory, 'ui.json'),
    logs: path.join(directory, 'logs'),
  };
}

/** The path without links, also when its last parts do not exist yet. */
function realPath(file: string): string {
  const absolute = path.resolve(file);
  try {
    return fs.realpathSync(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(realPath(parent), path.basename(absolute));
  }
}
