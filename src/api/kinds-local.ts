// Kinds of local work: Cmd (3.2), FileWatch (3.9), ConfigMap (3.4).
import type { ApiObject, ObjectMeta } from './meta.ts';
import type { DisableSource, DisableStatus, IgnoreDef, Probe, RestartOn, StartOn } from './shared-types.ts';

export interface CmdSpec {
  readonly args?: readonly string[];
  readonly dir?: string;
  /** `K=V`. */
  readonly env?: readonly string[];
  readonly readinessProbe?: Probe;
  readonly restartOn?: RestartOn;
  readonly startOn?: StartOn;
  readonly disableSource?: DisableSource;
}

export interface CmdStatus {
  readonly waiting?: { readonly reason?: string };
  readonly running?: { readonly pid: number; readonly startedAt: string };
  readonly terminated?: {
    readonly pid: number;
    readonly exitCode: number;
    readonly startedAt?: string;
    readonly finishedAt?: string;
    readonly reason?: string;
  };
  readonly ready?: boolean;
  readonly disableStatus?: DisableStatus;
}

export type Cmd = ApiObject<CmdSpec, CmdStatus>;

export interface FileWatchSpec {
  readonly watchedPaths: readonly string[];
  readonly ignores?: readonly IgnoreDef[];
  readonly disableSource?: DisableSource;
}

export interface FileEvent {
  /** MicroTime. */
  readonly time: string;
  readonly seenFiles: readonly string[];
}

export interface FileWatchStatus {
  readonly monitorStartTime?: string;
  readonly lastEventTime?: string;
  /** The newest 20. */
  readonly fileEvents?: readonly FileEvent[];
  readonly error?: string;
  readonly disableStatus?: DisableStatus;
}

export type FileWatch = ApiObject<FileWatchSpec, FileWatchStatus>;

/** Has neither spec nor status. */
export interface ConfigMap extends ApiObject<never, never> {
  readonly metadata: ObjectMeta;
  readonly data?: Readonly<Record<string, string>>;
}
