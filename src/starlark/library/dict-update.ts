// dict(...) and d.update(...): pairs from a mapping or a sequence of pairs, then keyword arguments.
import { fail } from '../errors.ts';
import type { Dict } from '../values/collections.ts';
import { List, maxSequenceLength, Tuple } from '../values/collections.ts';
import { typeOf } from '../values/compare.ts';
import { quote } from '../values/quote.ts';
import { type Kwargs, StarlarkObject, type Value } from '../values/value.ts';

/** Everything a value iterates over, in a new array; undefined for a value that cannot be iterated. */
export function elementsOf(value: Value): Value[] | undefined {
  if (value instanceof List || value instanceof Tuple) return value.elems.slice();
  if (!(value instanceof StarlarkObject) || !value.iterate) return undefined;
  const length = lengthOf(value);
  if (length !== undefined && length > maxSequenceLength) fail(`sequence too long (${length} elements)`);
  const out: Value[] = [];
  const iterator = value.iterate();
  try {
    for (let elem = iterator.next(); elem !== undefined; elem = iterator.next()) out.push(elem);
  } finally {
    iterator.done();
  }
  return out;
}

/** What len() counts, or undefined. */
export function lengthOf(value: Value): number | bigint | undefined {
  if (typeof value === 'string') return value.length;
  return value instanceof StarlarkObject ? value.length?.() : undefined;
}

function pairOf(value: Value, at: number): [Value, Value] {
  if (!(value instanceof StarlarkObject) || !value.iterate) {
    return fail(`dictionary update sequence element #${at} is not iterable (${typeOf(value)})`);
  }
  const length = lengthOf(value);
  if (length === undefined) {
    return fail(`dictionary update sequence element #${at} has unknown length (${typeOf(value)})`);
  }
  if (length !== 2) fail(`dictionary update sequence element #${at} has length ${length}, want 2`);
  const [key, item] = elementsOf(value)!;
  return [key!, item!];
}

function updateFrom(dict: Dict, source: Value): void {
  if (source instanceof StarlarkObject && source.items) {
    for (const [key, value] of source.items()) dict.setKey(key, value);
    return;
  }
  if (!(source instanceof StarlarkObject) || !source.iterate) fail(`got ${typeOf(source)}, want iterable`);
  const iterator = (source as StarlarkObject).iterate!();
  try {
    let at = 0;
    for (let elem = iterator.next(); elem !== undefined; elem = iterator.next()) dict.setKey(...pairOf(elem, at++));
  } finally {
    iterator.done();
  }
}

/** Adds what the arguments of dict() or update() say; there is at most one positional argument. */
export function updateDict(dict: Dict, args: readonly Value[], kwargs: Kwargs): void {
  if (args[0] !== undefined) updateFrom(dict, args[0]);
  const seen = new Set<string>();
  for (const [key, value] of kwargs) {
    dict.setKey(key, value);
    if (seen.has(key)) fail(`duplicate keyword arg: ${quote(key)}`);
    seen.add(key);
  }
}
