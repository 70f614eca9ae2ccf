// The table under dict and set: insertion order, Starlark's notion of equal keys, freezing, and the ban on changes
// while something iterates.
import { fail } from '../errors.ts';
import { equal } from './compare.ts';
import { Float } from './float.ts';
import { freezeAll } from './freezing.ts';
import { hashInt, intOfFloat } from './int.ts';
import { StarlarkObject, type Value } from './value.ts';

/** Marks objects that equal only themselves, which need no hashing to be keys. */
export interface IdentityKey {
  readonly isIdentityKey: true;
}

/**
 * A JavaScript Map does the work: strings, ints, bools and None are their own keys. A float is stored under the number it
 * equals (an int if integral, else a number that no int can be). Other objects are stored under the first object equal to
 * them, found by hash.
 */
export class HashTable {
  readonly map = new Map<Value, Value>();
  frozen = false;
  iterators = 0;
  #lostEntries = false;
  #floats: Map<Value, Float> | undefined;
  #byHash: Map<number, StarlarkObject[]> | undefined;
  /** Stands before the first entry that is left: what it has passed is gone, and what is added comes behind. */
  #front: MapIterator<Value> | undefined;

  get size(): number {
    return this.map.size;
  }

  /** Throws unless the table may be changed; `verb` says how. */
  checkMutable(verb: string): void {
    if (this.frozen) fail(`cannot ${verb} frozen hash table`);
    if (this.iterators > 0) fail(`cannot ${verb} hash table during iteration`);
  }

  get(key: Value): Value | undefined {
    if (typeof key === 'string' || typeof key === 'number') return this.map.get(key);
    const slot = this.#slot(key);
    return slot === undefined ? undefined : this.map.get(slot);
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  set(key: Value, value: Value): void {
    if (this.frozen || this.iterators > 0) this.checkMutable('insert into');
    this.put(key, value);
  }

  /** `set` without the check, for a table that nobody else has seen yet. */
  put(key: Value, value: Value): void {
    if (typeof key === 'string' || typeof key === 'number') {
      this.map.set(key, value);
      return;
    }
    const slot = this.#slot(key);
    this.map.set(slot === undefined ? this.#newSlot(key as StarlarkObject) : slot, value);
  }

  /** Removes and returns the value, or undefined. */
  delete(key: Value): Value | undefined {
    this.checkMutable('delete from');
    // As in starlark-go, a table that never held anything does not ask whether the key is hashable.
    if (this.map.size === 0 && !this.#lostEntries) return undefined;
    const slot = this.#slot(key);
    const value = slot === undefined ? undefined : this.map.get(slot);
    if (slot === undefined || value === undefined) return undefined;
    this.map.delete(slot);
    this.#lostEntries = true;
    this.#floats?.delete(slot);
    if (slot instanceof StarlarkObject && this.#byHash) this.#forget(slot, this.#byHash);
    return value;
  }

  #forget(slot: StarlarkObject, byHash: Map<number, StarlarkObject[]>): void {
    if ('isIdentityKey' in slot) return;
    const hash = hashOf(slot);
    const rest = (byHash.get(hash) ?? []).filter(object => object !== slot);
    if (rest.length > 0) byHash.set(hash, rest);
    else byHash.delete(hash);
  }

  clear(): void {
    this.checkMutable('clear');
    if (this.map.size > 0) this.#lostEntries = true;
    this.map.clear();
    this.#floats = undefined;
    this.#byHash = undefined;
  }

  /**
   * Removes the first pair and returns it; undefined for an empty table. Whoever takes all of them one by one passes each
   * removed entry once: the place in the map is kept from call to call.
   */
  takeFirst(): readonly [Value, Value] | undefined {
    if (this.map.size === 0) return undefined;
    this.checkMutable('delete from');
    let next = this.#front?.next();
    if (!next || next.done) {
      this.#front = this.map.keys();
      next = this.#front.next();
    }
    const key = this.#keyOf(next.value!);
    return [key, this.delete(key)!];
  }

  /** The keys, in order of insertion, in a new array. */
  keys(): Value[] {
    const slots = Array.from(this.map.keys());
    return this.#floats && this.#floats.size > 0 ? slots.map(slot => this.#keyOf(slot)) : slots;
  }

  /** The pairs, in order of insertion, in a new array. */
  entries(): [Value, Value][] {
    const pairs = Array.from(this.map.entries());
    if (this.#floats && this.#floats.size > 0) for (const pair of pairs) pair[0] = this.#keyOf(pair[0]);
    return pairs;
  }

  /** Calls `run` with each pair, in order of insertion. It must not change the table. */
  forEach(run: (key: Value, value: Value) => void): void {
    const floats = this.#floats && this.#floats.size > 0;
    this.map.forEach((value, slot) => {
      run(floats ? this.#keyOf(slot) : slot, value);
    });
  }

  addAll(other: HashTable): void {
    for (const [key, value] of other.entries()) this.set(key, value);
  }

  freeze(): void {
    if (this.frozen) return;
    this.frozen = true;
    freezeAll(this.map.keys());
    freezeAll(this.map.values());
  }

  #keyOf(slot: Value): Value {
    return this.#floats?.get(slot) ?? slot;
  }

  /** What the map holds for `key`, or undefined when there can be nothing. Throws for an unhashable key. */
  #slot(key: Value): Value | undefined {
    if (!(key instanceof StarlarkObject)) return key;
    if (key instanceof Float) {
      const { value } = key;
      const slot = Number.isInteger(value) ? intOfFloat(value) : value;
      return this.map.has(slot) ? slot : undefined;
    }
    if ('isIdentityKey' in key) return key;
    const hash = hashOf(key);
    const candidates = this.#byHash?.get(hash);
    return candidates?.find(candidate => candidate === key || equal(key, candidate));
  }

  #newSlot(key: StarlarkObject): Value {
    if (key instanceof Float) {
      const { value } = key;
      const slot = Number.isInteger(value) ? intOfFloat(value) : value;
      this.#floats ??= new Map();
      this.#floats.set(slot, key);
      return slot;
    }
    const hash = hashOf(key);
    this.#byHash ??= new Map();
    const candidates = this.#byHash.get(hash);
    if (candidates) candidates.push(key);
    else this.#byHash.set(hash, [key]);
    return key;
  }
}

/** A hash of a Starlark string, good enough for tuples and structs that contain it. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  // Long strings count with their length, beginning and end only; equal strings still hash alike.
  const step = text.length > 64 ? text.length - 32 : text.length;
  for (let i = 0; i < text.length; i++) {
    if (i === 32 && step !== text.length) i = step;
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return Math.imul(hash ^ text.length, 16777619);
}

/** A hash that equal values share; throws for an unhashable value. */
export function hashOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return hashText(value);
    case 'number':
    case 'bigint':
      return hashInt(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value === null) return 0;
      return value.hashParts ? hashOfParts(value.hashParts()) : value.hash();
  }
}

/** A hash of several values in order. */
function hashOfParts(parts: readonly Value[]): number {
  let hash = mix(0x345678, parts.length);
  for (const part of parts) {
    if (part instanceof StarlarkObject && part.hashParts) return hashOfNested(parts);
    hash = mix(hash, hashOf(part));
  }
  return hash;
}

/** The same of values of values, whatever their depth; each group counts with its length. */
function hashOfNested(first: readonly Value[]): number {
  let hash = mix(0x345678, first.length);
  const waiting: { parts: readonly Value[]; next: number }[] = [{ parts: first, next: 0 }];
  for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
    if (top.next === top.parts.length) {
      waiting.pop();
      continue;
    }
    const part = top.parts[top.next++]!;
    const inner = part instanceof StarlarkObject ? part.hashParts?.() : undefined;
    hash = mix(hash, inner ? inner.length : hashOf(part));
    if (inner) waiting.push({ parts: inner, next: 0 });
  }
  return hash;
}

function mix(hash: number, part: number): number {
  const mixed = Math.imul(hash ^ part, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
