// What the screen calls a project before its Tiltfile was read.
import path from 'node:path';
import type { CommandRun } from './command.ts';
import { tiltfilePath } from './tiltfile-request.ts';

/** Name of the Tiltfile's folder. */
export function projectName(run: CommandRun): string {
  return path.basename(path.dirname(tiltfilePath(run)));
}
