// Positional arguments of the language's own builtins, and conversions to the numbers they want.
import { fail } from '../errors.ts';
import { typeOf } from '../values/compare.ts';
import { type Int, type Kwargs, StarlarkObject, type Value } from '../values/value.ts';

const minInt32 = -0x8000_0000;
const maxInt32 = 0x7fff_ffff;
const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

/** Throws unless `min` to `max` positional arguments and no keyword arguments were given. */
export function checkPositional(
  name: string,
  args: readonly Value[],
  kwargs: Kwargs,
  [min, max]: readonly [number, number],
): void {
  if (kwargs.length > 0) fail(`${name}: unexpected keyword arguments`);
  const given = args.length;
  if (given < min) fail(`${name}: got ${given} arguments, want ${min < max ? 'at least ' : ''}${min}`);
  if (given > max) fail(`${name}: got ${given} arguments, want ${max > min ? 'at most ' : ''}${max}`);
}

/** A value that something iterates over, or throws. */
export function asIterable(value: Value): StarlarkObject & { iterate: NonNullable<StarlarkObject['iterate']> } {
  if (value instanceof StarlarkObject && value.iterate) {
    return value as StarlarkObject & { iterate: NonNullable<StarlarkObject['iterate']> };
  }
  return fail(`got ${typeOf(value)}, want iterable`);
}

/** A value that can be called, or throws. */
export function asCallable(value: Value): StarlarkObject {
  if (value instanceof StarlarkObject && value.callInternal) return value;
  return fail(`got ${typeOf(value)}, want callable`);
}

/** A string, or throws. */
export function asString(value: Value): string {
  return typeof value === 'string' ? value : fail(`got ${typeOf(value)}, want string`);
}

/** A bool, or throws. */
export function asBool(value: Value): boolean {
  return typeof value === 'boolean' ? value : fail(`got ${typeOf(value)}, want bool`);
}

/** An int of at most 32 bits, or throws: what indices, shifts and repeat counts are. */
export function asInt32(value: Value): number {
  if (typeof value === 'number' && value >= minInt32 && value <= maxInt32) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return fail(`${value} out of range`);
  return fail(`got ${typeOf(value)}, want int`);
}

/** An int of at most 64 bits, or throws. */
export function asInt64(value: Value): Int {
  if (typeof value === 'number') return value;
  if (typeof value !== 'bigint') return fail(`got ${typeOf(value)}, want int`);
  if (value < minInt64 || value > maxInt64) fail(`${value} out of range (want value in signed 64-bit range)`);
  return value;
}

/** Runs a conversion of the parameter at `position` (1-based) of builtin `name`, naming both if it fails. */
export function convertArgument<T>(name: string, position: number, value: Value, convert: (value: Value) => T): T {
  try {
    return convert(value);
  } catch (error) {
    throw parameterError(name, String(position), error);
  }
}

/** The failure `error` of a conversion, with the builtin and the parameter in front. */
export function parameterError(name: string, parameter: string, error: unknown): unknown {
  if (!(error instanceof Error) || (error instanceof RangeError && /call stack/.test(error.message))) return error;
  error.message = `${name}: for parameter ${parameter}: ${error.message}`;
  return error;
}
