// The thread that loads the Tiltfile, started before the session's code is loaded.
import path from 'node:path';
import { type StartTiltfileWorker, startTiltfileWorkerEarly } from '../tiltfile/start-worker.ts';
import type { CliIo } from './command.ts';

/** Starts it; its file lies beside the program. */
export function earlyTiltfileWorker(io: CliIo): StartTiltfileWorker {
  return startTiltfileWorkerEarly(path.join(path.dirname(io.executable), 'tiltfile-worker.js'), io.cwd);
}
