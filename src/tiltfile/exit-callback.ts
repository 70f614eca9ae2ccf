// The function that exit_settings(callback=f) names, called after its load: in a thread of the language of its own, over what
// the load left. What it defines is of no use to anybody; commands that it runs and lines that it prints are.
import { callFunction, StarlarkFunction, Thread, type Value } from '../starlark/index.ts';
import { type Evaluation, StopExecution, setEvaluation } from './evaluation.ts';
import { hasCause, tiltfileError } from './load-error.ts';
import type { TiltfileError } from './result.ts';

/** Why a value cannot be called without arguments; undefined when it can, or when nobody knows. */
export function callbackProblem(callback: Value): string | undefined {
  if (!(callback instanceof StarlarkFunction)) return undefined;
  const { code, name } = callback;
  // Symbols stand for what has no default.
  const missing = code.named - callback.defaults.filter(value => typeof value !== 'symbol').length;
  return missing > 0 ? `callback is called without arguments, and ${name} needs ${missing}` : undefined;
}

/** Calls it; gives the error that it failed with. Throws CancelledError when `interrupt` said so. */
export function runExitCallback(
  evaluation: Evaluation,
  callback: Value,
  interrupt: Int32Array | undefined,
): TiltfileError | undefined {
  const thread = new Thread();
  thread.print = message => evaluation.info(message);
  if (interrupt) thread.setInterrupt(interrupt);
  setEvaluation(thread, evaluation);
  try {
    callFunction(thread, callback, [], []);
    return undefined;
  } catch (error) {
    return hasCause(error, StopExecution) ? undefined : tiltfileError(error);
  }
}
