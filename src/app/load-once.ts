// Evaluating a Tiltfile for a command that starts nothing (`list`, `down`): here and now, on the main thread.

import { optimiseLater } from '../adapters/code/optimise-later.ts';
import { nodeDisk } from '../adapters/disk/node-disk.ts';
import { makeTemporaryFiles } from '../adapters/disk/temporary-files.ts';
import { formatDiagnostic } from '../base/diagnostics.ts';
import { loadTiltfile } from '../tiltfile/load-tiltfile.ts';
import { prepareLoad } from '../tiltfile/prepare-load.ts';
import type { LoadRequest, TiltfileError, TiltfileLogLevel, TiltfileResult } from '../tiltfile/result.ts';
import { childEnvironment } from './child-environment.ts';
import { syncHostCalls } from './host-commands.ts';

export interface LoadOnceInput {
  readonly request: LoadRequest;
  /** The live environment. */
  readonly env: Record<string, string | undefined>;
  readonly onLog: (text: string, level: TiltfileLogLevel) => void;
}

/** Runs the Tiltfile; its errors are in the result. */
export async function loadOnce({ request, env, onLog }: LoadOnceInput): Promise<TiltfileResult> {
  const childEnv = (): Record<string, string> =>
    childEnvironment({ env, webHost: request.webHost, webPort: request.webPort, hasColor: false });
  const prepared = await prepareLoad(request, { disk: nodeDisk, env });
  if (prepared.isLong) await optimiseLater();
  return loadTiltfile(request, {
    disk: nodeDisk,
    host: syncHostCalls(childEnv, onLog),
    env,
    log: onLog,
    prepared,
    fetchedRepos: new Map(),
    temporaryFile: makeTemporaryFiles(env['TMPDIR']),
  });
}

/** The text of a source file, for the line that an error shows. */
export function readSource(file: string): string | undefined {
  return nodeDisk.stat(file)?.isFile ? nodeDisk.readFile(file).toString('utf8') : undefined;
}

/** A Tiltfile's error as people read it: Tilt's text, then the source line with a caret, then what to do. */
export function tiltfileErrorText(error: TiltfileError): string {
  const frames = error.diagnostics.map(({ at, hint }) => {
    const shown = formatDiagnostic(
      { severity: 'error', text: '', ...(at ? { at } : {}), ...(hint ? { hint } : {}) },
      readSource,
    );
    // The first line repeats the place, which the message has.
    return shown
      .split('\n')
      .slice(at ? 1 : 0)
      .join('\n');
  });
  return [error.message, ...frames].filter(part => part !== '').join('\n');
}
