// Runs a program on the terminal, while the screen is away from it (Terminal.suspend), and programs that need none.
// Does not: take or give the terminal, or know which program.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { systemClock } from '../base/clock.ts';
import { normalScreen, resetModes } from './screen-modes.ts';
import { writeNow } from './tty-output.ts';

const { signals } = constants;

export interface ForegroundOptions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What an editor gets to put its files in safety when the session ends under it, in ms. */
const endGraceMs = 500;

/** The program that has the terminal, if any. */
export class ForegroundProgram {
  #child: ChildProcess | undefined;

  /** Resolves to the exit code, 128 + N for a death by signal N. Rejects with a sentence when it cannot be started. */
  run(command: readonly string[], { cwd, env }: ForegroundOptions): Promise<number> {
    const [program = '', ...args] = command;
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
      this.#child = child;
      child.once('error', error => reject(startError(program, error)));
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.#child = undefined;
        resolve(code ?? 128 + (signal ? signals[signal] : 0));
      });
    });
  }

  /** Ends it, so that nobody else reads the terminal when we are gone; one that does not obey leaves no modes behind. */
  async end(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>(resolve => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    let isLate = false;
    const late = systemClock.after(endGraceMs, () => {
      isLate = true;
      child.kill('SIGKILL');
    });
    await gone;
    late.dispose();
    if (!isLate) return;
    spawnSync('stty', ['sane'], { stdio: ['inherit', 'ignore', 'ignore'] });
    writeNow(1, `${resetModes}${normalScreen}`, endGraceMs);
  }
}

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is kept of an output. */
const maxCapturedBytes = 4 << 20;
const captureTimeoutMs = 20_000;

/** Runs a program that needs no terminal; resolves to what it wrote. Rejects with a sentence when it cannot be started, or takes too long. */
export function captureOutput(
  command: readonly string[],
  { cwd, env, stdin = '' }: ForegroundOptions & { readonly stdin?: string | undefined },
): Promise<Captured> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const options = { cwd, env, maxBuffer: maxCapturedBytes, timeout: captureTimeoutMs };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const code = error?.code;
      if (error?.killed) reject(new Error(`${program} took longer than ${captureTimeoutMs / 1000} s`));
      else if (typeof code === 'string') reject(startError(program, error!));
      else resolve({ exitCode: code ?? 0, stdout, stderr });
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
  });
}

/** Starts a program that goes on by itself; resolves to whether it could be started. */
export function startDetached(command: readonly string[], { cwd, env }: ForegroundOptions): Promise<boolean> {
  const [program = '', ...args] = command;
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd, env, stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function startError(program: string, error: Error): Error {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return new Error(
    isMissing ? `there is no program ${program} here` : `${program} cannot be started: ${error.message}`,
  );
}
