// Loads a Tiltfile in a worker thread of its own (design, section 2): a loop that never ends, a regular expression that
// never ends or a command that never ends is ended from outside, and the main thread goes on meanwhile.
import { MessageChannel } from 'node:worker_threads';
import { Canceled, isCanceled, onAbort } from '../base/abort.ts';
import type { FetchedRepos } from './extension-repo.ts';
import type { HostCommand, HostCommandResult } from './host-calls.ts';
import type { LoadTiltfile, TiltfileLogLevel, TiltfileResult } from './result.ts';
import { type StartTiltfileWorker, tiltfileLimits } from './start-worker.ts';
import type { FromWorker, WorkerInput } from './worker-protocol.ts';

export interface WorkerLoadDeps {
  readonly startWorker: StartTiltfileWorker;
  /** Of the session; a load adds to them. */
  readonly fetchedRepos: FetchedRepos;
  /** Runs a command for the evaluation, giving its output to `onLog` as it comes. Rejects when the signal aborts. */
  readonly run: (
    command: HostCommand,
    options: { readonly signal: AbortSignal; readonly onLog: (text: string, level: TiltfileLogLevel) => void },
  ) => Promise<HostCommandResult>;
}

/** A LoadTiltfile that gives every load a worker. */
export function makeWorkerLoader(deps: WorkerLoadDeps): LoadTiltfile {
  return (request, { onLog, signal }) =>
    new Promise<TiltfileResult>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const channel = new MessageChannel();
      const answered = new Int32Array(new SharedArrayBuffer(4));
      const before = [...deps.fetchedRepos];
      const input: WorkerInput = { request, answered, fetchedRepos: before, port: channel.port2 };
      const worker = deps.startWorker();
      worker.ref();
      worker.postMessage(input, [channel.port2]);
      let isSettled = false;
      const settle = (finish: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        listening.dispose();
        channel.port1.close();
        finish();
      };
      const listening = onAbort(signal, reason => {
        // Output that is on its way must not appear after the word that the run was cancelled.
        settle(
          () =>
            void worker.terminate().then(() => reject(reason instanceof Error ? reason : new Canceled(String(reason)))),
        );
      });
      worker.on('message', (message: FromWorker) => {
        if (isSettled) return;
        if (message.kind === 'log') onLog(message.text, message.level);
        else if (message.kind === 'result') {
          // What the main thread took away meanwhile does not come back.
          const known = new Set(before.map(([key]) => key));
          for (const [key, stale] of message.fetchedRepos) if (!known.has(key)) deps.fetchedRepos.set(key, stale);
          settle(() => resolve(JSON.parse(message.json) as TiltfileResult));
        } else if (message.kind === 'bug')
          settle(() => reject(new Error(`internal error while loading the Tiltfile: ${message.stack}`)));
        else {
          deps.run(message.command, { signal, onLog }).then(
            result => {
              if (isSettled) return;
              channel.port1.postMessage(result);
              Atomics.store(answered, 0, 1);
              Atomics.notify(answered, 0);
            },
            error => {
              if (!isCanceled(error)) settle(() => void worker.terminate().then(() => reject(error)));
            },
          );
        }
      });
      worker.on('error', error => settle(() => reject(describeDeath(error))));
      worker.on('exit', code =>
        settle(() => reject(new Error(`the thread that loads the Tiltfile ended with code ${code}`))),
      );
    });
}

function describeDeath(error: Error): Error {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new Error(
    `the Tiltfile took more than ${tiltfileLimits.maxOldGenerationSizeMb} MB of memory, so its evaluation was ended`,
    { cause: error },
  );
}
