// Calls as generated code makes them: the usual shapes without arrays of arguments. `offset` is where the call stands.
import { fail } from '../errors.ts';
import { Builtin, Method, StarlarkFunction } from '../values/callable.ts';
import { Dict, List, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { type Kwargs, maxCallDepth, noKwargs, StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { call, enterFunction, stackOverflowText } from './call.ts';
import { callDeep, deepFrom } from './deep-calls.ts';

/** What generated code calls: a value, or a method together with its receiver. */
export type Callee = Value | Method;

function callMethod(thread: Thread, fn: Method, self: Value, args: readonly Value[], kwargs: Kwargs): Value {
  const depth = thread.depth + 1;
  if (depth >= maxCallDepth) fail(stackOverflowText);
  thread.depth = depth;
  thread.frames[depth] = fn;
  const result = fn.fn(thread, self, args, kwargs, fn.name);
  thread.depth = depth - 1;
  return result;
}

function callAny(thread: Thread, fn: Callee, self: Value, args: readonly Value[], kwargs: Kwargs): Value {
  return fn instanceof Method ? callMethod(thread, fn, self, args, kwargs) : call(thread, fn, args, kwargs);
}

/** f() */
export function call0(thread: Thread, fn: Callee, self: Value, offset: number): Value {
  thread.counters[thread.depth] = offset;
  if (fn instanceof StarlarkFunction && fn.plainArity === 0) {
    const depth = enterFunction(thread, fn);
    const result = depth < deepFrom ? fn.js(thread) : callDeep(thread, fn, []);
    thread.depth = depth - 1;
    return result;
  }
  return callAny(thread, fn, self, [], noKwargs);
}

/** f(a) */
export function call1(thread: Thread, fn: Callee, self: Value, a: Value, offset: number): Value {
  thread.counters[thread.depth] = offset;
  if (fn instanceof StarlarkFunction) {
    if (fn.plainArity === 1) {
      const depth = enterFunction(thread, fn);
      const result = depth < deepFrom ? fn.js(thread, a) : callDeep(thread, fn, [a]);
      thread.depth = depth - 1;
      return result;
    }
  } else if (fn instanceof Method) {
    if (fn.one !== undefined) {
      const depth = ++thread.depth;
      thread.frames[depth] = fn;
      const result = fn.one(thread, self, a);
      thread.depth = depth - 1;
      return result;
    }
  } else if (fn instanceof Builtin && fn.one !== undefined) {
    const depth = ++thread.depth;
    thread.frames[depth] = fn;
    const result = fn.one(thread, a);
    thread.depth = depth - 1;
    return result;
  }
  return callAny(thread, fn, self, [a], noKwargs);
}

/** f(a, b) */
export function call2(thread: Thread, fn: Callee, self: Value, a: Value, b: Value, offset: number): Value {
  thread.counters[thread.depth] = offset;
  if (fn instanceof StarlarkFunction && fn.plainArity === 2) {
    const depth = enterFunction(thread, fn);
    const result = depth < deepFrom ? fn.js(thread, a, b) : callDeep(thread, fn, [a, b]);
    thread.depth = depth - 1;
    return result;
  }
  return callAny(thread, fn, self, [a, b], noKwargs);
}

/** f(a, b, c) */
export function call3(
  thread: Thread,
  fn: Callee,
  self: Value,
  args: readonly [Value, Value, Value],
  offset: number,
): Value {
  thread.counters[thread.depth] = offset;
  if (fn instanceof StarlarkFunction && fn.plainArity === 3) {
    const depth = enterFunction(thread, fn);
    const result = depth < deepFrom ? fn.js(thread, args[0], args[1], args[2]) : callDeep(thread, fn, args);
    thread.depth = depth - 1;
    return result;
  }
  return callAny(thread, fn, self, args, noKwargs);
}

/** f(a, b, c, d, ...) */
export function callMany(thread: Thread, fn: Callee, self: Value, args: readonly Value[], offset: number): Value {
  thread.counters[thread.depth] = offset;
  return callAny(thread, fn, self, args, noKwargs);
}

/** f(a, ..., name = value, ...) */
export function callNamed(
  thread: Thread,
  fn: Callee,
  self: Value,
  given: { readonly args: readonly Value[]; readonly kwargs: Kwargs },
  offset: number,
): Value {
  thread.counters[thread.depth] = offset;
  return callAny(thread, fn, self, given.args, given.kwargs);
}

/** What `*value` adds to the positional arguments. */
function spreadArgs(value: Value): readonly Value[] {
  if (value instanceof List || value instanceof Tuple) return value.elems;
  if (!(value instanceof StarlarkObject) || !value.iterate) {
    return fail(`argument after * must be iterable, not ${typeOf(value)}`);
  }
  const out: Value[] = [];
  const iterator = value.iterate();
  try {
    for (let elem = iterator.next(); elem !== undefined; elem = iterator.next()) out.push(elem);
  } finally {
    iterator.done();
  }
  return out;
}

/** What `**value` adds to the keyword arguments. */
function spreadKwargs(value: Value): Kwargs {
  if (!(value instanceof StarlarkObject) || !value.items) {
    return fail(`argument after ** must be a mapping, not ${typeOf(value)}`);
  }
  const pairs = value instanceof Dict ? value.table.entries() : value.items();
  for (const [key] of pairs) if (typeof key !== 'string') fail(`keywords must be strings, not ${typeOf(key)}`);
  return pairs as Kwargs;
}

/** The arguments of a call with `*star` or `**starStar`. */
export interface SpreadArguments {
  readonly args: readonly Value[];
  readonly kwargs: Kwargs;
  readonly star: Value | undefined;
  readonly starStar: Value | undefined;
}

/** The arguments that a call spreads, one by one. */
export function spread(given: SpreadArguments): { args: readonly Value[]; kwargs: Kwargs } {
  const kwargs = given.starStar === undefined ? given.kwargs : [...given.kwargs, ...spreadKwargs(given.starStar)];
  const args = given.star === undefined ? given.args : [...given.args, ...spreadArgs(given.star)];
  return { args, kwargs };
}

/** f(a, ..., name = value, ..., *star, **starStar) */
export function callSpread(thread: Thread, fn: Callee, self: Value, given: SpreadArguments, offset: number): Value {
  thread.counters[thread.depth] = offset;
  const { args, kwargs } = spread(given);
  return callAny(thread, fn, self, args, kwargs);
}
