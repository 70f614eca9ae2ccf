// Comparison and membership operators; `offset` is where the operator stands in the running function.
import { fail } from '../errors.ts';
import { Dict } from '../values/collections.ts';
import { compare, equal, typeOf } from '../values/compare.ts';
import { StarlarkObject, type Thread, type Value } from '../values/value.ts';

/** x == y */
export function equals(thread: Thread, x: Value, y: Value, offset: number): boolean {
  if (typeof x === 'string' && typeof y === 'string') return x === y;
  thread.counters[thread.depth] = offset;
  return equal(x, y);
}

/** x != y */
export function unequals(thread: Thread, x: Value, y: Value, offset: number): boolean {
  if (typeof x === 'string' && typeof y === 'string') return x !== y;
  thread.counters[thread.depth] = offset;
  return compare('!=', x, y);
}

/** x < y */
export function less(thread: Thread, x: Value, y: Value, offset: number): boolean {
  thread.counters[thread.depth] = offset;
  return compare('<', x, y);
}

/** x <= y */
export function lessOrEqual(thread: Thread, x: Value, y: Value, offset: number): boolean {
  thread.counters[thread.depth] = offset;
  return compare('<=', x, y);
}

/** x > y */
export function greater(thread: Thread, x: Value, y: Value, offset: number): boolean {
  thread.counters[thread.depth] = offset;
  return compare('>', x, y);
}

/** x >= y */
export function greaterOrEqual(thread: Thread, x: Value, y: Value, offset: number): boolean {
  thread.counters[thread.depth] = offset;
  return compare('>=', x, y);
}

function mappingHas(mapping: StarlarkObject, key: Value): boolean {
  try {
    return mapping.get!(key) !== undefined;
  } catch {
    // An unhashable key is in no mapping.
    return false;
  }
}

/** item in container */
export function contains(thread: Thread, item: Value, container: Value, offset: number): boolean {
  if (container instanceof Dict && typeof item === 'string') return container.table.map.has(item);
  thread.counters[thread.depth] = offset;
  if (typeof container === 'string') {
    if (typeof item !== 'string') fail(`'in <string>' requires string as left operand, not ${typeOf(item)}`);
    return container.includes(item);
  }
  if (container instanceof StarlarkObject) {
    if (container.has) return container.has(item);
    if (container.get) return mappingHas(container, item);
  }
  const left = item instanceof StarlarkObject ? item.binary?.('in', container, 'left') : undefined;
  const isObject = container instanceof StarlarkObject;
  const result = left === undefined && isObject ? container.binary?.('in', item, 'right') : left;
  if (result !== undefined) return result === true;
  return fail(`unknown binary op: ${typeOf(item)} in ${typeOf(container)}`);
}
