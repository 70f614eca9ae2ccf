// Types, equality and order of any two values.
import { fail } from '../errors.ts';
import { Float } from './float.ts';
import { compareIntFloat } from './int.ts';
import { type ComparisonOp, StarlarkObject, type Value } from './value.ts';

/** How deeply nested two values may be to be compared. */
export const compareLimit = 10;

/** What `type(value)` gives. */
export function typeOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
    case 'bigint':
      return 'int';
    case 'boolean':
      return 'bool';
    default:
      return value === null ? 'NoneType' : value.typeName;
  }
}

/** The truth of any value. */
export function truthOf(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return true;
    default:
      return value === null ? false : value.truth();
  }
}

/** What a three-way comparison means for an operator. */
export function isOrdered(op: ComparisonOp, order: number): boolean {
  switch (op) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** -1, 0 or 1 for two numbers, strings or bigints of one kind. */
export function threeWay<T extends number | bigint | string>(x: T, y: T): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareObjects(op: ComparisonOp, x: StarlarkObject, y: StarlarkObject, depth: number): boolean {
  if (x.compareSameType) return x.compareSameType(op, y, depth);
  if (x.cmp) return isOrdered(op, x.cmp(y, depth));
  if (op === '==') return x === y;
  if (op === '!=') return x !== y;
  return fail(`${x.typeName} ${op} ${y.typeName} not implemented`);
}

/** The order of two values whose types are comparable though they are no objects, or undefined. */
function primitiveOrder(x: Value, y: Value): number | undefined {
  if (typeof x === 'string') return typeof y === 'string' ? threeWay(x, y) : undefined;
  if (typeof x === 'boolean') return typeof y === 'boolean' ? Number(x) - Number(y) : undefined;
  if (typeof x === 'number' || typeof x === 'bigint') {
    // JavaScript orders a number and a bigint by their exact values.
    if (typeof y === 'number' || typeof y === 'bigint') return x < y ? -1 : x > y ? 1 : 0;
    return y instanceof Float ? compareIntFloat(x, y.value) : undefined;
  }
  if (x instanceof Float && (typeof y === 'number' || typeof y === 'bigint')) return -compareIntFloat(y, x.value);
  return undefined;
}

/** `x op y`; `depth` limits nesting. Values of different types are unequal and have no order. */
export function compare(op: ComparisonOp, x: Value, y: Value, depth: number = compareLimit): boolean {
  if (depth < 1) fail('comparison exceeded maximum recursion depth');
  const order = primitiveOrder(x, y);
  if (order !== undefined) return isOrdered(op, order);
  if (x instanceof StarlarkObject && y instanceof StarlarkObject) {
    if (x.constructor === y.constructor || x.typeName === y.typeName) return compareObjects(op, x, y, depth);
  }
  if (op === '==') return x === y;
  if (op === '!=') return x !== y;
  return fail(`${typeOf(x)} ${op} ${typeOf(y)} not implemented`);
}

/** `x == y`. */
export function equal(x: Value, y: Value, depth: number = compareLimit): boolean {
  if (typeof x === 'string' || typeof x === 'boolean' || x === null) return x === y;
  return compare('==', x, y, depth);
}

/** Compares two sequences element by element. */
export function compareElements(op: ComparisonOp, x: readonly Value[], y: readonly Value[], depth: number): boolean {
  if (x.length !== y.length && (op === '==' || op === '!=')) return op === '!=';
  const shared = Math.min(x.length, y.length);
  for (let i = 0; i < shared; i++) {
    if (compare('==', x[i]!, y[i]!, depth - 1)) continue;
    if (op === '==') return false;
    if (op === '!=') return true;
    return compare(op, x[i]!, y[i]!, depth - 1);
  }
  return isOrdered(op, x.length - y.length);
}
