// x[y], x[y] = z and x[start:end:step].
import { fail } from '../errors.ts';
import { stridedText } from '../values/bytes.ts';
import { Dict, List, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { reprOf } from '../values/repr.ts';
import { type Int, StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { asInt32 } from './arguments.ts';

/** Says that an index is outside. */
export function failOutOfRange(at: number, length: Int, type: string): never {
  if (length === 0) return fail(`index ${at} out of range: empty ${type}`);
  return fail(`${type} index ${at} out of range [${-length}:${typeof length === 'number' ? length - 1 : length - 1n}]`);
}

/** An index from the beginning, whether it was given from there or from the end; throws when it is outside. */
function resolveIndex(at: number, length: Int, type: string): number {
  const fromStart = at < 0 ? at + Number(length) : at;
  if (fromStart < 0 || fromStart >= length) failOutOfRange(at, length, type);
  return fromStart;
}

function indexNumber(type: string, at: Value): number {
  try {
    return asInt32(at);
  } catch (error) {
    return fail(`${type} index: ${error instanceof Error ? error.message : error}`);
  }
}

function getItem(x: Value, y: Value): Value {
  if (typeof x === 'string') return x[resolveIndex(indexNumber('string', y), x.length, 'string')]!;
  if (x instanceof StarlarkObject) {
    if (x.get) {
      const value = x.get(y);
      return value === undefined ? fail(`key ${reprOf(y)} not in ${x.typeName}`) : value;
    }
    if (x.index && x.length) return x.index(resolveIndex(indexNumber(x.typeName, y), x.length(), x.typeName));
  }
  return fail(`unhandled index operation ${typeOf(x)}[${typeOf(y)}]`);
}

/** x[y] */
export function index(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof y === 'number') {
    if (x instanceof List || x instanceof Tuple) {
      const { elems } = x;
      const value = elems[y < 0 ? y + elems.length : y];
      if (value !== undefined) return value;
    } else if (x instanceof Dict) {
      const value = x.table.map.get(y);
      if (value !== undefined) return value;
    }
  } else if (typeof y === 'string' && x instanceof Dict) {
    const value = x.table.map.get(y);
    if (value !== undefined) return value;
  }
  thread.counters[thread.depth] = offset;
  return getItem(x, y);
}

/** x[y] = z */
export function setIndex(thread: Thread, x: Value, y: Value, z: Value, offset: number): void {
  thread.counters[thread.depth] = offset;
  if (x instanceof Dict) x.table.set(y, z);
  else if (x instanceof StarlarkObject && x.setKey) x.setKey(y, z);
  else if (x instanceof StarlarkObject && x.setIndex && x.length) {
    x.setIndex(resolveIndex(asInt32(y), x.length(), x.typeName), z);
  } else fail(`${typeOf(x)} value does not support item assignment`);
}

/** A bound of a slice, counted from the beginning; `otherwise` for None. */
function bound(value: Value | undefined, length: number, otherwise: number, which: 'start' | 'end'): number {
  if (value === undefined || value === null) return otherwise;
  try {
    const at = asInt32(value);
    return at < 0 ? at + length : at;
  } catch (error) {
    return fail(`invalid ${which} index: ${error instanceof Error ? error.message : error}`);
  }
}

/** Bounds of a part of a sequence as methods like find() take them: within [0, length], start possibly behind end. */
export function partBounds(start: Value | undefined, end: Value | undefined, length: number): [number, number] {
  const clamp = (at: number): number => Math.min(Math.max(at, 0), length);
  return [clamp(bound(start, length, 0, 'start')), clamp(bound(end, length, length, 'end'))];
}

function sliceStep(step: Value): number {
  if (step === null) return 1;
  let stride: number;
  try {
    stride = asInt32(step);
  } catch (error) {
    return fail(`invalid slice step: ${error instanceof Error ? error.message : error}`);
  }
  return stride === 0 ? fail('zero is not a valid slice step') : stride;
}

/** Bounds for a negative step; the default end lies before the first element. */
function backwardBounds(lo: Value, hi: Value, length: number): [number, number] {
  const start = Math.min(bound(lo, length, length - 1, 'start'), length - 1);
  const end = Math.max(bound(hi, length, -1, 'end'), -1);
  return [Math.max(start, end), end];
}

/** x[lo:hi:step]; an absent part is None. */
export function slice(thread: Thread, x: Value, parts: readonly [Value, Value, Value], offset: number): Value {
  thread.counters[thread.depth] = offset;
  const [lo, hi, step] = parts;
  const isText = typeof x === 'string';
  if (!isText && !(x instanceof StarlarkObject && x.slice && x.length)) fail(`invalid slice operand ${typeOf(x)}`);
  const length = isText ? x.length : Number((x as StarlarkObject).length!());
  const stride = sliceStep(step);
  let [start, end] = stride > 0 ? partBounds(lo, hi, length) : backwardBounds(lo, hi, length);
  if (stride > 0 && end < start) end = start;
  return isText ? stridedText(x, start, end, stride) : (x as StarlarkObject).slice!(start, end, stride);
}
