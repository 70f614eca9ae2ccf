// Calling values: the stack of frames, limits, and the border where a failure gets its backtrace.
import { fail, StarlarkError, StarlarkEvalError } from '../errors.ts';
import { StarlarkFunction } from '../values/callable.ts';
import { checkedValue } from '../values/checked-value.ts';
import { typeOf } from '../values/compare.ts';
import { type NamedValues, namedPairs } from '../values/struct.ts';
import { type Kwargs, maxCallDepth, noKwargs, StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { callDeep, deepFrom } from './deep-calls.ts';

/** Text of the failure that deep recursion becomes. */
export const stackOverflowText = 'Starlark stack overflow';

function checkRecursion(thread: Thread, fn: StarlarkFunction): void {
  for (let i = thread.depth - 1; i >= 0; i--) {
    const active = thread.frames[i];
    // The code is compared, not the function, so that a new closure per level is no way around the rule.
    if (active instanceof StarlarkFunction && active.code === fn.code) {
      fail(`function ${fn.code.name} called recursively`);
    }
  }
}

/** Makes a function the innermost frame and gives its depth. Whoever calls lowers `thread.depth` again after a normal return only. */
export function enterFunction(thread: Thread, fn: StarlarkFunction): number {
  const depth = thread.depth + 1;
  if (depth >= maxCallDepth) fail(stackOverflowText);
  thread.depth = depth;
  thread.frames[depth] = fn;
  thread.counters[depth] = fn.code.entryOffset;
  if (fn.refusesRecursion) checkRecursion(thread, fn);
  return depth;
}

/** Calls any value. After a failure `thread.depth` still tells where it happened. */
export function call(thread: Thread, fn: Value, args: readonly Value[], kwargs: Kwargs): Value {
  if (fn instanceof StarlarkFunction) {
    const depth = enterFunction(thread, fn);
    const result =
      depth < deepFrom ? fn.callInternal(thread, args, kwargs) : callDeep(thread, fn, fn.bind(args, kwargs));
    thread.depth = depth - 1;
    return result;
  }
  if (!(fn instanceof StarlarkObject) || !fn.callInternal) {
    return fail(`invalid call of non-function (${typeOf(fn)})`);
  }
  if (thread.depth + 1 >= maxCallDepth) fail(stackOverflowText);
  const depth = ++thread.depth;
  thread.frames[depth] = fn;
  thread.counters[depth] = 0;
  const result = fn.callInternal(thread, args, kwargs);
  thread.depth = depth - 1;
  return result;
}

/** What a thrown thing means to a Starlark program. */
function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if (thrown instanceof RangeError && !(thrown instanceof StarlarkError)) {
    if (/call stack/.test(thrown.message)) return stackOverflowText;
    if (/string length/.test(thrown.message)) return 'string too long';
    if (/BigInt/.test(thrown.message)) return 'integer too large';
    if (/array length/.test(thrown.message)) return 'sequence too long';
  }
  return thrown.message;
}

/** The EvalError of whatever was thrown while `thread` ran, with the stack as it was then. */
export function evalErrorOf(thread: Thread, thrown: unknown): StarlarkEvalError {
  if (thrown instanceof StarlarkEvalError) return thrown;
  return new StarlarkEvalError(messageOf(thrown), thread.callStack(), thrown);
}

/**
 * Calls a Starlark value from the host, also from inside a builtin. Throws an EvalError with the whole stack; the
 * thread can be used again afterwards.
 */
export function callFunction(
  thread: Thread,
  fn: Value,
  args: readonly Value[] = [],
  kwargs: NamedValues = noKwargs,
): Value {
  const { depth } = thread;
  try {
    return call(thread, checkedValue(fn, 'what is called'), args, [...namedPairs(kwargs)]);
  } catch (thrown) {
    throw evalErrorOf(thread, thrown);
  } finally {
    thread.depth = depth;
  }
}
