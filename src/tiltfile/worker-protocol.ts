// What the two threads of a load say to each other.
import type { HostCommand, HostCommandResult } from './host-calls.ts';
import type { LoadRequest, TiltfileError, TiltfileLogLevel } from './result.ts';

/** Checkouts of extensions by key, as `FetchedRepos` has them. */
type FetchedEntries = readonly (readonly [string, string])[];

/** The first message to the thread. The only other one is 'call-exit', when it keeps an exit callback. */
export interface WorkerInput {
  readonly request: LoadRequest;
  /** [0]: set to 1 by the main thread when the answer to a host call is in the port. */
  readonly answered: Int32Array<SharedArrayBuffer>;
  /** Repositories of extensions that earlier loads of the session brought up to date. */
  readonly fetchedRepos: FetchedEntries;
  /** Whether an exit callback is wanted after the load. */
  readonly keepsExitCallback: boolean;
  /** Answers to host calls. */
  readonly port: import('node:worker_threads').MessagePort;
}

export type FromWorker =
  | { readonly kind: 'log'; readonly text: string; readonly level: TiltfileLogLevel }
  | { readonly kind: 'run'; readonly command: HostCommand }
  /** The TiltfileResult as JSON. `keepsThread`: the thread waits for 'call-exit'. */
  | {
      readonly kind: 'result';
      readonly json: string;
      readonly fetchedRepos: FetchedEntries;
      readonly keepsThread: boolean;
    }
  | { readonly kind: 'exit-called'; readonly error?: TiltfileError }
  | { readonly kind: 'bug'; readonly stack: string };

export type ToWorker = HostCommandResult;
