// The arithmetic and bitwise operators. Each function gets the operands and `offset`, where the operator stands in the
// running function; a failure is reported there.
import { fail } from '../errors.ts';
import { interpolate } from '../library/interpolate.ts';
import { Bytes } from '../values/bytes.ts';
import { Dict, List, maxSequenceLength, StarlarkSet, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { Float, moduloFloats } from '../values/float.ts';
import { finiteFloatOfInt, floorDivide, floorModulo, intOfBig, isInt } from '../values/int.ts';
import { type BinaryOp, type Int, StarlarkObject, type Thread, type Value } from '../values/value.ts';
import { asInt32 } from './arguments.ts';

/** Strings and sequences longer than this are refused before they are made. */
const maxRepeat = 2 ** 30;
/** JavaScript's own limit is lower: chars of a string. */
const maxStringLength = 2 ** 29 - 24;

/** What no builtin type knows how to do: host values are asked, the left one first. */
function hostBinary(op: BinaryOp | 'not in', x: Value, y: Value): Value {
  if (op !== 'not in') {
    const left = x instanceof StarlarkObject ? x.binary?.(op, y, 'left') : undefined;
    if (left !== undefined) return left;
    const right = y instanceof StarlarkObject ? y.binary?.(op, x, 'right') : undefined;
    if (right !== undefined) return right;
  }
  return fail(`unknown binary op: ${typeOf(x)} ${op} ${typeOf(y)}`);
}

/** The operands as doubles if at least one is a float and both are numbers. */
function floatOperands(x: Value, y: Value): [number, number] | undefined {
  if (x instanceof Float) {
    if (y instanceof Float) return [x.value, y.value];
    return isInt(y) ? [x.value, finiteFloatOfInt(y)] : undefined;
  }
  return y instanceof Float && isInt(x) ? [finiteFloatOfInt(x), y.value] : undefined;
}

function joinElements(x: readonly Value[], y: readonly Value[]): Value[] {
  const length = x.length + y.length;
  return length > maxSequenceLength ? fail(`sequence too long (${length} elements)`) : x.concat(y);
}

function addOthers(x: Value, y: Value): Value {
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) + BigInt(y));
  if (x instanceof List && y instanceof List) return new List(joinElements(x.elems, y.elems));
  if (x instanceof Tuple && y instanceof Tuple) return new Tuple(joinElements(x.elems, y.elems));
  const floats = floatOperands(x, y);
  return floats ? new Float(floats[0] + floats[1]) : hostBinary('+', x, y);
}

/** x + y */
export function add(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    const sum = x + y;
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) return sum;
  } else if (typeof x === 'string' && typeof y === 'string') {
    if (x.length + y.length > maxStringLength) thread.counters[thread.depth] = offset;
    return x + y;
  }
  thread.counters[thread.depth] = offset;
  return addOthers(x, y);
}

/** x += y, which extends a list in place. */
export function addInPlace(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (!(x instanceof List) || !(y instanceof StarlarkObject) || !y.iterate) return add(thread, x, y, offset);
  thread.counters[thread.depth] = offset;
  x.checkMutable('apply += to');
  extendList(x, y);
  return x;
}

/** Appends everything that `source` iterates over. */
export function extendList(list: List, source: StarlarkObject): void {
  if (source instanceof List || source instanceof Tuple) {
    const { elems } = source;
    if (list.elems.length + elems.length > maxSequenceLength) fail('sequence too long');
    // The length is fixed beforehand: the list may be extended with itself.
    for (let i = 0, count = elems.length; i < count; i++) list.elems.push(elems[i]!);
    return;
  }
  const length = source.length?.();
  if (length !== undefined && length > maxSequenceLength) fail(`sequence too long (${length} elements)`);
  const iterator = source.iterate!();
  try {
    for (let value = iterator.next(); value !== undefined; value = iterator.next()) list.elems.push(value);
  } finally {
    iterator.done();
  }
}

/** x - y */
export function subtract(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    const difference = x - y;
    if (difference <= Number.MAX_SAFE_INTEGER && difference >= Number.MIN_SAFE_INTEGER) return difference;
  }
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) - BigInt(y));
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) {
    const result = new StarlarkSet(x.elems());
    for (const elem of y.elems()) result.table.delete(elem);
    return result;
  }
  const floats = floatOperands(x, y);
  return floats ? new Float(floats[0] - floats[1]) : hostBinary('-', x, y);
}

function repeatCount(count: Int): number {
  try {
    return asInt32(count);
  } catch {
    return fail(`repeat count ${count} too large`);
  }
}

function repeatText(text: string, count: Int): string {
  if (text === '') return '';
  const times = repeatCount(count);
  if (times < 1) return '';
  if (text.length * times >= maxRepeat || text.length * times > maxStringLength) {
    fail(`excessive repeat (${text.length} * ${times} elements)`);
  }
  return text.repeat(times);
}

function repeatElements(elems: readonly Value[], count: Int): Value[] {
  if (elems.length === 0) return [];
  const times = repeatCount(count);
  if (times < 1) return [];
  const size = elems.length * times;
  if (size >= maxRepeat || size > maxSequenceLength) fail(`excessive repeat (${elems.length} * ${times} elements)`);
  if (elems.length === 1) return new Array<Value>(size).fill(elems[0]!);
  const out: Value[] = [];
  for (let i = 0; i < times; i++) for (let j = 0; j < elems.length; j++) out.push(elems[j]!);
  return out;
}

function repeat(x: Value, count: Int): Value | undefined {
  if (typeof x === 'string') return repeatText(x, count);
  if (x instanceof List) return new List(repeatElements(x.elems, count));
  if (x instanceof Tuple) return new Tuple(repeatElements(x.elems, count));
  return x instanceof Bytes ? new Bytes(repeatText(x.bytes, count)) : undefined;
}

/** x * y */
export function multiply(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof x === 'number' && typeof y === 'number') {
    // Adding 0 turns -0, which is no int, into 0.
    const product = x * y + 0;
    if (product <= Number.MAX_SAFE_INTEGER && product >= Number.MIN_SAFE_INTEGER) return product;
  }
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) * BigInt(y));
  const floats = floatOperands(x, y);
  if (floats) return new Float(floats[0] * floats[1]);
  const repeated = isInt(y) ? repeat(x, y) : isInt(x) ? repeat(y, x) : undefined;
  return repeated === undefined ? hostBinary('*', x, y) : repeated;
}

/** x / y */
export function divide(thread: Thread, x: Value, y: Value, offset: number): Value {
  thread.counters[thread.depth] = offset;
  const floats = isInt(x) && isInt(y) ? [finiteFloatOfInt(x), finiteFloatOfInt(y)] : floatOperands(x, y);
  if (!floats) return hostBinary('/', x, y);
  if (floats[1] === 0) fail('floating-point division by zero');
  return new Float(floats[0]! / floats[1]!);
}

/** x // y */
export function divideFloor(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof x === 'number' && typeof y === 'number' && y !== 0) return floorDivide(x, y);
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return y === 0 ? fail('floored division by zero') : floorDivide(x, y);
  const floats = floatOperands(x, y);
  if (!floats) return hostBinary('//', x, y);
  if (floats[1] === 0) fail('floored division by zero');
  return new Float(Math.floor(floats[0] / floats[1]));
}

/** x % y, string formatting included. */
export function modulo(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (typeof x === 'number' && typeof y === 'number' && y !== 0) return floorModulo(x, y);
  thread.counters[thread.depth] = offset;
  if (typeof x === 'string') return interpolate(x, y);
  if (isInt(x) && isInt(y)) return y === 0 ? fail('integer modulo by zero') : floorModulo(x, y);
  const floats = floatOperands(x, y);
  if (!floats) return hostBinary('%', x, y);
  if (floats[1] === 0) fail('floating-point modulo by zero');
  return new Float(moduloFloats(floats[0], floats[1]));
}

function isInt32(x: Value): x is number {
  return typeof x === 'number' && x === (x | 0);
}

function unionOf(x: Value, y: Value): Value | undefined {
  if (x instanceof Dict && y instanceof Dict) {
    const result = new Dict(x.items());
    result.table.addAll(y.table);
    return result;
  }
  if (!(x instanceof StarlarkSet) || !(y instanceof StarlarkSet)) return undefined;
  const result = new StarlarkSet(x.elems());
  result.table.addAll(y.table);
  return result;
}

/** x | y */
export function bitOr(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (isInt32(x) && isInt32(y)) return x | y;
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) | BigInt(y));
  return unionOf(x, y) ?? hostBinary('|', x, y);
}

/** x |= y, which updates a dict in place. */
export function bitOrInPlace(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (!(x instanceof Dict) || !(y instanceof Dict)) return bitOr(thread, x, y, offset);
  thread.counters[thread.depth] = offset;
  x.table.checkMutable('apply |= to');
  x.table.addAll(y.table);
  return x;
}

/** x & y */
export function bitAnd(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (isInt32(x) && isInt32(y)) return x & y;
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) & BigInt(y));
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) {
    return new StarlarkSet(y.elems().filter(elem => x.has(elem)));
  }
  return hostBinary('&', x, y);
}

/** x ^ y */
export function bitXor(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (isInt32(x) && isInt32(y)) return x ^ y;
  thread.counters[thread.depth] = offset;
  if (isInt(x) && isInt(y)) return intOfBig(BigInt(x) ^ BigInt(y));
  if (x instanceof StarlarkSet && y instanceof StarlarkSet) return symmetricDifference(x, y.elems());
  return hostBinary('^', x, y);
}

/** What is in `x` or among `others` but not in both. */
export function symmetricDifference(x: StarlarkSet, others: readonly Value[]): StarlarkSet {
  const result = new StarlarkSet(x.elems());
  for (const elem of others) if (result.table.delete(elem) === undefined) result.table.put(elem, null);
  return result;
}

function shiftCount(y: Value): number {
  const count = asInt32(y);
  if (count < 0) fail(`negative shift count: ${count}`);
  return count;
}

/** x << y */
export function shiftLeft(thread: Thread, x: Value, y: Value, offset: number): Value {
  thread.counters[thread.depth] = offset;
  if (!isInt(x)) return hostBinary('<<', x, y);
  const count = shiftCount(y);
  if (count >= 512) fail(`shift count too large: ${count}`);
  return intOfBig(BigInt(x) << BigInt(count));
}

/** x >> y */
export function shiftRight(thread: Thread, x: Value, y: Value, offset: number): Value {
  if (isInt32(x) && typeof y === 'number' && y >= 0 && y < 32) return x >> y;
  thread.counters[thread.depth] = offset;
  return isInt(x) ? intOfBig(BigInt(x) >> BigInt(shiftCount(y))) : hostBinary('>>', x, y);
}

function unary(op: '+' | '-' | '~', x: Value): Value {
  const result = x instanceof StarlarkObject ? x.unary?.(op) : undefined;
  return result === undefined ? fail(`unknown unary op: ${op} ${typeOf(x)}`) : result;
}

/** -x */
export function negate(thread: Thread, x: Value, offset: number): Value {
  if (typeof x === 'number') return 0 - x;
  if (typeof x === 'bigint') return intOfBig(-x);
  thread.counters[thread.depth] = offset;
  return unary('-', x);
}

/** +x */
export function plus(thread: Thread, x: Value, offset: number): Value {
  if (isInt(x)) return x;
  thread.counters[thread.depth] = offset;
  return unary('+', x);
}

/** ~x */
export function complement(thread: Thread, x: Value, offset: number): Value {
  if (isInt(x)) return intOfBig(~BigInt(x));
  thread.counters[thread.depth] = offset;
  return unary('~', x);
}
