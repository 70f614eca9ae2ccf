import { resolveStateDirectory } from '../state/state-directory.ts';
import type { CliIo } from './command.ts';

/** The state directory that a command's surroundings name; it is not made. */
export function stateDirectoryOf(io: CliIo): string {
  return resolveStateDirectory({ env: io.env, home: io.home, cwd: io.cwd, platform: io.platform }, false);
}
