// The error of a Tiltfile run as its result tells it.
import type { Diagnostic } from '../base/diagnostics.ts';
import { type CallFrame, EvalError as StarlarkEvalError, StaticErrors } from '../starlark/index.ts';
import { MissingTiltfile } from './assembly-error.ts';
import type { TiltfileError } from './result.ts';

/** Whether an error, or what caused it, is of this class. */
export function hasCause(error: unknown, type: new (...args: never[]) => Error): boolean {
  let at: unknown = error;
  while (at instanceof Error) {
    if (at instanceof type) return true;
    at = (at as Error).cause;
  }
  return false;
}

/** An error in Tilt's words, with its place apart. Anything that is no Starlark error is shown as it is. */
export function tiltfileError(error: unknown): TiltfileError {
  if (error instanceof StaticErrors) {
    const diagnostics = error.errors.map(
      ({ file, line, column, message }): Diagnostic => ({
        severity: 'error',
        at: { file, line, column },
        text: message,
      }),
    );
    return { message: error.message, diagnostics };
  }
  const failed = deepestFailure(error);
  if (failed) {
    const frame = innermost(failed.callStack);
    const inner = staticCause(failed);
    const own: Diagnostic[] = frame ? [{ severity: 'error', at: frame.position, text: failed.message }] : [];
    return { message: failed.backtrace(), diagnostics: inner ? tiltfileError(inner).diagnostics : own };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { message, diagnostics: [], ...(error instanceof MissingTiltfile ? { isMissing: true } : {}) };
}

/** The failure that caused all others: a file that is loaded fails in its own place, with its loaders above it. */
function deepestFailure(error: unknown): StarlarkEvalError | undefined {
  let deepest: StarlarkEvalError | undefined;
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (at instanceof StarlarkEvalError) deepest = at;
  return deepest;
}

/** The innermost frame that is a place in a file of the user's. */
function innermost(stack: readonly CallFrame[]): CallFrame | undefined {
  return [...stack].reverse().find(frame => frame.position.line > 0);
}

function staticCause(error: Error): StaticErrors | undefined {
  for (let at: unknown = error.cause; at instanceof Error; at = at.cause) if (at instanceof StaticErrors) return at;
  return undefined;
}
