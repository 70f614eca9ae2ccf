// How the end of a process is said. The words are Go's, because users and scripts know them from Tilt.
import os from 'node:os';

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGQUIT: 'quit',
  SIGILL: 'illegal instruction',
  SIGTRAP: 'trace/breakpoint trap',
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGKILL: 'killed',
  SIGUSR1: 'user defined signal 1',
  SIGSEGV: 'segmentation fault',
  SIGUSR2: 'user defined signal 2',
  SIGPIPE: 'broken pipe',
  SIGALRM: 'alarm clock',
  SIGTERM: 'terminated',
};

/** `exit status 3`, or `signal: killed` for a process that died of a signal. */
export function exitText(end: { readonly exitCode: number; readonly signal?: NodeJS.Signals | undefined }): string {
  if (end.signal === undefined) return `exit status ${end.exitCode}`;
  return `signal: ${signalWords[end.signal] ?? `signal ${os.constants.signals[end.signal]}`}`;
}

/** The signal behind the code by which a shell tells of a death by signal: 128 + N. */
export function signalOfCode(exitCode: number): NodeJS.Signals | undefined {
  const found = Object.entries(os.constants.signals).find(([, number]) => number === exitCode - 128);
  return found?.[0] as NodeJS.Signals | undefined;
}
