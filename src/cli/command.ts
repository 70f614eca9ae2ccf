// What a command is: one file with its help, its flags and its run function.
import type { FlagSpec, FlagValues } from './flags.ts';

/** The outside world of one run; main.ts makes it of the process, tests of buffers. */
export interface CliIo {
  readonly argv: readonly string[];
  /** Absolute path of the program that runs. */
  readonly executable: string;
  readonly cwd: string;
  readonly home: string;
  /** 'linux', 'darwin' ... */
  readonly platform: string;
  readonly uid: number | undefined;
  readonly pid: number;
  /** The live environment: os.environ of a Tiltfile writes it. */
  readonly env: Record<string, string | undefined>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Writes to stdout, the quickest way: for a command that prints once. */
  print(text: string): void;
  readonly stderr: NodeJS.WriteStream;
  /** Subscribes to a signal until the returned function is called. */
  onSignal(signal: NodeJS.Signals, listener: () => void): () => void;
  /** Ends the process now, after the terminal was restored. */
  exit(code: number): never;
}

export interface CommandRun {
  readonly flags: FlagValues;
  readonly positionals: readonly string[];
  /** How many positionals came before `--`; undefined without one. */
  readonly dashAt: number | undefined;
  readonly io: CliIo;
  /** The command's path: ['alpha', 'tiltfile-result']. */
  readonly path: readonly string[];
  /** The table of all commands; a command does not import the table that it stands in. */
  readonly commands: readonly CommandEntry[];
  /** Prints the help of the command at `path` (the program's own for an empty one). */
  readonly showHelp: (path: readonly string[], stream?: NodeJS.WriteStream) => Promise<void>;
}

/** A line of the table of commands. A command's file is loaded only when it runs or when its help is wanted. */
export interface CommandEntry {
  readonly path: readonly string[];
  /** For the list of commands; equal to the loaded command's (a test compares them). */
  readonly summary: string;
  readonly hidden?: boolean;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export interface Command {
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help above the usage; the summary when left out. */
  readonly help?: string;
  readonly examples?: string;
  readonly flags: readonly FlagSpec[];
  /** Says what is wrong with the number of positionals, or undefined. */
  readonly checkArgs?: (count: number) => string | undefined;
  /** False: flags end at the first positional. */
  readonly interspersed?: boolean;
  /** Resolves to the exit code. Throws UsageError, CommandFailed, or a bug. */
  run(run: CommandRun): Promise<number>;
}

/** A command ended badly in a way that is said in one line: `Error: ...`, exit code 1 unless told otherwise. */
export class CommandFailed extends Error {
  override name = 'CommandFailed';
  readonly exitCode: number;
  constructor(text: string, exitCode = 1) {
    super(text);
    this.exitCode = exitCode;
  }
}

/** cobra.ExactArgs. */
export function exactArgs(wanted: number): (count: number) => string | undefined {
  return count => (count === wanted ? undefined : `accepts ${wanted} arg(s), received ${count}`);
}

/** cobra.MinimumNArgs. */
export function minArgs(least: number): (count: number) => string | undefined {
  return count => (count >= least ? undefined : `requires at least ${least} arg(s), only received ${count}`);
}

/** cobra.MaximumNArgs. */
export function maxArgs(most: number): (count: number) => string | undefined {
  return count => (count <= most ? undefined : `accepts at most ${most} arg(s), received ${count}`);
}
