// Running a command to its end while nothing else goes on: for short-lived commands of ours that evaluate a Tiltfile on
// the main thread.
import os from 'node:os';
import type { CommandLine } from './port.ts';
import { findStartError } from './resolve-program.ts';

export interface SyncResult {
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly startError?: string;
}

const maxOutputBytes = 1024 ** 3;

/** Runs the command; what goes wrong is in the result. */
export function runSync(command: CommandLine): SyncResult {
  const startError = findStartError(command);
  if (startError !== undefined) return { exitCode: 1, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0), startError };
  const [file = '', ...args] = command.args;
  // Asked for here, not imported: most Tiltfiles run no command, and loading this module takes Node some milliseconds.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const done = spawnSync(file, args, {
    cwd: command.dir,
    env: { ...command.env },
    input: command.stdin ?? '',
    maxBuffer: maxOutputBytes,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout = done.stdout ?? Buffer.alloc(0);
  const stderr = done.stderr ?? Buffer.alloc(0);
  if (done.error && done.pid === 0) return { exitCode: 1, stdout, stderr, startError: done.error.message };
  const exitCode = done.status ?? 128 + (os.constants.signals[done.signal!] ?? 0);
  return { exitCode, ...(done.signal ? { signal: done.signal } : {}), stdout, stderr };
}
