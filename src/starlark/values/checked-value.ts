// The border where a host hands values to programs.
import { StarlarkObject, type Value } from './value.ts';

/** What a host may have meant instead of a value that is none. */
function advice(value: unknown): string {
  if (typeof value === 'function') return 'a JavaScript function; builtin(name, fn) makes a value of it';
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? `the number ${value}, which is not exact; BigInt(…) is`
      : `the number ${value}; new Float(…) makes a value of it`;
  }
  if (Array.isArray(value)) return 'an array; new List(array) or new Tuple(array) makes a value of it';
  if (value instanceof Promise) return 'a promise; Starlark does not wait';
  if (value instanceof Map) return 'a Map; new Dict(map) makes a value of it';
  return typeof value === 'object' ? 'an object; struct(object) makes a value of it' : String(typeof value);
}

/**
 * `value` if it is a Starlark value, small bigints as numbers; else throws a TypeError, so that nothing of JavaScript
 * reaches a program. `what` names it.
 */
export function checkedValue(value: unknown, what: string): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Number.isSafeInteger(value)) return value + 0;
      break;
    case 'bigint':
      return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
    case 'object':
    case 'function':
      if (value === null || value instanceof StarlarkObject) return value;
      break;
  }
  throw new TypeError(`${what} is no Starlark value but ${advice(value)}`);
}
