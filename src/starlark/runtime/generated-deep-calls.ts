// Calls as generated code makes them where it runs as a generator. Each says whether the generator has to yield: then
// `thread.called` runs first, and what it gives is sent back. Else the result is in `thread.result`.
import { StarlarkFunction } from '../values/callable.ts';
import { type Kwargs, noKwargs, type Thread, type Value } from '../values/value.ts';
import { enterFunction } from './call.ts';
import {
  type Callee,
  call0,
  call1,
  call2,
  callMany,
  callNamed,
  callSpread,
  type SpreadArguments,
  spread,
} from './generated-calls.ts';

/** f() */
export function deep0(thread: Thread, fn: Callee, self: Value, offset: number): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) return begin(thread, fn, [], noKwargs, offset);
  thread.result = call0(thread, fn, self, offset);
  return false;
}

/** f(a) */
export function deep1(thread: Thread, fn: Callee, self: Value, a: Value, offset: number): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) {
    if (fn.plainArity !== 1) return begin(thread, fn, [a], noKwargs, offset);
    thread.counters[thread.depth] = offset;
    enterFunction(thread, fn);
    thread.called = fn.deep(thread, a);
    return true;
  }
  thread.result = call1(thread, fn, self, a, offset);
  return false;
}

/** f(a, b) */
export function deep2(thread: Thread, fn: Callee, self: Value, a: Value, b: Value, offset: number): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) return begin(thread, fn, [a, b], noKwargs, offset);
  thread.result = call2(thread, fn, self, a, b, offset);
  return false;
}

/** f(a, b, c, ...) */
export function deepMany(thread: Thread, fn: Callee, self: Value, args: readonly Value[], offset: number): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) return begin(thread, fn, args, noKwargs, offset);
  thread.result = callMany(thread, fn, self, args, offset);
  return false;
}

/** f(a, ..., name = value, ...) */
export function deepNamed(
  thread: Thread,
  fn: Callee,
  self: Value,
  given: { readonly args: readonly Value[]; readonly kwargs: Kwargs },
  offset: number,
): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) {
    return begin(thread, fn, given.args, given.kwargs, offset);
  }
  thread.result = callNamed(thread, fn, self, given, offset);
  return false;
}

/** f(a, ..., name = value, ..., *star, **starStar) */
export function deepSpread(thread: Thread, fn: Callee, self: Value, given: SpreadArguments, offset: number): boolean {
  if (fn instanceof StarlarkFunction && fn.deep !== undefined) {
    thread.counters[thread.depth] = offset;
    const { args, kwargs } = spread(given);
    return begin(thread, fn, args, kwargs, offset);
  }
  thread.result = callSpread(thread, fn, self, given, offset);
  return false;
}

function begin(thread: Thread, fn: StarlarkFunction, args: readonly Value[], kwargs: Kwargs, offset: number): boolean {
  thread.counters[thread.depth] = offset;
  enterFunction(thread, fn);
  thread.called = fn.deep!(thread, ...fn.bind(args, kwargs));
  return true;
}
