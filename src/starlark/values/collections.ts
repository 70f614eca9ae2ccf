// list, tuple, dict and set.
import { fail } from '../errors.ts';
import { compareElements, equal } from './compare.ts';
import { freezeAll } from './freezing.ts';
import { HashTable, hashOf } from './hash-table.ts';
import { comma, reprOf } from './repr.ts';
import { type ComparisonOp, type ReprParts, StarlarkObject, type Value, type ValueIterator } from './value.ts';

/** The longest sequence that is spelled out; an array beyond that would end the process for lack of memory. */
export const maxSequenceLength = 2 ** 27;

/** The elements between `start` and `end`, `step` apart. */
function strided(elems: readonly Value[], start: number, end: number, step: number): Value[] {
  if (step === 1) return elems.slice(start, end);
  const out: Value[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) out.push(elems[i]!);
  return out;
}

/** Walks an array that does not change meanwhile. */
export class ArrayIterator implements ValueIterator {
  readonly #elems: readonly Value[];
  #at = 0;

  constructor(elems: readonly Value[]) {
    this.#elems = elems;
  }

  next(): Value | undefined {
    return this.#at < this.#elems.length ? this.#elems[this.#at++] : undefined;
  }

  done(): void {}
}

/** Walks a list; the list refuses changes until `done`. */
class ListIterator implements ValueIterator {
  readonly #list: List;
  readonly #locks: boolean;
  #at = 0;

  constructor(list: List) {
    this.#list = list;
    this.#locks = !list.frozen;
    if (this.#locks) list.iterators++;
  }

  next(): Value | undefined {
    const { elems } = this.#list;
    return this.#at < elems.length ? elems[this.#at++] : undefined;
  }

  done(): void {
    if (this.#locks) this.#list.iterators--;
  }
}

/** Walks the keys of a table; the table refuses changes until `done`. */
class KeyIterator implements ValueIterator {
  readonly #table: HashTable;
  readonly #keys: readonly Value[];
  readonly #locks: boolean;
  #at = 0;

  constructor(table: HashTable) {
    this.#table = table;
    this.#keys = table.keys();
    this.#locks = !table.frozen;
    if (this.#locks) table.iterators++;
  }

  next(): Value | undefined {
    return this.#at < this.#keys.length ? this.#keys[this.#at++] : undefined;
  }

  done(): void {
    if (this.#locks) this.#table.iterators--;
  }
}

/** A Starlark list. The array belongs to the list. */
export class List extends StarlarkObject {
  elems: Value[];
  frozen = false;
  /** How many loops walk it now. */
  iterators = 0;

  constructor(elems: Value[] = []) {
    super();
    this.elems = elems;
  }

  get typeName(): string {
    return 'list';
  }

  override repr(path: readonly StarlarkObject[]): string {
    return reprOf(this, path);
  }

  override reprParts(): ReprParts {
    return { open: '[', values: this.elems, before: comma, close: ']', inside: '[...]' };
  }

  override freeze(): void {
    if (this.frozen) return;
    this.frozen = true;
    freezeAll(this.elems);
  }

  override truth(): boolean {
    return this.elems.length > 0;
  }

  /** Throws unless the list may be changed; `verb` says how. */
  checkMutable(verb: string): void {
    if (this.frozen) fail(`cannot ${verb} frozen list`);
    if (this.iterators > 0) fail(`cannot ${verb} list during iteration`);
  }

  append(value: Value): void {
    this.checkMutable('append to');
    this.elems.push(value);
  }

  override iterate(): ValueIterator {
    return new ListIterator(this);
  }

  override length(): number {
    return this.elems.length;
  }

  override index(at: number): Value {
    return this.elems[at]!;
  }

  override setIndex(at: number, value: Value): void {
    this.checkMutable('assign to element of');
    this.elems[at] = value;
  }

  override slice(start: number, end: number, step: number): List {
    return new List(strided(this.elems, start, end, step));
  }

  override has(item: Value): boolean {
    return this.elems.some(elem => equal(elem, item));
  }

  override compareSameType(op: ComparisonOp, other: List, depth: number): boolean {
    return compareElements(op, this.elems, other.elems, depth);
  }
}

/** A Starlark tuple. */
export class Tuple extends StarlarkObject {
  readonly elems: readonly Value[];
  #frozen = false;

  constructor(elems: readonly Value[]) {
    super();
    this.elems = elems;
  }

  get typeName(): string {
    return 'tuple';
  }

  override repr(path: readonly StarlarkObject[]): string {
    return reprOf(this, path);
  }

  override reprParts(): ReprParts {
    return { open: '(', values: this.elems, before: comma, close: this.elems.length === 1 ? ',)' : ')' };
  }

  override freeze(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    freezeAll(this.elems);
  }

  override truth(): boolean {
    return this.elems.length > 0;
  }

  override hash(): number {
    return hashOf(this);
  }

  override hashParts(): readonly Value[] {
    return this.elems;
  }

  override iterate(): ValueIterator {
    return new ArrayIterator(this.elems);
  }

  override length(): number {
    return this.elems.length;
  }

  override index(at: number): Value {
    return this.elems[at]!;
  }

  override slice(start: number, end: number, step: number): Tuple {
    return new Tuple(strided(this.elems, start, end, step));
  }

  override has(item: Value): boolean {
    return this.elems.some(elem => equal(elem, item));
  }

  override compareSameType(op: ComparisonOp, other: Tuple, depth: number): boolean {
    return compareElements(op, this.elems, other.elems, depth);
  }
}

/** A Starlark dict: insertion order, keys compared by Starlark equality. */
export class Dict extends StarlarkObject {
  readonly table = new HashTable();

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    super();
    for (const [key, value] of entries) this.table.put(key, value);
  }

  get typeName(): string {
    return 'dict';
  }

  override repr(path: readonly StarlarkObject[]): string {
    return reprOf(this, path);
  }

  override reprParts(): ReprParts {
    const values = this.table.entries().flat();
    return { open: '{', values, before: at => (at % 2 === 1 ? ': ' : comma(at)), close: '}', inside: '{...}' };
  }

  override freeze(): void {
    this.table.freeze();
  }

  override truth(): boolean {
    return this.table.size > 0;
  }

  override iterate(): ValueIterator {
    return new KeyIterator(this.table);
  }

  override length(): number {
    return this.table.size;
  }

  override get(key: Value): Value | undefined {
    return this.table.get(key);
  }

  override setKey(key: Value, value: Value): void {
    this.table.set(key, value);
  }

  override items(): [Value, Value][] {
    return this.table.entries();
  }

  /** The keys, in order of insertion, in a new array. */
  keys(): Value[] {
    return this.table.keys();
  }

  override compareSameType(op: ComparisonOp, other: Dict, depth: number): boolean {
    if (op === '==') return this.#equals(other, depth);
    if (op === '!=') return !this.#equals(other, depth);
    return fail(`dict ${op} dict not implemented`);
  }

  #equals(other: Dict, depth: number): boolean {
    if (this.table.size !== other.table.size) return false;
    return this.table.entries().every(([key, value]) => {
      const theirs = other.table.get(key);
      return theirs !== undefined && equal(value, theirs, depth - 1);
    });
  }
}

/** A Starlark set, in insertion order. */
export class StarlarkSet extends StarlarkObject {
  readonly table = new HashTable();

  constructor(elems: Iterable<Value> = []) {
    super();
    for (const elem of elems) this.table.put(elem, null);
  }

  get typeName(): string {
    return 'set';
  }

  override repr(path: readonly StarlarkObject[]): string {
    return reprOf(this, path);
  }

  override reprParts(): ReprParts {
    return { open: 'set([', values: this.table.keys(), before: comma, close: '])' };
  }

  override freeze(): void {
    this.table.freeze();
  }

  override truth(): boolean {
    return this.table.size > 0;
  }

  override iterate(): ValueIterator {
    return new KeyIterator(this.table);
  }

  override length(): number {
    return this.table.size;
  }

  override has(item: Value): boolean {
    return this.table.has(item);
  }

  /** The elements, in order of insertion, in a new array. */
  elems(): Value[] {
    return this.table.keys();
  }

  override compareSameType(op: ComparisonOp, other: StarlarkSet): boolean {
    const [mine, theirs] = [this.table.size, other.table.size];
    const within = (inner: StarlarkSet, outer: StarlarkSet): boolean => inner.elems().every(elem => outer.has(elem));
    switch (op) {
      case '==':
        return mine === theirs && within(this, other);
      case '!=':
        return mine !== theirs || !within(this, other);
      case '<=':
        return mine <= theirs && within(this, other);
      case '>=':
        return mine >= theirs && within(other, this);
      case '<':
        return mine < theirs && within(this, other);
      case '>':
        return mine > theirs && within(other, this);
    }
  }
}
