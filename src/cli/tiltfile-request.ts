// What a command line says about the Tiltfile to load.
import path from 'node:path';
import type { LoadRequest } from '../tiltfile/result.ts';
import type { CommandRun } from './command.ts';

/** Absolute path of `-f`. */
export function tiltfilePath(run: CommandRun): string {
  return path.resolve(run.io.cwd, run.flags.string('file'));
}

/** A load of the main Tiltfile, with every positional as its argument (reference 1.1). */
export function tiltfileRequest(run: CommandRun, subcommand: string): LoadRequest {
  const { flags, io } = run;
  const has = (name: string): boolean => {
    try {
      flags.string(name);
      return true;
    } catch {
      return false;
    }
  };
  return {
    name: '(Tiltfile)',
    path: tiltfilePath(run),
    args: run.positionals,
    subcommand,
    argv: io.argv.slice(1),
    executable: io.executable,
    kubeContext: has('context') ? flags.string('context') : '',
    kubeNamespace: has('namespace') ? flags.string('namespace') : '',
    webHost: has('host') ? flags.string('host') : (io.env['TILT_HOST'] ?? 'localhost'),
    webPort: has('port') ? flags.int('port') : Number(io.env['TILT_PORT'] ?? 10350),
  };
}
