// Says before the start why a command cannot run. The words are Go's, because users and scripts know them from Tilt.
import fs from 'node:fs';
import path from 'node:path';
import type { CommandLine } from './port.ts';

/** Why `command` cannot be started, or undefined. What changes between this look and the start is told by the child. */
export function findStartError(command: CommandLine): string | undefined {
  const program = command.args[0];
  if (program === undefined || program === '') return 'exec: no command';
  const bad = [...command.args, command.dir, ...Object.entries(command.env).flat()].some(word => word.includes('\0'));
  if (bad) return 'exec: a word of the command, its folder or its environment holds a NUL byte';
  const dirError = folderError(command.dir);
  if (dirError) return `chdir ${command.dir}: ${dirError}`;
  if (program.includes('/')) {
    const error = programError(path.resolve(command.dir, program));
    return error && `fork/exec ${program}: ${error}`;
  }
  return lookUp(program, command.env['PATH'] ?? '/usr/bin:/bin', command.dir);
}

/** Relative folders in PATH are of the folder that the command starts in, as the shell that looks again sees them. */
function lookUp(program: string, searchPath: string, dir: string): string | undefined {
  for (const folder of searchPath.split(':')) {
    if (folder !== '' && programError(path.resolve(dir, folder, program)) === undefined) return undefined;
  }
  return `exec: "${program}": executable file not found in $PATH`;
}

function folderError(folder: string): string | undefined {
  const stat = statOrWords(folder);
  if (typeof stat === 'string') return stat;
  if (!stat.isDirectory()) return 'not a directory';
  return canAccess(folder, fs.constants.X_OK) ? undefined : 'permission denied';
}

function programError(file: string): string | undefined {
  const stat = statOrWords(file);
  if (typeof stat === 'string') return stat;
  if (stat.isDirectory()) return 'is a directory';
  // The superuser passes access() for everything; the system still wants one x bit.
  return (stat.mode & 0o111) !== 0 && canAccess(file, fs.constants.X_OK) ? undefined : 'permission denied';
}

function statOrWords(file: string): fs.Stats | string {
  try {
    return fs.statSync(file, { throwIfNoEntry: false }) ?? 'no such file or directory';
  } catch (error) {
    return wordsOf(error);
  }
}

function canAccess(file: string, mode: number): boolean {
  try {
    fs.accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

const words: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  E2BIG: 'argument list too long',
  ENOEXEC: 'exec format error',
  EMFILE: 'too many open files',
  EAGAIN: 'resource temporarily unavailable',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
};

/** A system error in the words of strerror, without Node's prefix. */
export function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && words[code]) || message;
}
