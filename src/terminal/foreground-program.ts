// Runs a program on the terminal, while the screen is away from it (Terminal.suspend), and programs that need none.
// Does not: take or give the terminal, or know which program.
import { execFile, spawn } from 'node:child_process';

export interface ForegroundOptions {
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Resolves to the exit code, 128 + N for a death by signal N. Rejects with a sentence when it cannot be started. */
export function runInForeground(command: readonly string[], { cwd, env }: ForegroundOptions): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' });
    child.once('error', error => reject(startError(program, error)));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)));
  });
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
