// What goes wrong in a program: while it is read (StaticErrors) and while it runs (StarlarkError, EvalError).
// Messages of errors are ordinary JavaScript strings, whatever the form of the values they speak of.
import { formatPlace, type Place } from '../base/diagnostics.ts';
import { jsString } from './values/text.ts';

/** One error found before the program runs. Lines and columns are 1-based; a column counts runes. */
export interface StaticError extends Place {
  /** What is wrong, without the place. */
  readonly message: string;
  /** `syntax` from the scanner and parser, `resolve` from the resolver. */
  readonly phase: 'syntax' | 'resolve';
}

/** The file cannot run: every error found in it, in the order of discovery; the message is the first one with its place. */
export class StaticErrors extends Error {
  override name = 'StaticErrors';
  readonly errors: readonly StaticError[];

  constructor(errors: readonly StaticError[]) {
    super(errors.map(formatStaticError)[0]);
    this.errors = errors;
  }
}

/** `file:line:col: message`. */
export function formatStaticError(error: StaticError): string {
  return `${formatPlace(error)}: ${error.message}`;
}

/** A Starlark operation failed. What a builtin throws, and what becomes an EvalError on its way out. */
export class StarlarkError extends Error {
  override name = 'StarlarkError';
}

/** Thrown by a host value's `attr` or `setField`: there is no such attribute; "did you mean" is added from `attrNames`. */
export class NoSuchAttrError extends StarlarkError {
  override name = 'NoSuchAttrError';
}

/** Throws a StarlarkError; `message` is in the form of Starlark strings, since it often quotes one. */
export function fail(message: string): never {
  throw new StarlarkError(jsString(message));
}

/** One call that was active: a function of a program, `<toplevel>`, or a builtin (whose file is `<builtin>`). */
export interface CallFrame {
  readonly name: string;
  readonly position: Place;
}

/** The file of a builtin's frame. */
export const builtinFile = '<builtin>';

/** A recursion that does not end makes tracebacks of a hundred thousand calls; of those with more the ends are shown. */
const mostFrames = 200;
const framesPerEnd = 20;

/**
 * `Traceback (most recent call last):` and one line per frame, outermost first; '' for no frames. The middle of a very
 * deep stack is left out.
 */
export function formatCallStack(frames: readonly CallFrame[]): string {
  if (frames.length === 0) return '';
  const lines = frames.length > mostFrames ? bothEnds(frames) : frames.map(formatCall);
  return `Traceback (most recent call last):\n${lines.join('')}`;
}

function formatCall({ name, position }: CallFrame): string {
  return `  ${formatPlace(position)}: in ${name}\n`;
}

function bothEnds(frames: readonly CallFrame[]): string[] {
  return [
    ...frames.slice(0, framesPerEnd).map(formatCall),
    `  ... ${frames.length - 2 * framesPerEnd} more calls ...\n`,
    ...frames.slice(-framesPerEnd).map(formatCall),
  ];
}

/** A program failed while it ran. `cause` is what was thrown; `callStack` is outermost first. */
export class StarlarkEvalError extends Error {
  override name = 'EvalError';
  readonly callStack: readonly CallFrame[];

  constructor(message: string, callStack: readonly CallFrame[], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.callStack = callStack;
  }

  /** The traceback, then `Error: message`, or `Error in f: message` when the builtin f failed. */
  backtrace(): string {
    let frames = this.callStack;
    let suffix = '';
    const last = frames.at(-1);
    if (last && last.position.file === builtinFile) {
      suffix = ` in ${last.name}`;
      frames = frames.slice(0, -1);
    }
    return `${formatCallStack(frames)}Error${suffix}: ${this.message}`;
  }
}

/** The program was stopped from outside: step limit, interrupt or cancel. */
export class CancelledError extends StarlarkError {
  override name = 'CancelledError';
}
