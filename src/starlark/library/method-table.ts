// Tables of methods of the builtin types.
import { checkPositional } from '../runtime/arguments.ts';
import { Method, type MethodFunction } from '../values/callable.ts';
import type { Thread, Value } from '../values/value.ts';

/** Methods by name. */
export type MethodTable = ReadonlyMap<string, Method>;

/** A method that takes positional arguments only; `count` is how many (least, most). */
export function positional<Self extends Value>(
  count: readonly [number, number],
  implement: (self: Self, args: readonly (Value | undefined)[], name: string, thread: Thread) => Value,
): MethodFunction {
  return (thread, self, args, kwargs, name) => {
    checkPositional(name, args, kwargs, count);
    return implement(self as Self, args, name, thread);
  };
}

/** A table of methods; `quick` adds ways for calls with exactly one positional argument. */
export function methodTable(
  methods: Readonly<Record<string, MethodFunction>>,
  quick: Readonly<Record<string, (thread: Thread, self: Value, arg: Value) => Value>> = {},
): MethodTable {
  return new Map(Object.entries(methods).map(([name, fn]) => [name, new Method(name, fn, quick[name])]));
}
