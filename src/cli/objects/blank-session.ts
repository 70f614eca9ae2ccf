// `tilt alpha updog`: a session that has no Tiltfile, only the objects of the files that it is given.
import path from 'node:path';
import { decodeObject, strictError } from '../../api/decode.ts';
import type { ApiObject } from '../../api/meta.ts';
import { StatusError } from '../../api/status-error.ts';
import type { RunningSession, SessionOptions } from '../../app/session.ts';
import { versionLine } from '../../base/version.ts';
import { startTiltfileWorker } from '../../tiltfile/start-worker.ts';
import { CommandFailed, type CommandRun } from '../command.ts';
import { streamSession } from '../stream-run.ts';
import { surroundingsOf } from '../surroundings.ts';
import { type Manifest, readSources } from './manifests.ts';
import { ObjectFailure } from './words.ts';

/** Runs until a signal or `tilt stop`; resolves to the exit code. Throws CommandFailed. */
export async function runBlankSession(run: CommandRun): Promise<number> {
  const objects = await saying('Decoding inputs: ', async () =>
    (await readSources(run.io, run.flags.list('filename'), false)).map(decodeStrictly),
  );
  run.io.stdout.write(`Tilt updog ${versionLine()}\n`);
  const shown = run.flags.bool('debug') ? 'debug' : run.flags.bool('verbose') ? 'verbose' : 'info';
  await saying('', () =>
    streamSession(run, blankOptions(run), {
      filter: { resources: [], minLevel: shown },
      begin: session => load(run, session, objects),
    }),
  );
  return 0;
}

function decodeStrictly({ info, object }: Manifest): ApiObject {
  const { object: decoded, warnings } = decodeObject(info.kind, object);
  if (warnings.length > 0) throw strictError(info.kind, warnings);
  return decoded;
}

function load({ io }: CommandRun, session: RunningSession, objects: readonly ApiObject[]): void {
  for (const object of objects) {
    session.createObject(object);
    io.stdout.write(`loaded ${object.kind.toLowerCase()}/${object.metadata.name}\n`);
  }
}

function blankOptions(run: CommandRun): Omit<SessionOptions, 'onDone' | 'onExitRequest'> {
  const { io, flags } = run;
  return {
    subcommand: 'up',
    isBlank: true,
    // Of no file: it says which project the session belongs to.
    tiltfilePath: path.resolve(io.cwd, 'Tiltfile'),
    tiltfileArgs: [],
    host: flags.string('host'),
    port: flags.int('port'),
    kubeContext: '',
    kubeNamespace: '',
    ciTimeoutMs: 30 * 60_000,
    hasColor: Boolean(io.stdout.isTTY) && io.env['TERM'] !== 'dumb',
    startTiltfileWorker: () => startTiltfileWorker(path.join(path.dirname(io.executable), 'tiltfile-worker.js')),
    snapshotFile: '',
    surroundings: surroundingsOf(io),
  };
}

/** Failures of objects as `Error: ...`. */
async function saying<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ObjectFailure) throw new CommandFailed(prefix + error.message.replace(/^error: /, ''));
    if (error instanceof StatusError) throw new CommandFailed(prefix + error.message);
    throw error;
  }
}
