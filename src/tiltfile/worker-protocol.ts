// What the two threads of a load say to each other.
import type { HostCommand, HostCommandResult } from './host-calls.ts';
import type { LoadRequest, TiltfileLogLevel } from './result.ts';

export interface WorkerInput {
  readonly request: LoadRequest;
  /** [0]: set to 1 by the main thread when the answer to a host call is in the port. */
  readonly answered: Int32Array<SharedArrayBuffer>;
  /** Repositories of extensions that earlier loads of the session brought up to date. */
  readonly fetchedRepos: readonly (readonly [string, string])[];
  /** Answers to host calls. */
  readonly port: import('node:worker_threads').MessagePort;
}

export type FromWorker =
  | { readonly kind: 'log'; readonly text: string; readonly level: TiltfileLogLevel }
  | { readonly kind: 'run'; readonly command: HostCommand }
  /** The TiltfileResult as JSON. */
  | { readonly kind: 'result'; readonly json: string; readonly fetchedRepos: readonly (readonly [string, string])[] }
  | { readonly kind: 'bug'; readonly stack: string };

export type ToWorker = HostCommandResult;
