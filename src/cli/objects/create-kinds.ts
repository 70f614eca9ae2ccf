// `tilt create cmd | ext | filewatch | repo`: one object from the words of the command line.
import path from 'node:path';
import type { Kind } from '../../api/kinds.ts';
import { apiVersion } from '../../api/meta.ts';
import { kindInfo } from '../../api/scheme.ts';
import type { PlainMap } from '../../domain/yaml/plain.ts';
import type { CommandRun } from '../command.ts';
import { saying } from '../connection.ts';
import { connectObjects } from './connect.ts';
import { Reporter } from './write-modes.ts';

/** Creates the object and says so; resolves to the exit code. */
export async function createNamed(run: CommandRun, kind: Kind, name: string, spec: PlainMap): Promise<number> {
  const reporter = await Reporter.make(run, 'none');
  const client = await connectObjects(run);
  const object = { apiVersion, kind, metadata: { name }, spec };
  // Tilt's words: without kubectl's "from server" in front.
  const made = await saying(client.create(kindInfo(kind), object, { fieldManager: 'tilt-create' }));
  reporter.tell(made, 'created');
  reporter.finish(false);
  return 0;
}

/** The Cmd of `create cmd NAME COMMAND...`. */
export function cmdSpec({ flags, io, positionals }: CommandRun): PlainMap {
  const workdir = flags.string('workdir');
  const env = flags.list('env');
  const fileWatches = flags.list('filewatch');
  return {
    args: positionals.slice(1),
    dir: path.resolve(io.cwd, workdir),
    ...(env.length > 0 ? { env: [...env] } : {}),
    ...(fileWatches.length > 0 ? { restartOn: { fileWatches: [...fileWatches] } } : {}),
  };
}

/** The FileWatch of `create filewatch NAME PATHS...`. */
export function fileWatchSpec({ flags, io, positionals }: CommandRun): PlainMap {
  const ignores = flags.list('ignore');
  return {
    watchedPaths: positionals.slice(1).map(word => path.resolve(io.cwd, word)),
    ...(ignores.length > 0 ? { ignores: [{ basePath: io.cwd, patterns: [...ignores] }] } : {}),
  };
}

/** The ExtensionRepo of `create repo NAME URL`. */
export function repoSpec({ flags, positionals }: CommandRun): PlainMap {
  const ref = flags.string('ref');
  return { url: positionals[1]!, ...(ref === '' ? {} : { ref }) };
}

/** The Extension of `create ext NAME [-- ARG...]`; words in front of the dashes are passed over, as Tilt does. */
export function extensionSpec({ flags, positionals, dashAt }: CommandRun): PlainMap {
  const [name = ''] = positionals;
  const args = dashAt === undefined || dashAt < 0 ? [] : positionals.slice(Math.max(dashAt, 1));
  return {
    repoName: flags.string('repo'),
    repoPath: flags.string('path') || name,
    ...(args.length > 0 ? { args } : {}),
  };
}
