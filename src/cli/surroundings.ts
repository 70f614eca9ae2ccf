import type { SessionSurroundings } from '../app/session-options.ts';
import type { CliIo } from './command.ts';

/** The process that a session runs in. */
export function surroundingsOf(io: CliIo): SessionSurroundings {
  const { env, home, cwd, platform, uid, pid, executable } = io;
  return { env, home, cwd, platform, uid, pid, argv: io.argv.slice(1), executable };
}
