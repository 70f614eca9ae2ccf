// What statements need while they run: iteration, unpacking, loading, complaints about unset variables.
import { fail, StarlarkError } from '../errors.ts';
import { checkedValue } from '../values/checked-value.ts';
import { type Dict, List, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { reprOf } from '../values/repr.ts';
import { jsString, starlarkString } from '../values/text.ts';
import { StarlarkObject, type Thread, type Value, type ValueIterator } from '../values/value.ts';
import { nearestSpelling } from './spelling.ts';

/** The iterator of a for loop or a comprehension. */
export function iterate(thread: Thread, value: Value, offset: number): ValueIterator {
  if (value instanceof StarlarkObject && value.iterate) {
    thread.counters[thread.depth] = offset;
    return value.iterate();
  }
  thread.counters[thread.depth] = offset;
  return fail(`${typeOf(value)} value is not iterable`);
}

/** The values for `count` targets of an assignment. */
export function unpack(thread: Thread, value: Value, count: number, offset: number): readonly Value[] {
  if ((value instanceof Tuple || value instanceof List) && value.elems.length === count) return value.elems;
  thread.counters[thread.depth] = offset;
  if (!(value instanceof StarlarkObject) || !value.iterate) {
    return fail(`got ${typeOf(value)} in sequence assignment`);
  }
  const out: Value[] = [];
  const iterator = value.iterate();
  try {
    for (let elem = iterator.next(); elem !== undefined; elem = iterator.next()) {
      if (out.length === count) {
        fail(`too many values to unpack (got ${value.length?.() ?? -1}, want ${count})`);
      }
      out.push(elem);
    }
  } finally {
    iterator.done();
  }
  if (out.length < count) fail(`too few values to unpack (got ${out.length}, want ${count})`);
  return out;
}

/** Looks at the limits of the thread. */
export function tick(thread: Thread, offset: number): void {
  thread.counters[thread.depth] = offset;
  thread.checkLimits();
}

/** Complains about a local variable without value. */
export function unsetLocal(thread: Thread, name: string, offset: number): never {
  thread.counters[thread.depth] = offset;
  return fail(`local variable ${name} referenced before assignment`);
}

/** Complains about a global variable without value. */
export function unsetGlobal(thread: Thread, name: string, offset: number): never {
  thread.counters[thread.depth] = offset;
  return fail(`global variable ${name} referenced before assignment`);
}

/** Complains about a predeclared name that this run was not given. */
export function unsetPredeclared(thread: Thread, name: string, offset: number): never {
  thread.counters[thread.depth] = offset;
  return fail(`internal error: predeclared variable ${name} is uninitialized`);
}

/** One entry of a dict literal; a key may come only once. */
export function putUnique(thread: Thread, dict: Dict, key: Value, value: Value, offset: number): void {
  thread.counters[thread.depth] = offset;
  const before = dict.table.size;
  dict.table.put(key, value);
  if (dict.table.size === before) fail(`duplicate key: ${reprOf(key)}`);
}

/** One entry of a dict comprehension. */
export function put(thread: Thread, dict: Dict, key: Value, value: Value, offset: number): void {
  thread.counters[thread.depth] = offset;
  dict.table.put(key, value);
}

/** The values of `names` in the module that a load statement asks for. */
export function load(thread: Thread, module: string, names: readonly string[], offset: number): readonly Value[] {
  thread.counters[thread.depth] = offset;
  if (!thread.load) return fail('load not implemented by this application');
  const moduleName = jsString(module);
  const { depth } = thread;
  let loaded: ReturnType<NonNullable<Thread['load']>>;
  try {
    loaded = thread.load(moduleName, thread);
  } catch (error) {
    thread.depth = depth;
    const message = `cannot load ${moduleName}: ${error instanceof Error ? error.message : error}`;
    throw new StarlarkError(message, { cause: error });
  }
  if (typeof loaded !== 'object' || loaded === null || loaded instanceof Promise) {
    return fail(
      `cannot load ${module}: the load hook gave no module but ${loaded instanceof Promise ? 'a promise' : String(loaded)}`,
    );
  }
  const globals = loaded instanceof Map ? loaded : new Map(Object.entries(loaded as Record<string, Value>));
  return names.map(name => {
    const value = globals.get(jsString(name)) as Value | undefined;
    if (value !== undefined) return checkedValue(value, `${jsString(name)} of ${moduleName}`);
    const nearest = nearestSpelling(name, [...globals.keys()].map(key => starlarkString(String(key))).sort());
    return fail(`load: name ${name} not found in module ${module}${nearest ? ` (did you mean ${nearest}?)` : ''}`);
  });
}
