// What starts a session, and what a started one gives.
import type { Client } from '../api/client.ts';
import type { ApiObject } from '../api/meta.ts';
import type { Disposable } from '../base/disposable.ts';
import type { CiVerdict } from '../engine/session-targets.ts';
import type { LogStore } from '../logs/port.ts';
import type { StartTiltfileWorker } from '../tiltfile/start-worker.ts';

/** The process that the session runs in, and the person who runs it. */
export interface SessionSurroundings {
  readonly env: Record<string, string | undefined>;
  readonly home: string;
  readonly cwd: string;
  readonly platform: string;
  readonly uid: number | undefined;
  readonly pid: number;
  readonly argv: readonly string[];
  /** Absolute path of the program. */
  readonly executable: string;
}

export interface SessionOptions {
  readonly subcommand: 'up' | 'ci';
  /** Absolute. */
  readonly tiltfilePath: string;
  readonly tiltfileArgs: readonly string[];
  readonly host: string;
  /** 0: no web server. */
  readonly port: number;
  readonly kubeContext: string;
  readonly kubeNamespace: string;
  readonly disablesPortForwards?: boolean;
  readonly ciTimeoutMs: number;
  readonly hasColor: boolean;
  /** No Tiltfile is loaded: the session has the objects that it is given, and what others create. */
  readonly isBlank?: boolean;
  /** A screen shows the session; otherwise its log is all that people see. */
  readonly hasScreen?: boolean;
  /** Where a snapshot goes when the session ends; empty for none. */
  readonly snapshotFile: string;
  readonly startTiltfileWorker: StartTiltfileWorker;
  /** Deletes what was deployed, once the session has ended; rejects with a sentence about what could not be deleted. */
  readonly takeAway?: TakeAway;
  readonly surroundings: SessionSurroundings;
  /** `tilt ci` is done. */
  readonly onDone: (verdict: CiVerdict) => void;
  /** Somebody asked, over the API, that the session end. */
  readonly onExitRequest: () => void;
}

export interface TakeAwayRequest {
  /** What runs pods, or all but namespaces and what is to be kept. */
  readonly what: 'workloads' | 'everything';
  readonly tiltfileArgs: readonly string[];
  /** Where the session deployed to, whatever the current context is by now; undefined for one without a cluster. */
  readonly cluster: { readonly context: string; readonly namespace: string } | undefined;
  /** Ids of records of what earlier sessions left, as people were shown it: nothing else of that goes. */
  readonly shown: ReadonlySet<string>;
  /** A line for people. */
  readonly say: (line: string) => void;
  /** Nobody waits any longer. */
  readonly signal: AbortSignal;
}

export type TakeAway = (request: TakeAwayRequest) => Promise<void>;

export interface RunningSession {
  readonly client: Client;
  /** Creates an object, as a caller of the API does. Throws StatusError. */
  createObject(object: ApiObject): void;
  readonly logs: LogStore;
  readonly webUrl: string;
  /** Why the log is not written to disk at the moment; undefined while it is. */
  readonly logProblem: string | undefined;
  /** Called when that changes. */
  onLogProblem(listener: () => void): Disposable;
  /** Where this project's logs are kept. */
  readonly logDirectory: string;
  /** The configuration directory of the person. */
  readonly configDirectory: string;
  /** The session goes on without a screen; other commands are told. */
  markDetached(): Promise<void>;
  /** Ends everything. Calling again with a shorter grace hurries it. Resolves when nothing is left. */
  stop(graceMs: number): Promise<void>;
}
