// Starting and stopping programs. Every child is the leader of a session and a process group of its own, reads /dev/null
// unless it is given a text, and writes into one pipe, so that its two streams arrive in the order of its writes.
// A child never outlives us: the launcher (or the watchdog beside us) ends every group when we die, kill -9 included.
// Does not: know resources, probes or logs; run anything in a shell (callers pass ['sh', '-c', text]); retry.
import type { AsyncDisposable, Disposable } from '../../base/disposable.ts';

export interface CommandLine {
  /** The program and its arguments. A program without a slash is looked up in the PATH of `env`. */
  readonly args: readonly string[];
  /** Working directory; must exist when the command starts. */
  readonly dir: string;
  /** The whole environment of the child; nothing of ours is added but TILT_SESSION. */
  readonly env: Readonly<Record<string, string>>;
  /** Text for standard input; without it the child reads /dev/null. */
  readonly stdin?: string;
  /** 'separate' keeps the two streams apart (`local()`, probes) at the price of their order; 'merged' by default. */
  readonly outputs?: 'merged' | 'separate';
  /** From SIGTERM to SIGKILL when the signal aborts; 30,000 by default (reference 4.7). */
  readonly graceMs?: number;
  /**
   * A terminal of this size instead of pipes and /dev/null: `stdin` and `outputs` do not count, output comes as 'stdout'
   * with the terminal's line ends. Needs an optional package; without it the command fails to start and says so.
   */
  readonly terminal?: TerminalSize;
}

/** In cells. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The terminal of a child, for who wants to show it and type into it. */
export interface ChildTerminal {
  readonly size: TerminalSize;
  /** Types a text or keys. Nothing happens when the child has ended. */
  write(input: string): void;
  /** Gives it another size; the child gets SIGWINCH. */
  resize(size: TerminalSize): void;
  /** Gets what the child writes from now on, as bytes for an emulator. */
  onOutput(listener: (chunk: Buffer) => void): Disposable;
}

export type OutputStream = 'stdout' | 'stderr';

export interface StartOptions {
  /** Aborting stops the child as stop() does; `exited` still settles and never rejects. */
  readonly signal: AbortSignal;
  /** Each piece as it arrives; merged output comes as 'stdout'. It is good until the call returns: copy what is kept. */
  readonly onOutput?: (chunk: Buffer, stream: OutputStream) => void;
}

export interface ExitResult {
  /** As a shell counts: 128 + N for a death by signal N; 1 when the command could not be started. */
  readonly exitCode: number;
  /** The signal the process died of. */
  readonly signal?: NodeJS.Signals;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  /** Set only when the command never ran, for example `exec: "x": executable file not found in $PATH`. */
  readonly startError?: string;
  /** The grace time ran out and the group got SIGKILL from us. */
  readonly wasKilled: boolean;
}

export interface StopOptions {
  /** From SIGTERM to SIGKILL; 0 kills at once. */
  readonly graceMs: number;
  /**
   * Called after 1,500 and 10,000 ms of waiting for the process to end (reference 4.7). `leftMs` is the time until
   * SIGKILL, which a later call of stop() may have made shorter.
   */
  readonly onWaiting?: (waitedMs: number, leftMs: number) => void;
}

export interface Child {
  /** Resolves with the pid once the process runs, with 0 if it never will. */
  readonly started: Promise<number>;
  /** The pid, which is also the id of its group and session; 0 before the start and after a failed one. */
  readonly pid: number;
  /** Of a child that has one, once it is started. */
  readonly terminal?: ChildTerminal | undefined;
  /**
   * Settles, never rejects, when the main process has ended, the rest of its group was killed (as Tilt does) and all
   * that was written before has been given to onOutput. What left the group may still write; that arrives later.
   */
  readonly exited: Promise<ExitResult>;
  /**
   * SIGTERM to the group, for one with a terminal SIGHUP soon after (shells take no SIGTERM there), SIGKILL to the group after the grace time; resolves with `exited`.
   * A second call may shorten the grace time, never lengthen it.
   */
  stop(options: StopOptions): Promise<ExitResult>;
}

export interface Exec extends AsyncDisposable {
  /** The value of TILT_SESSION in every child. */
  readonly sessionId: string;
  /** Never throws: what goes wrong is in `exited`. */
  start(command: CommandLine, options: StartOptions): Child;
  /** Children that have not ended. */
  readonly running: number;
  /** What a process does at this moment; where the system does not tell, one that is there is 'resting'. */
  look(pid: number): 'gone' | 'busy' | 'resting';
  /** Stops every child and, by TILT_SESSION, what left its group. Resolves when nothing is left. */
  stopAll(options: StopOptions): Promise<void>;
  /** stopAll with a grace of 5 s, then ends the launcher. */
  dispose(): Promise<void>;
}

/** What tells one process from another that later got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque; differs between two processes of one boot that share a pid. */
  readonly startTime: string;
  /** Opaque; differs between boots. */
  readonly bootId: string;
}
