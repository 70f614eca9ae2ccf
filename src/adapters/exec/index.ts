export { exitText } from './exit-text.ts';
export type * from './port.ts';
export {
  bootId,
  isAlive,
  isSameProcess,
  type ProcOptions,
  processIdentity,
  systemProcOptions,
} from './process-identity.ts';
export { type ExecOptions, makeExec } from './real-exec.ts';
export { findBySession, type SweepOptions, sweepSession } from './session-sweep.ts';
export { shellQuote } from './shell-quote.ts';
export { showCommand } from './show-command.ts';
