// Starts a thread that will load one Tiltfile. Small, so that it can be asked for before the larger parts of the program
// are loaded: the thread gets ready meanwhile.
import { SHARE_ENV, Worker } from 'node:worker_threads';
import { enterFolder } from '../adapters/exec/working-folder.ts';

/** Gives a thread that has loaded nothing yet. */
export type StartTiltfileWorker = () => Worker;

/** Memory a Tiltfile may take, and the depth of its calls. */
export const tiltfileLimits = { stackSizeMb: 256, maxOldGenerationSizeMb: 2048 };

/** Starts the thread whose built file is given. It keeps no program alive until it is used. */
export function startTiltfileWorker(workerFile: string): Worker {
  const worker = new Worker(workerFile, { env: SHARE_ENV, resourceLimits: tiltfileLimits });
  worker.unref();
  return worker;
}

/**
 * Starts a thread at once for the first load, and one for each load after it. `folder` is the one the program was
 * started in: it may be deleted while the program runs, and made again.
 */
export function startTiltfileWorkerEarly(workerFile: string, folder: string): StartTiltfileWorker {
  let first: Worker | undefined = startTiltfileWorker(workerFile);
  // Until it is used nobody else listens; how it died is told by the load that finds it dead.
  first.once('error', () => {
    first = undefined;
  });
  first.once('exit', () => {
    first = undefined;
  });
  return () => {
    const early = first;
    first = undefined;
    if (early) return early;
    enterFolder(folder);
    return startTiltfileWorker(workerFile);
  };
}
