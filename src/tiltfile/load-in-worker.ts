// Loads a Tiltfile in a worker thread of its own (design, section 2): a loop that never ends, a regular expression that
// never ends or a command that never ends is ended from outside, and the main thread goes on meanwhile. A thread outlives
// its load only while somebody keeps the Tiltfile's exit callback.
import type { FetchedRepos } from './extension-repo.ts';
import type { ExitCallback, LoadTiltfile, TiltfileError, TiltfileResult } from './result.ts';
import type { StartTiltfileWorker } from './start-worker.ts';
import { type RunForTiltfile, TiltfileThread } from './tiltfile-thread.ts';

export interface WorkerLoadDeps {
  readonly startWorker: StartTiltfileWorker;
  /** Of the session; a load adds to them. */
  readonly fetchedRepos: FetchedRepos;
  readonly run: RunForTiltfile;
}

/** A LoadTiltfile that gives every load a worker. */
export function makeWorkerLoader(deps: WorkerLoadDeps): LoadTiltfile {
  return async (request, options) => {
    options.signal.throwIfAborted();
    const thread = new TiltfileThread(deps.startWorker(), deps.run);
    const before = [...deps.fetchedRepos];
    const input = { request, fetchedRepos: before, keepsExitCallback: options.onExitCallback !== undefined };
    const { json, fetched, keepsThread } = await thread.load(input, options, message =>
      message.kind === 'result'
        ? { json: message.json, fetched: message.fetchedRepos, keepsThread: message.keepsThread }
        : { json: '', fetched: [], keepsThread: false },
    );
    // What the main thread took away meanwhile does not come back.
    const known = new Set(before.map(([key]) => key));
    for (const [key, stale] of fetched) if (!known.has(key)) deps.fetchedRepos.set(key, stale);
    if (keepsThread) options.onExitCallback?.(exitCallback(thread));
    return JSON.parse(json) as TiltfileResult;
  };
}

function exitCallback(thread: TiltfileThread): ExitCallback {
  return {
    run: options =>
      thread.callExit(options, (message): TiltfileError | undefined =>
        message.kind === 'exit-called' ? message.error : undefined,
      ),
    dispose: () => void thread.end(),
  };
}
