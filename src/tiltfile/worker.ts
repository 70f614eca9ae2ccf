// Entry of the worker thread: waits for a request, evaluates that Tiltfile and ends. It shares the environment with the process.
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { nodeDisk } from '../adapters/disk/node-disk.ts';
import { makeTemporaryFiles } from '../adapters/disk/temporary-files.ts';
import type { HostCalls } from './host-calls.ts';
import { loadTiltfile } from './load-tiltfile.ts';
import { prepareLoad } from './prepare-load.ts';
import type { TiltfileError } from './result.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-protocol.ts';

function say(message: FromWorker): void {
  parentPort!.postMessage(message);
}

/** Asks the main thread and stands still until it has answered. */
function hostCalls(input: WorkerInput): HostCalls {
  return {
    run(command) {
      Atomics.store(input.answered, 0, 0);
      say({ kind: 'run', command });
      Atomics.wait(input.answered, 0, 0);
      return (receiveMessageOnPort(input.port) as { message: ToWorker }).message;
    },
  };
}

function sayBug(error: unknown): void {
  say({ kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

/** Waits until the callback is asked for; the main thread ends this one when nobody wants it any more. */
function waitForExit(run: () => TiltfileError | undefined): void {
  parentPort!.on('message', () => {
    try {
      const error = run();
      say({ kind: 'exit-called', ...(error ? { error } : {}) });
    } catch (bug) {
      sayBug(bug);
    }
  });
}

parentPort!.once('message', async (input: WorkerInput) => {
  let exitCallback: (() => TiltfileError | undefined) | undefined;
  try {
    const fetchedRepos = new Map(input.fetchedRepos);
    const prepared = await prepareLoad(input.request, { disk: nodeDisk, env: process.env });
    const result = loadTiltfile(input.request, {
      disk: nodeDisk,
      host: hostCalls(input),
      env: process.env,
      prepared,
      fetchedRepos,
      temporaryFile: makeTemporaryFiles(process.env['TMPDIR']),
      log: (text, level) => say({ kind: 'log', text, level }),
      keepExitCallback: run => {
        if (input.keepsExitCallback) exitCallback = run;
      },
    });
    const keepsThread = exitCallback !== undefined;
    if (exitCallback) waitForExit(exitCallback);
    say({ kind: 'result', json: JSON.stringify(result), fetchedRepos: [...fetchedRepos], keepsThread });
  } catch (error) {
    sayBug(error);
  }
  // The port would keep the thread alive.
  if (!exitCallback) input.port.close();
});
