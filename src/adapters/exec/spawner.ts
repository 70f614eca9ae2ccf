// What the two ways of starting a process (launcher, direct) have in common.
import type { Disposable } from '../../base/disposable.ts';
import type { BesideUs } from './launcher-script.ts';
import type { ChildTerminal, CommandLine, OutputStream } from './port.ts';

export type SpawnFolder = BesideUs;

export interface SpawnRequest {
  readonly command: CommandLine;
  /** Called with the FIFO names once they exist, right before the process opens them for writing. Throws a system error. */
  readonly openOutputs: (fifos: readonly string[]) => void;
  /** For children without FIFOs: what they write, good until the call returns. */
  readonly onOutput: (chunk: Buffer, stream: OutputStream) => void;
  /** Right before onStarted, for a child with a terminal. */
  readonly onTerminal: (terminal: ChildTerminal) => void;
  readonly onStarted: (pid: number) => void;
  /**
   * `signal`: what it died of. Not called after onFailed. `released` is called back when the outputs are read,
   * with whether every writer has closed them.
   */
  readonly onExited: (
    exitCode: number,
    signal: NodeJS.Signals | undefined,
    released: (allClosed: boolean) => void,
  ) => void;
  /** The process never ran. */
  readonly onFailed: (text: string) => void;
}

export interface Spawner extends Disposable {
  /** Calls back later, never during the call. The returned value withdraws a request that was not sent yet. */
  spawn(request: SpawnRequest): Disposable;
  /** Ends this group, which somebody else started, when we die; until the returned value is disposed. */
  guard(pid: number): Disposable;
  /** Lets go: the process beside us ends whatever still runs and then itself. Resolves when it has. */
  close(): Promise<void>;
}

/** How many FIFOs one command needs. */
export function outputCount(command: CommandLine): number {
  return command.outputs === 'separate' ? 2 : 1;
}
