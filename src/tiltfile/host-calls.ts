// What a builtin asks of the world that takes time: running a command. The evaluator does not know its thread: in a
// worker the call blocks until the main thread has done it, on the main thread it runs there and then.

export interface HostCommand {
  readonly args: readonly string[];
  readonly dir: string;
  /** `K=V`, over the environment as it is when the command starts. */
  readonly env: readonly string[];
  readonly stdin?: string;
  /** Put before each line of output in the log; undefined: the output is not logged. */
  readonly logPrefix?: string;
}

export interface HostCommandResult {
  readonly exitCode: number;
  /** What it died of; unset when it ended by itself. */
  readonly signal?: NodeJS.Signals;
  /** Latin-1 strings: one char per byte. */
  readonly stdout: string;
  readonly stderr: string;
  /** Set when the command could not be started. */
  readonly startError?: string;
}

export interface HostCalls {
  /** Runs a command to its end. Throws only when the load is cancelled. */
  run(command: HostCommand): HostCommandResult;
}
